-- name: put!
-- A result, in place of what was there.
insert into trial_result (application_id, stage_code, task, value, entered_by, entered_at)
values (:application_id, :stage_code, :task, :value, :by, :at)
on conflict (application_id, stage_code, task) do update
set value = excluded.value, entered_by = excluded.entered_by, entered_at = excluded.entered_at;

-- name: get$
-- One result.
select value from trial_result where application_id = :application_id and stage_code = :stage_code and task = :task;

-- name: drop!
-- No result after all.
delete from trial_result
where application_id = :application_id and stage_code = :stage_code and task = :task
returning task;

-- name: of_stage
-- All results of a stage.
select t.application_id, t.task, t.value
from application as a
join trial_result as t on t.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until and t.stage_code = :stage_code
order by a.ordinal, t.task;
