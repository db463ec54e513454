-- name: load<!
-- An event's file; what organizers decided stays, and their deadline too unless the file's own has changed.
insert into event (code, definition, loaded_at, closes_at, file_closes_at)
values (:code, :definition, :at, :closes_at, :closes_at)
on conflict (code) do update
set definition = excluded.definition,
    revision = case when event.definition = excluded.definition then event.revision else event.revision + 1 end,
    loaded_at = excluded.loaded_at,
    closes_at = case
        when coalesce(event.file_closes_at, -1) = coalesce(excluded.file_closes_at, -1) then event.closes_at
        else excluded.closes_at
    end,
    extended_by = case
        when coalesce(event.file_closes_at, -1) = coalesce(excluded.file_closes_at, -1) then event.extended_by
    end,
    file_closes_at = excluded.file_closes_at
returning revision;

-- name: get
-- One event, a row for each longer deadline.
select e.code, e.definition, e.revision, e.closes_at, e.extended_by, e.approved_at, e.approved_by, e.published_at,
    e.published_by, e.archived_at, d.person_id, d.organisation_code, d.until_at
from event as e
left join personal_deadline as d on d.event_code = e.code
where e.code = :code
order by d.id;

-- name: every
-- All events, a row for each longer deadline.
select e.code, e.definition, e.revision, e.closes_at, e.extended_by, e.approved_at, e.approved_by, e.published_at,
    e.published_by, e.archived_at, d.person_id, d.organisation_code, d.until_at
from event as e
left join personal_deadline as d on d.event_code = e.code
order by e.code, d.id;

-- name: extend!
-- An organizer's deadline.
update event set closes_at = :closes_at, extended_by = :by where code = :code returning code;

-- name: approve!
-- The protocol is approved, once.
update event set approved_at = :at, approved_by = :by where code = :code and approved_at is null returning code;

-- name: publish!
-- The results are published, once.
update event set published_at = :at, published_by = :by where code = :code and published_at is null returning code;
