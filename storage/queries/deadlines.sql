-- name: give<!
-- A longer deadline, for a person or for a school.
insert into personal_deadline (event_code, person_id, organisation_code, until_at, reason, given_by, given_at)
values (:event_code, :person_id, :organisation_code, :until_at, :reason, :by, :at)
returning id;

-- name: of_event
-- Who has longer, the latest given last.
select id, event_code, person_id, organisation_code, until_at, reason, given_by, given_at
from personal_deadline
where event_code = :event_code
order by id;

-- name: get^
-- One of them.
select id, event_code, person_id, organisation_code, until_at, reason, given_by, given_at
from personal_deadline
where id = :id;

-- name: revoke!
-- It is the event's deadline again.
delete from personal_deadline where id = :id returning id;
