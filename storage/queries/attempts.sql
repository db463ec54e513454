-- name: start^
-- The clock runs.
insert into attempt (
    application_id, participant_id, stage_code, number, tasks, started_by, started_at, ends_at
)
values (
    :application_id, :participant_id, :stage_code,
    (
        select coalesce(max(number), 0) + 1 from attempt
        where application_id = :application_id and stage_code = :stage_code
            and coalesce(participant_id, 0) = coalesce(:participant_id, 0)
    ),
    :tasks, :by, :started_at, :ends_at
)
returning *;

-- name: get^
-- One attempt.
select * from attempt where id = :id;

-- name: of_application
-- What was tried for one application.
select * from attempt where application_id = :application_id and stage_code = :stage_code order by id;

-- name: of_event
-- Every attempt of an event.
select t.*
from application as a
join attempt as t on t.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
    and (:stage_code is null or t.stage_code = :stage_code)
order by a.ordinal, t.id;

-- name: keep_answers!
-- What was answered so far.
update attempt set answers = :answers, points = :points where id = :id;

-- name: keep_marks!
-- What people gave.
update attempt set marks = :marks, points = :points where id = :id;

-- name: finish!
-- It is over, once.
update attempt set finished_at = :at, points = :points where id = :id and finished_at is null returning id;

-- name: due
-- Those whose time is over and which nobody has finished.
select * from attempt where finished_at is null and ends_at < :now order by ends_at limit :limit;

-- name: members
-- How many people each application has.
select a.id, count(p.id) as members
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code
group by a.id;
