-- name: add<!
-- Work on the network; one whose key is there already is not added again.
insert into job (kind, argument, key, due_at, created_at)
values (:kind, :argument, :key, :due_at, :created_at)
on conflict (key) do nothing
returning id;

-- name: due
-- What may be done now, oldest first.
select id, kind, argument, tries from job
where state = 'due' and due_at <= :now
order by due_at, id
limit :most;

-- name: next_due_at$
-- When the earliest waiting job is due.
select min(due_at) from job where state = 'due';

-- name: settle!
-- Done, or given up.
update job set state = :state, error = :error, tries = tries + 1, settled_at = :at where id = :id;

-- name: later!
-- Tried again then.
update job set due_at = :due_at, error = :error, tries = tries + 1 where id = :id;

-- name: count_due$
-- How many wait.
select count(*) from job where state = 'due';
