-- name: progress^
-- How far the people of an event have been gone through for one time.
select reached_id, done_at from nudge
where event_code = :event_code and occasion = :occasion and until_at = :until_at and at = :at;

-- name: reached!
-- They have been gone through up to this one; `done_at`: all of them.
insert into nudge (event_code, occasion, until_at, at, reached_id, done_at)
values (:event_code, :occasion, :until_at, :at, :reached_id, :done_at)
on conflict (event_code, occasion, until_at, at) do update
set reached_id = excluded.reached_id, done_at = excluded.done_at
returning at;

-- name: moves
-- Until when each event's people were last told that intake goes on, or had known from the first.
select one.event_code, one.occasion, one.until_at, one.at, one.done_at
from nudge as one
where one.occasion = :occasion and not exists (
    select 1 from nudge as later
    where later.event_code = one.event_code and later.occasion = one.occasion and later.at > one.at
);

-- name: people
-- Who has begun an application to an event, or takes part in it, and can be written to. Each part stops by itself, so
-- that the next hundred cost the same however many there are.
select found.person_id
from (
    select begun.person_id from (
        select d.person_id from draft as d
        join person as p on p.id = d.person_id and p.unreachable_code is null
        where d.talk = :talk and d.subject = :event_code and d.kept = 1 and d.person_id > :after
        order by d.person_id
        limit :most
    ) as begun
    union
    select sent.person_id from (
        select distinct a.person_id from application as a
        join person as p on p.id = a.person_id and p.unreachable_code is null
        where a.event_code = :event_code and a.person_id > :after and :states like '%|' || a.state || '|%'
        order by a.person_id
        limit :most
    ) as sent
) as found
order by found.person_id
limit :most;

-- name: settings
-- What organizers have changed, at one event or everywhere.
select event_code, kind, is_on, text from nudge_setting where :event_code is null or event_code = :event_code;

-- name: set!
-- From now on so.
insert into nudge_setting (event_code, kind, is_on, text, changed_by, changed_at)
values (:event_code, :kind, :is_on, :text, :by, :at)
on conflict (event_code, kind) do update
set is_on = excluded.is_on, text = excluded.text, changed_by = excluded.changed_by, changed_at = excluded.changed_at
returning kind;

-- name: nod!
-- A juror has seen what is left; the first time counts.
insert into jury_nod (event_code, person_id, until_at, nodded_at)
values (:event_code, :person_id, :until_at, :at)
on conflict (event_code, person_id, until_at) do nothing
returning person_id;

-- name: nodded
-- Who has.
select person_id from jury_nod where event_code = :event_code and until_at = :until_at order by person_id;
