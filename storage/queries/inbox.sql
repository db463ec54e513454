-- name: store*!
-- An update as VK gave it; one that is there already is left as it is.
insert into inbox (event_id, person_id, order_key, raw, received_at, muted)
values (
    :event_id, :person_id,
    coalesce(:order_key, (select max(order_key) from inbox where person_id = :person_id and state = 'waiting'), 0),
    :raw, :received_at, :muted
)
on conflict (event_id) do nothing;

-- name: waiting
-- Whoever has waited longest, with the first of their updates in the messenger's order: everyone's first, then
-- everyone's second. What of one person waits beyond the limit comes after what is within it.
select id, event_id, person_id, order_key, raw, received_at, tries, muted
from (
    select i.*, row_number() over (partition by person_id order by order_key, id) as turn
    from inbox as i
    where state = 'waiting'
        and person_id in (select o.person_id from inbox as o where o.state = 'waiting' order by o.id limit :most)
) as w
order by turn, id
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

-- name: waited_for
-- Whose updates wait.
select distinct person_id from inbox where state = 'waiting';

-- name: last_cmid$
-- The greatest message number seen of a person.
select max(order_key) from inbox where person_id = :person_id;

-- name: failed_since$
-- When an update of a person was last set aside, if that was since then.
select max(received_at) from inbox where person_id = :person_id and state = 'quarantined' and received_at >= :at;

-- name: forget_before!
-- Updates that were done long ago: VK repeats none so old.
delete from inbox where state = 'done' and done_at < :at;
