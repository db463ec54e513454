-- name: store!
-- An update as VK gave it; one that is there already is left as it is.
insert into inbox (event_id, person_id, order_key, raw, received_at)
values (
    :event_id, :person_id,
    coalesce(:order_key, (select max(order_key) from inbox where person_id = :person_id and state = 'waiting'), 0),
    :raw, :received_at
)
on conflict (event_id) do nothing
returning id;

-- name: waiting
-- The oldest updates that wait for their step.
select id, event_id, person_id, order_key, raw, received_at, tries
from inbox
where state = 'waiting'
order by id
limit :most;

-- name: done*!
-- These updates have had their step.
update inbox set state = 'done', done_at = :at where id = :id;

-- name: failed!
-- The step raised: tried again, or set aside after the last try.
update inbox
set tries = :tries, error = :error, state = :state, done_at = :at
where id = :id;

-- name: quarantined
-- What was set aside, newest first.
select id, event_id, person_id, raw, received_at, tries, error
from inbox
where state = 'quarantined'
order by id desc
limit :most;

-- name: count_waiting$
-- How many updates wait.
select count(*) from inbox where state = 'waiting';

-- name: last_cmid$
-- The greatest message number seen of a person.
select max(order_key) from inbox where person_id = :person_id;

-- name: forget_before!
-- Updates that were done long ago: VK repeats none so old.
delete from inbox where state = 'done' and done_at < :at;
