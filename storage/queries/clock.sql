-- name: newest$
-- When the newest message was put on its way.
select created_at from outbox order by id desc limit 1;

-- name: messages!
-- Messages that were made in the future.
update outbox
set due_at = due_at - (created_at - :now), created_at = :now
where state = 'due' and created_at > :now
returning id;

-- name: jobs!
-- Work that was asked for in the future.
update job
set due_at = due_at - (created_at - :now), created_at = :now
where state = 'due' and created_at > :now
returning id;
