-- name: load^
-- Where a person is in their talk, with the answers given so far.
select m.version, m.screen, m.updated_at as shown_at, d.talk, d.subject, d.step, d.answers, d.trail, d.kept, d.updated_at
from memory as m
left join draft as d on d.id = m.draft_id
where m.person_id = :person_id;

-- name: put_draft<!
-- The talk's answers so far.
insert into draft (person_id, talk, subject, step, answers, trail, kept, updated_at)
values (:person_id, :talk, :subject, :step, :answers, :trail, :kept, :at)
on conflict (person_id, talk, subject) do update
set step = excluded.step, answers = excluded.answers, trail = excluded.trail, kept = excluded.kept,
    updated_at = excluded.updated_at
returning id;

-- name: put!
-- Where the person is.
insert into memory (person_id, version, draft_id, screen, updated_at)
values (:person_id, :version, :draft_id, :screen, :at)
on conflict (person_id) do update
set version = excluded.version, draft_id = excluded.draft_id, screen = excluded.screen,
    updated_at = excluded.updated_at;

-- name: drop_draft!
-- The talk is finished or given up.
delete from draft where person_id = :person_id and talk = :talk and subject = :subject;

-- name: drafts
-- What a person has begun and not finished, newest first.
select talk, subject, step, answers, trail, kept, updated_at
from draft
where person_id = :person_id and kept = 1
order by updated_at desc, id desc;

-- name: draft^
-- One unfinished talk.
select talk, subject, step, answers, trail, kept, updated_at
from draft
where person_id = :person_id and talk = :talk and subject = :subject;

-- name: drafts_on
-- What people with ids of this stretch have begun on one subject and not finished.
select person_id, talk, subject, step, answers, trail, kept, updated_at
from draft
where talk = :talk and subject = :subject and kept = 1 and person_id >= :first and person_id <= :last;

-- name: kept_drafts
-- Who has begun this talk on this subject and not finished it.
select person_id from draft where talk = :talk and subject = :subject and kept = 1 order by person_id;
