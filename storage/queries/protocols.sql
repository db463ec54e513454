-- name: add^
-- The next version.
insert into protocol (event_code, version, number, content, hash, reason, approved_by, approved_at)
values (:event_code, :version, :number, :content, :hash, :reason, :by, :at)
returning *;

-- name: add_words*!
-- How people are called there, and what they wrote.
insert into protocol_word (event_code, version, kind, application_id, person_or_part, text)
values (:event_code, :version, :kind, :application_id, :of, :text);

-- name: of_event
-- Every version, the first one first.
select event_code, version, number, hash, reason, approved_by, approved_at
from protocol
where event_code = :event_code
order by version;

-- name: content$
-- What a version says.
select content from protocol where event_code = :event_code and version = :version;

-- name: contents
-- What every version says, the first one first.
select content, hash from protocol where event_code = :event_code order by version;

-- name: words
-- Who is named there.
select kind, application_id, person_or_part, text
from protocol_word
where event_code = :event_code and version = :version
order by kind, application_id, person_or_part;

-- name: signers^
-- Who signs.
select chair, secretary from protocol_signers where event_code = :event_code;

-- name: set_signers!
-- Who signs from now on.
insert into protocol_signers (event_code, chair, secretary) values (:event_code, :chair, :secretary)
on conflict (event_code) do update set chair = excluded.chair, secretary = excluded.secretary;
