-- name: drop_unopened!
-- A new link takes the place of those that no parent has opened.
delete from consent_link where participant_id = :participant_id and opened_by is null;

-- name: create!
-- A link that nobody has opened.
insert into consent_link (code_hash, application_id, participant_id, created_by, created_at, expires_at)
values (:code_hash, :application_id, :participant_id, :by, :at, :expires_at);

-- name: open^
-- It is the first account's that opens it, but never that of who asks for the consent. One that has been opened long
-- ago and is not answered passes to the next account: the first one may have been a wrong hand.
update consent_link
set opened_by = :person_id, opened_at = case when opened_by = :person_id then opened_at else :at end
where code_hash = :code_hash and used_at is null and expires_at > :at and created_by <> :person_id
    and (opened_by is null or opened_by = :person_id or opened_at <= :long_ago)
    and not exists (
        select 1 from application as a where a.id = consent_link.application_id and a.person_id = :person_id
    )
returning *;

-- name: is_known$
-- Whether there was such a code at all.
select count(*) from consent_link where code_hash = :code_hash;

-- name: opened^
-- The link that this account has opened for a participant and not answered yet.
select * from consent_link
where participant_id = :participant_id and opened_by = :person_id and used_at is null and expires_at > :at
order by opened_at desc
limit 1;

-- name: decline^
-- It was opened by somebody else's parent: it is free again, but ends where that has happened too often.
update consent_link
set opened_by = null, opened_at = null, declined = declined + 1,
    expires_at = case when declined + 1 < :most then expires_at else :at end
where participant_id = :participant_id and opened_by = :person_id and used_at is null and expires_at > :at
returning *;

-- name: was_answered_by$
-- Whether it was this account that has answered by it.
select count(*) from consent_link where code_hash = :code_hash and opened_by = :person_id and used_at is not null;

-- name: use!
-- Both consents are decided.
update consent_link set used_at = :at where participant_id = :participant_id and opened_by = :person_id
    and used_at is null;

-- name: of_applicant
-- The links that a person has asked parents by, the newest of each participant last.
select * from consent_link where created_by = :person_id order by created_at, code_hash;

-- name: opened_by
-- The links that a person has opened.
select * from consent_link where opened_by = :person_id order by opened_at, code_hash;
