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
where a.event_code = :event_code
    and not exists (
        select 1 from work_version as later
        where later.application_id = w.application_id and later.version > w.version
    )
order by a.ordinal;

-- name: same_url
-- Whose last version is this link.
select w.application_id
from work_version as w
join application as a on a.id = w.application_id
where w.url = :url and a.event_code = :event_code
    and not exists (
        select 1 from work_version as later
        where later.application_id = w.application_id and later.version > w.version
    )
order by w.application_id;

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

-- name: handed_in_by
-- Which applications of a person have a work.
select distinct w.application_id
from work_version as w
join application as a on a.id = w.application_id
where a.person_id = :person_id;
