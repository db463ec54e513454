-- name: add<!
-- What was decided between equal works.
insert into tie_decision (event_code, comparison, applications, way, reason, decided_by, decided_at)
values (:event_code, :comparison, :applications, :way, :reason, :by, :at)
returning id;

-- name: of_event
-- All decisions of an event, the oldest first.
select * from tie_decision where event_code = :event_code order by id;
