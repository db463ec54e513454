-- Which papers are meant: those of one application (:application_id), or of an event (:event_code); the other is null.

-- name: contents!
-- What is printed, and the files; the number, the kind and the state stay for whoever checks the paper.
update paper_version
set content = null, attachment = null, reason = null
where paper_id in (
    select p.id from paper as p where p.application_id = :application_id or p.event_code = :event_code
);

-- name: words!
-- Why a paper was made anew or withdrawn, and the name in the key of one that comes from no application.
update paper
set reason = null, key = case when application_id is null then 'forgotten:' || id else key end
where application_id = :application_id or event_code = :event_code;

-- name: mistakes!
-- What was wrong on them; that it was, and what was decided, stays.
update paper_mistake
set was = null, wanted = null, answer = null, reason = null,
    state = case when state = 'asked' then 'replaced' else state end
where paper_id in (
    select p.id from paper as p where p.application_id = :application_id or p.event_code = :event_code
);

-- name: contents_of!
-- The same of one participant's papers.
update paper_version
set content = null, attachment = null, reason = null
where paper_id in (select p.id from paper as p where p.participant_id = :participant_id);

-- name: words_of!
-- The same.
update paper set reason = null where participant_id = :participant_id;

-- name: mistakes_of!
-- The same; whatever of theirs was asked about on a paper of several.
update paper_mistake
set was = null, wanted = null, answer = null, reason = null,
    state = case when state = 'asked' then 'replaced' else state end
where subject = 'participant:' || :participant_id
    or paper_id in (select p.id from paper as p where p.participant_id = :participant_id);

-- name: contents_got_by!
-- The same of papers that an account gets.
update paper_version
set content = null, attachment = null, reason = null
where paper_id in (select p.id from paper as p where p.person_id = :person_id);

-- name: words_got_by!
-- The same.
update paper
set reason = null, key = case when application_id is null then 'forgotten:' || id else key end
where person_id = :person_id;

-- name: mistakes_told_by!
-- What an account has asked to put right.
update paper_mistake
set was = null, wanted = null, answer = null, reason = null,
    state = case when state = 'asked' then 'replaced' else state end
where person_id = :person_id or paper_id in (select p.id from paper as p where p.person_id = :person_id);

-- name: naming
-- Versions of an event's papers in which somebody is named so.
select v.paper_id, v.version, v.content
from paper_version as v
join paper as p on p.id = v.paper_id
where p.event_code = :event_code and v.content like :pattern;

-- name: event_of_application$
-- Whose event an application is of.
select event_code from application where id = :application_id;

-- name: event_of_participant$
-- The same of one participant.
select a.event_code
from participant as p
join application as a on a.id = p.application_id
where p.id = :participant_id;

-- name: put_contents*!
-- The same papers without the name; a file that has it is made anew when it is asked for.
update paper_version set content = :content, attachment = null where paper_id = :paper_id and version = :version;
