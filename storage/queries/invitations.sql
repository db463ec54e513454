-- name: create!
-- A code that nobody has used.
insert into invitation (code_hash, kind, event_code, organisation_code, created_by, created_at, expires_at)
values (:code_hash, :kind, :event_code, :organisation_code, :by, :at, :expires_at);

-- name: use^
-- Spend it, unless it is spent by another or too late.
update invitation
set used_by = :person_id, used_at = coalesce(used_at, :at)
where code_hash = :code_hash and (used_by = :person_id or (used_by is null and expires_at > :at))
returning kind, event_code, organisation_code, created_by, used_by, used_at, accepted_at;

-- name: accept!
-- Every code that this person has spent for the role.
update invitation set accepted_at = :at
where used_by = :person_id and kind = :kind and event_code = :event_code
    and organisation_code = :organisation_code and accepted_at is null;
