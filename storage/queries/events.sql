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

-- name: get^
-- One event.
select code, definition, revision, closes_at, extended_by, approved_at, approved_by, published_at, published_by,
    archived_at
from event
where code = :code;

-- name: every
-- All events.
select code, definition, revision, closes_at, extended_by, approved_at, approved_by, published_at, published_by,
    archived_at
from event
order by code;

-- name: extend!
-- An organizer's deadline.
update event set closes_at = :closes_at, extended_by = :by where code = :code returning code;

-- name: approve!
-- The protocol is approved, once.
update event set approved_at = :at, approved_by = :by where code = :code and approved_at is null returning code;

-- name: publish!
-- The results are published, once.
update event set published_at = :at, published_by = :by where code = :code and published_at is null returning code;
