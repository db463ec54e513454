-- name: people!
-- So many people from an id on, with the names of their pages.
insert into person (id, first_name, last_name, first_seen_at, greeted_at)
with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < :count)
select :first_id + n, 'Анна', 'Белова', :at, :at from numbers;

-- name: updates!
-- An update of each of them that had its answer.
insert into inbox (event_id, person_id, order_key, raw, state, received_at, done_at)
with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < :count)
select 'filled-' || (:first_id + n), :first_id + n, 1, :raw, 'done', :at, :at from numbers;

-- name: sent!
-- A message to each of them that arrived.
insert into outbox (peer_id, priority, kind, body, random_id, state, tries, due_at, created_at, message_id, cmid,
    settled_at)
with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < :count)
select :first_id + n, 1, 'send', :body, n + 1, 'sent', 1, :at, :at, n + 1, 2, :at from numbers;

-- name: waiting!
-- A message to each of them that waits; each `later_each`-th until `later_at`.
insert into outbox (peer_id, priority, kind, body, random_id, due_at, created_at)
with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < :count)
select :first_id + n, 3, 'send', :body, n + 1, case when n % :later_each = 0 then :later_at else :at end, :at
from numbers;
