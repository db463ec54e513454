-- name: reminders
-- Of what a person wants to be reminded.
select event_code, before_minutes, made_at from reminder where person_id = :person_id order by event_code, before_minutes;

-- name: interests
-- For whom a person looks for events.
select category, grade, said_at from interest where person_id = :person_id;

-- name: extensions
-- More time that a person was given.
select event_code, until_at, reason from personal_deadline where person_id = :person_id order by id;

-- name: files
-- Tables that a person has sent.
select event_code, source, state, created_at from import where person_id = :person_id order by id;

-- name: received
-- How many messages a person has written, as far as they are kept, and since when.
select count(*) as messages, min(received_at) as first_at, max(received_at) as last_at
from inbox
where person_id = :person_id;

-- name: sent
-- How many messages a person was sent, and since when.
select count(*) as messages, min(created_at) as first_at, max(created_at) as last_at
from outbox
where peer_id = :person_id;

-- name: attendance
-- Where their applications were present.
select t.application_id, t.meeting, t.came_at, t.way
from attendance as t
join application as a on a.id = t.application_id
where a.person_id = :person_id
order by t.application_id, t.meeting;

-- name: seats
-- Their places where there are few.
select s.application_id, s.state, s.since_at
from seat as s
join application as a on a.id = s.application_id
where a.person_id = :person_id
order by s.application_id;

-- name: papers
-- Papers that a person has been given.
select number, kind, event_code, state, version, issued_at, reissued_at, withdrawn_at, reason
from paper
where person_id = :person_id
order by id;

-- name: paper_mistakes
-- What a person has asked to put right on papers.
select p.number, m.field, m.was, m.wanted, m.state, m.reason, m.reported_at, m.decided_at
from paper_mistake as m
join paper as p on p.id = m.paper_id
where m.person_id = :person_id
order by m.id;

-- name: help_words
-- What a person has asked a human, and the answers.
select case when w.author_id = c.person_id then 'вы' else 'организатор' end as side, w.said_at, w.text
from help_word as w
join help_call as c on c.id = w.call_id
where c.person_id = :person_id and w.text <> ''
order by w.id;

-- name: jury_questions
-- What the jury has asked about a person's works, and the answers.
select a.number, q.asked_at, q.text, q.answer, q.answered_at
from jury_question as q
join application as a on a.id = q.application_id
where a.person_id = :person_id and q.text <> ''
order by q.id;

-- name: jury_asked
-- What a person has asked as a member of the jury.
select q.asked_at, q.text from jury_question as q where q.juror_id = :person_id and q.text <> '' order by q.id;
