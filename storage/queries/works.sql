-- name: add_version^
-- What was handed in, as the next version.
insert into work_version (
    application_id, version, kind, url, file_name, attachment, size_bytes, said_at, received_at, check_state
)
values (
    :application_id,
    (select coalesce(max(version), 0) + 1 from work_version where application_id = :application_id),
    :kind, :url, :file_name, :attachment, :size_bytes, :said_at, :received_at, :check_state
)
returning *;

-- name: get^
-- One version.
select * from work_version where id = :id;

-- name: versions
-- Everything that was handed in.
select * from work_version where application_id = :application_id order by version;

-- name: current^
-- The last version.
select * from work_version where application_id = :application_id order by version desc limit 1;

-- name: of_event
-- The last version of each application.
select w.*
from application as a
join work_version as w on w.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
    and not exists (
        select 1 from work_version as later
        where later.application_id = w.application_id and later.version > w.version
    )
order by a.ordinal;

-- name: same_url
-- In whose last version this link is.
select distinct a.id as application_id
from work_version as w
join application as a on a.id = w.application_id
where w.url = :url and a.event_code = :event_code
    and (
        not exists (
            select 1 from work_version as later
            where later.application_id = w.application_id and later.version > w.version
        )
        or exists (
            select 1 from work_kept as k
            where k.came_with = w.id
                and k.version_id = (select max(v.id) from work_version as v where v.application_id = w.application_id)
        )
    )
order by a.id;

-- name: unchecked
-- Links that wait for their diagnosis.
select * from work_version where check_state = 'waiting' order by id limit :limit;

-- name: set_check^
-- A link's diagnosis.
update work_version
set check_state = :state, check_title = :title, checked_at = :at
where id = :id
returning *;

-- name: set_receipt!
-- The message that the diagnosis edits.
update work_version set receipt_id = :outbox_id where id = :id;

-- name: of_person
-- The last version of each application of a person.
select w.*
from application as a
join work_version as w on w.application_id = a.id
where a.person_id = :person_id
    and not exists (
        select 1 from work_version as later
        where later.application_id = w.application_id and later.version > w.version
    );

-- name: last_said
-- When the last version of each application was said, of people with ids of this stretch.
select w.application_id, max(w.said_at) as said_at
from application as a
join work_version as w on w.application_id = a.id
where a.event_code = :event_code and a.person_id >= :first and a.person_id <= :last
group by w.application_id;

-- name: keep!
-- A piece that stays in a later version.
insert into work_kept (version_id, came_with, piece) values (:version_id, :came_with, :piece);

-- name: kept
-- What a version has of those before it.
select k.version_id as stands_in, k.piece, w.*
from work_kept as k
join work_version as w on w.id = k.came_with
where k.version_id = :version_id
order by w.id, k.piece;

-- name: kept_in_event
-- What the last versions have of those before them.
select k.version_id as stands_in, k.piece, w.*
from application as a
join work_version as w on w.application_id = a.id
join work_kept as k on k.came_with = w.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
    and k.version_id = (select max(v.id) from work_version as v where v.application_id = a.id)
order by w.id, k.piece;

-- name: kept_by_person
-- The same in a person's applications.
select k.version_id as stands_in, k.piece, w.*
from application as a
join work_version as w on w.application_id = a.id
join work_kept as k on k.came_with = w.id
where a.person_id = :person_id
    and k.version_id = (select max(v.id) from work_version as v where v.application_id = a.id)
order by w.id, k.piece;
