-- name: grant!
-- A role; whoever has it keeps it as it was given first.
insert into role (person_id, kind, event_code, organisation_code, granted_by, granted_at)
values (:person_id, :kind, :event_code, :organisation_code, :by, :at)
on conflict (person_id, kind, event_code, organisation_code) do nothing
returning person_id;

-- name: revoke!
-- They have it no more.
delete from role
where person_id = :person_id and kind = :kind and event_code = :event_code
    and organisation_code = :organisation_code
returning person_id;

-- name: of_person
-- What one person is.
select kind, event_code, organisation_code from role where person_id = :person_id;

-- name: with_role
-- Who is this in the event; '' stands for every event.
select distinct person_id from role where kind = :kind and event_code in (:event_code, '') order by person_id;

-- name: every
-- All roles.
select person_id, kind, event_code, organisation_code, granted_by, granted_at
from role
order by person_id, kind, event_code, organisation_code;
