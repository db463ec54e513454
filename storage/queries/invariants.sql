-- name: answers_of_undone
-- I1. Messages that answer an update whose step is not done: the answer came, the deed did not.
select o.id from outbox as o join inbox as i on i.id = o.update_id where i.state = 'waiting' order by o.id;

-- name: ordinals_behind
-- I1. Applications numbered beyond what their event has given out: the next one would get a number twice.
select a.id from application as a join event as e on e.code = a.event_code where a.ordinal > e.last_ordinal order by a.id;

-- name: sent_without_message
-- I2. Messages that count as sent, and the messenger's number of them is not there.
select id from outbox where kind = 'send' and state = 'sent' and message_id is null order by id;

-- name: random_ids_twice
-- I3. Messages that bear the number of another one to the same person: the messenger would drop one as a double.
select id from (
    select id, row_number() over (partition by peer_id, random_id order by id) as nth from outbox where kind = 'send'
) as numbered
where nth > 1
order by id;

-- name: unnumbered
-- I3. Messages without a number to tell doubles apart by.
select id from outbox where kind = 'send' and random_id = 0 order by id;

-- name: changes_of_nothing
-- I5. Edits whose message is not there.
select o.id from outbox as o
where o.kind = 'edit' and o.target_id is not null and not exists (select 1 from outbox as t where t.id = o.target_id)
order by o.id;

-- name: application_states
-- I5. The state of each application.
select id, state from application order by id;

-- name: accepted_without_time
-- I5. Applications that are accepted, and nobody knows since when.
select id from application where state = 'accepted' and accepted_at is null order by id;

-- name: unsaved_sheets
-- I5. Sheets that count as finished and were never saved, or have no points.
select s.id from assignment as s
where s.state = 'scored'
    and (s.saved_at is null or not exists (select 1 from score as p where p.assignment_id = s.id))
order by s.id;

-- name: events
-- I8. Each event's file, with the seats that are held: taken, or offered and not too late.
select e.code, e.definition, (
    select count(*) from application as a
    left join seat as s on s.application_id = a.id
    where a.event_code = e.code and a.state in ('sent', 'changes_asked', 'accepted')
        and (coalesce(s.state, 'taken') = 'taken' or (s.state = 'offered' and s.offered_until_at >= :now))
) as held
from event as e
order by e.code;
