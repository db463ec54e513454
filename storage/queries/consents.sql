-- name: record^
-- A decision; those before it stay.
insert into consent (application_id, kind, version, text_hash, decision, channel, person_id, decided_at)
values (:application_id, :kind, :version, :text_hash, :decision, :channel, :person_id, :at)
returning application_id, kind, version, text_hash, decision, channel, person_id, decided_at;

-- name: history
-- Every decision about an application, the one that holds last.
select application_id, kind, version, text_hash, decision, channel, person_id, decided_at
from consent
where application_id = :application_id
order by id;

-- name: of_event
-- What holds now, of each application and kind.
select c.application_id, c.kind, c.version, c.text_hash, c.decision, c.channel, c.person_id, c.decided_at
from application as a
join consent as c on c.application_id = a.id
where a.event_code = :event_code
    and not exists (
        select 1 from consent as later
        where later.application_id = c.application_id and later.kind = c.kind and later.id > c.id
    )
order by c.application_id, c.kind;
