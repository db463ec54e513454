-- name: put!
-- Remind again, even if it was done before.
insert into reminder (person_id, event_code, before_minutes, made_at)
values (:person_id, :event_code, :before_minutes, :at)
on conflict (person_id, event_code, before_minutes) do update set made_at = excluded.made_at, told_at = null
returning person_id;

-- name: drop!
-- No reminder of this event any more.
delete from reminder where person_id = :person_id and event_code = :event_code and told_at is null
returning person_id;

-- name: of_person
-- What a person wants to be reminded of.
select event_code, before_minutes from reminder
where person_id = :person_id and told_at is null
order by event_code, before_minutes desc;

-- name: waiting
-- Which reminders anybody waits for.
select event_code, before_minutes, count(*) as people from reminder
where told_at is null
group by event_code, before_minutes
order by event_code, before_minutes;

-- name: people
-- Who waits for this one.
select person_id from reminder
where event_code = :event_code and before_minutes = :before_minutes and told_at is null
order by person_id;

-- name: told!
-- It is done, or of no use any more.
update reminder set told_at = :at
where person_id = :person_id and event_code = :event_code and before_minutes = :before_minutes
returning person_id;

-- name: interest^
-- For whom the person looks for events.
select category, grade from interest where person_id = :person_id;

-- name: set_interest!
-- For whom the person looks for events from now on.
insert into interest (person_id, category, grade, said_at) values (:person_id, :category, :grade, :at)
on conflict (person_id) do update
set category = excluded.category, grade = excluded.grade, said_at = excluded.said_at
returning person_id;

-- name: past_interests
-- For whom the person has applied, the latest last.
select a.category, p.grade, a.applicant_role
from application as a
join participant as p on p.application_id = a.id and p.left_at is null
where a.person_id = :person_id and a.state not in ('withdrawn', 'draft')
order by a.id, p.position;
