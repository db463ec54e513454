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

-- name: let_be!
-- Nothing takes the place of this message any more: its key is free.
update outbox set key = null where key = :key;

-- name: add_batch<!
-- One text for many.
insert into batch (body, random_id, created_at) values (:body, :random_id, :created_at) returning id;

-- name: add_to_batch*!
-- One of the many.
insert into outbox (peer_id, priority, kind, random_id, batch_id, announcement_id, due_at, created_at)
values (:peer_id, :priority, 'send', :random_id, :batch_id, :announcement_id, :at, :at);

-- name: body_of_batch$
-- The text of a batch.
select body from batch where id = :id;

-- name: due
-- What of a priority may go now: of each person the oldest row only, and none before an older one that is more urgent
-- (1 or 2; what a button is answered with holds nobody up), so that order holds. Each is one look into the index of a
-- person's rows. After a copy of the database was put back, bulk waits for an administrator.
select o.id, o.peer_id, o.priority, o.kind, o.body, o.random_id, o.batch_id, o.reason, o.tries, o.floods, o.created_at,
    o.target_id, o.update_id, t.cmid as target_cmid, t.message_id as target_message_id, t.state as target_state,
    o.unsure, p.unreachable_code
from outbox as o
left join outbox as t on t.id = o.target_id
left join person as p on p.id = o.peer_id
where o.state = 'due' and o.priority = :priority and o.due_at <= :now
    and (:priority < 3 or not exists (select 1 from setting where key = 'restored'))
    and not exists (
        select 1 from outbox as e
        where e.state = 'due' and e.peer_id = o.peer_id and e.priority = :priority and e.id < o.id
    )
    and (:priority < 2 or not exists (
        select 1 from outbox as e where e.state = 'due' and e.peer_id = o.peer_id and e.priority = 1 and e.id < o.id
    ))
    and (:priority < 3 or not exists (
        select 1 from outbox as e where e.state = 'due' and e.peer_id = o.peer_id and e.priority = 2 and e.id < o.id
    ))
order by o.due_at, o.id
limit :most;

-- name: next_due_at$
-- When the earliest waiting row is due. Each priority by itself: so each is one look into the index.
select min(due_at)
from (
    select min(due_at) as due_at from outbox where state = 'due' and priority = 0
    union all
    select min(due_at) from outbox where state = 'due' and priority = 1
    union all
    select min(due_at) from outbox where state = 'due' and priority = 2
    union all
    select min(due_at) from outbox
    where state = 'due' and priority = 3 and not exists (select 1 from setting where key = 'restored')
) as each_priority;

-- name: set_back!
-- Rows that stand in the way of others though so many of the same person come before them.
update outbox
set due_at = :until
where id in (
    select o.id
    from (
        select id, peer_id from outbox
        where state = 'due' and priority = :priority and due_at <= :now
        order by due_at, id
        limit :most
    ) as o
    where o.id > (
        select e.id from outbox as e
        where e.state = 'due' and e.peer_id = o.peer_id and e.priority = :priority
        order by e.id
        limit 1 offset :kept
    )
)
returning id;

-- name: pause!
-- Nothing more to this person until then.
update outbox set due_at = :until where state = 'due' and peer_id = :peer_id and due_at < :until;

-- name: sent*!
-- VK has it.
update outbox
set state = 'sent', message_id = :message_id, cmid = :cmid, tries = tries + 1, settled_at = :at
where id = :id;

-- name: later*!
-- Not now: `tries` counts only what was an attempt of its own. One that was called off on its way, and may have arrived,
-- is due again: to be asked about.
update outbox
set due_at = :due_at, tries = tries + :counted, floods = floods + :flood, error_code = :code, error = :error,
    unsure = case when :unsure = 1 then 1 else unsure end,
    state = case when state = 'dropped' then 'due' else state end, settled_at = null
where id = :id
    and (state in ('due', 'held') or (state = 'dropped' and reason = 'called off' and :unsure = 1));

-- name: settled*!
-- It will not be sent: dropped (no use any more) or dead (refused).
update outbox
set state = :state, error_code = :code, error = :error, tries = tries + 1, settled_at = :at
where id = :id;

-- name: row^
-- One row, for those who want to know what became of it.
select id, peer_id, priority, kind, body, random_id, batch_id, state, tries, floods, due_at, created_at, message_id,
    cmid, error_code, error
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

-- name: hold!
-- An announcement is paused: what has not gone waits.
update outbox set state = 'held'
where announcement_id = :announcement_id and kind = 'send' and state = 'due'
returning id;

-- name: release!
-- It goes on.
update outbox set state = 'due', due_at = case when due_at > :at then due_at else :at end
where announcement_id = :announcement_id and kind = 'send' and state = 'held'
returning id;

-- name: unwanted
-- While it was held, some of its readers asked for no more news: their messages never were.
delete from outbox
where announcement_id = :announcement_id and kind = 'send' and state = 'held'
    and peer_id in (select id from person where no_news_at is not null)
returning peer_id;

-- name: drop_of!
-- It is stopped: what has not gone never will. What may have arrived is asked about first, to be counted, and taken
-- back, as what it is.
update outbox
set reason = 'called off', error = 'stopped', error_code = null,
    state = case when unsure = 1 then 'due' else 'dropped' end,
    settled_at = case when unsure = 1 then null else :at end
where announcement_id = :announcement_id and kind = 'send' and state in ('due', 'held')
    and (reason is null or reason <> 'called off')
returning id;

-- name: ahead$
-- How many of an announcement's messages may still go.
select count(*) from outbox where announcement_id = :announcement_id and kind = 'send' and state = 'due';

-- name: tally
-- What became of an announcement's messages.
select state, error_code, count(*) as many
from outbox
where announcement_id = :announcement_id and kind = :kind
group by state, error_code
order by state, error_code;

-- name: span^
-- Between which numbers an announcement's rows stand.
select min(id) as first_id, max(id) as last_id
from outbox
where announcement_id = :announcement_id and kind = 'send';

-- name: recall!
-- Each message of an announcement that VK took after a moment is to be deleted. The plus keeps SQLite from the index of
-- the announcement, in which it would look at all its messages for each slice of numbers.
insert into outbox (peer_id, priority, kind, random_id, target_id, key, announcement_id, due_at, created_at)
select o.peer_id, :priority, 'delete', 0, o.id, 'recall:' || o.id, o.announcement_id, :at, :at
from outbox as o
where +o.announcement_id = :announcement_id and o.kind = 'send' and o.state = 'sent' and o.message_id is not null
    and o.settled_at >= :since and o.id >= :first_id and o.id <= :last_id
on conflict (key) do nothing
returning id;
