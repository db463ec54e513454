-- name: add<!
-- A message to a person; one whose key is there already is not added again.
insert into outbox (
    peer_id, priority, kind, body, random_id, target_id, key, due_at, created_at, update_id, reason, announcement_id
)
values (
    :peer_id, :priority, :kind, :body, :random_id, (select id from outbox where key = :target_key), :key,
    :due_at, :created_at, :update_id, :reason, :announcement_id
)
on conflict (key) do nothing
returning id;

-- name: due
-- What may go now: of each person and priority the oldest row only, so that order holds.
select o.id, o.peer_id, o.priority, o.kind, o.body, o.random_id, o.tries, o.created_at,
    o.target_id, o.update_id, t.cmid as target_cmid, t.state as target_state
from outbox as o
left join outbox as t on t.id = o.target_id
where o.state = 'due' and o.due_at <= :now
    and not exists (
        select 1 from outbox as e
        where e.state = 'due' and e.peer_id = o.peer_id and e.priority = o.priority and e.id < o.id
    )
order by o.priority, o.id
limit :most;

-- name: next_due_at$
-- When the earliest waiting row is due.
select min(due_at) from outbox where state = 'due';

-- name: sent*!
-- VK has it.
update outbox
set state = 'sent', message_id = :message_id, cmid = :cmid, tries = tries + 1, settled_at = :at
where id = :id;

-- name: later*!
-- Not now: `tries` counts only what was an attempt of its own.
update outbox
set due_at = :due_at, tries = tries + :counted, error_code = :code, error = :error
where id = :id;

-- name: settled*!
-- It will not be sent: dropped (no use any more) or dead (refused).
update outbox
set state = :state, error_code = :code, error = :error, tries = tries + 1, settled_at = :at
where id = :id;

-- name: row^
-- One row, for those who want to know what became of it.
select id, peer_id, priority, kind, body, random_id, state, tries, due_at, created_at, message_id, cmid,
    error_code, error
from outbox
where id = :id;

-- name: count_due$
-- How many rows wait.
select count(*) from outbox where state = 'due';

-- name: waited_for
-- To whom something goes now.
select distinct peer_id from outbox where state = 'due' and due_at <= :now;

-- name: drop_answers!
-- Button answers older than VK's minute are of no use.
update outbox
set state = 'dropped', error = 'answered too late', settled_at = :now
where state = 'due' and kind = 'answer' and created_at < :before
returning id;
