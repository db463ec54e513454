-- name: propose!
-- What the rules say, unless an organizer has decided by hand.
insert into outcome (application_id, kind, title, special, points, place, by_hand, decided_by, decided_at)
values (:application_id, :kind, :title, :special, :points, :place, 0, :by, :at)
on conflict (application_id) do update
set kind = excluded.kind, title = excluded.title, special = excluded.special, points = excluded.points,
    place = excluded.place, decided_by = excluded.decided_by, decided_at = excluded.decided_at
where outcome.by_hand = 0
returning application_id;

-- name: set!
-- What an organizer says.
insert into outcome (application_id, kind, title, special, points, place, by_hand, decided_by, decided_at)
values (:application_id, :kind, :title, :special, :points, :place, 1, :by, :at)
on conflict (application_id) do update
set kind = excluded.kind, title = excluded.title, special = excluded.special, points = excluded.points,
    place = excluded.place, by_hand = 1, decided_by = excluded.decided_by, decided_at = excluded.decided_at;

-- name: remove!
-- Not decided after all.
delete from outcome where application_id = :application_id;

-- name: get^
-- One outcome.
select * from outcome where application_id = :application_id;

-- name: of_event
-- The outcomes of an event.
select o.*
from application as a
join outcome as o on o.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
order by a.ordinal;

-- name: counts
-- How many there are of each kind.
select o.kind, count(*) as outcomes
from application as a
join outcome as o on o.application_id = a.id
where a.event_code = :event_code
group by o.kind
order by o.kind;

-- name: name!
-- The special nominations of one application, all of them.
update outcome set special = :special where application_id = :application_id returning application_id;

-- name: people
-- How many take part in each accepted application, whether they may be named or not.
select a.id as application_id, coalesce(a.headcount, count(p.id)) as people
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code and a.accepted_at is not null
group by a.id, a.headcount;
