-- name: of_event
-- The place in the order of every application that takes part; without a row of its own it has held one from the
-- beginning.
select a.id as application_id, a.person_id, coalesce(s.state, 'taken') as state,
    coalesce(s.since_at, a.created_at) as since_at, s.offered_until_at
from application as a
left join seat as s on s.application_id = a.id
where a.event_code = :event_code and a.state in ('sent', 'changes_asked', 'accepted')
order by coalesce(s.since_at, a.created_at), a.id;

-- name: put!
-- How the application stands now.
insert into seat (application_id, event_code, state, since_at, offered_until_at, reason)
values (:application_id, :event_code, :state, :at, :offered_until_at, :reason)
on conflict (application_id) do update
set state = excluded.state, since_at = excluded.since_at, offered_until_at = excluded.offered_until_at,
    reason = coalesce(excluded.reason, seat.reason)
returning application_id;

