-- name: put!
-- What is decided about one participant of a stage, in place of what was.
insert into stage_standing (
    application_id, stage_code, host_code, state, reason, override_by, decided_by, decided_at
)
values (:application_id, :stage_code, :host_code, :state, :reason, :override_by, :by, :at)
on conflict (application_id, stage_code) do update
set host_code = excluded.host_code, state = excluded.state, reason = excluded.reason,
    override_by = excluded.override_by, decided_by = excluded.decided_by, decided_at = excluded.decided_at;

-- name: settle!
-- The protocol is confirmed: who was let through beyond a quota stays so.
insert into stage_standing (application_id, stage_code, host_code, state, decided_by, decided_at)
values (:application_id, :stage_code, :host_code, :state, :by, :at)
on conflict (application_id, stage_code) do update
set host_code = excluded.host_code, state = excluded.state, decided_by = excluded.decided_by,
    decided_at = excluded.decided_at;

-- name: drop!
-- Not marked after all.
delete from stage_standing
where application_id = :application_id and stage_code = :stage_code and state = 'chosen'
returning application_id;

-- name: standings
-- What is decided at a stage.
select s.*
from application as a
join stage_standing as s on s.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
    and (:stage_code is null or s.stage_code = :stage_code)
order by a.ordinal;

-- name: of_application
-- What is decided about one.
select * from stage_standing where application_id = :application_id;

-- name: put_protocol!
-- How the stage was held.
insert into stage_protocol (event_code, stage_code, host_code, held_on, place, members)
values (:event_code, :stage_code, :host_code, :held_on, :place, :members)
on conflict (event_code, stage_code, host_code) do update
set held_on = excluded.held_on, place = excluded.place, members = excluded.members;

-- name: confirm^
-- The next version of the protocol.
insert into stage_protocol (event_code, stage_code, host_code, version, confirmed_at, confirmed_by)
values (:event_code, :stage_code, :host_code, 1, :at, :by)
on conflict (event_code, stage_code, host_code) do update
set version = stage_protocol.version + 1, confirmed_at = coalesce(stage_protocol.confirmed_at, excluded.confirmed_at),
    confirmed_by = coalesce(stage_protocol.confirmed_by, excluded.confirmed_by)
returning version;

-- name: protocols
-- All protocols of an event.
select * from stage_protocol where event_code = :event_code order by stage_code, host_code;

-- name: put_area!
-- Whose schools a host decides about.
insert into stage_area (event_code, stage_code, area, host_code) values (:event_code, :stage_code, :area, :host_code)
on conflict (event_code, stage_code, area) do update set host_code = excluded.host_code;

-- name: drop_area!
-- Nobody's in particular.
delete from stage_area where event_code = :event_code and stage_code = :stage_code and area = :area returning area;

-- name: areas
-- Every assignment of a stage.
select area, host_code from stage_area where event_code = :event_code and stage_code = :stage_code order by area;
