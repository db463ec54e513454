-- Which applications are meant: one (:application_id), or those of an event (:event_code); the other one is null.

-- name: with_unit
-- In what form they took part is no personal data, and scores are read by it.
select id, answers from application
where (id = :application_id or event_code = :event_code) and anonymised_at is null and answers like '%"_unit"%';

-- name: put_answers*!
-- What stays of the answers.
update application set answers = :answers where id = :id;

-- name: people!
-- Names become numbers; the class stays for the figures.
update participant
set surname = 'Участник',
    name = '№ ' || (select a.ordinal from application as a where a.id = participant.application_id)
        || case when position > 1 then '-' || position else '' end,
    patronymic = null, letter = null, answers = '{}', forgotten_as = coalesce(forgotten_as, 'only')
where left_at is null and application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: person_of!
-- One of several: the name becomes a number.
update participant
set surname = 'Участник',
    name = '№ ' || (select a.ordinal from application as a where a.id = participant.application_id) || '-' || position,
    patronymic = null, letter = null, answers = '{}', forgotten_as = coalesce(forgotten_as, 'only')
where id = :participant_id;

-- name: named
-- Who of some events takes part under a name, at the organisations of those who are meant, or at one that is in no
-- directory: the figures are told by it that a forgotten person is still counted elsewhere.
select p.id, p.application_id, p.surname, p.name, p.patronymic, a.event_code, a.category, a.organisation_code,
    a.organisation_name
from participant as p
join application as a on a.id = p.application_id
left join outcome as o on o.application_id = a.id
left join (
    select distinct b.organisation_code
    from application as b
    where (b.id = :application_id or b.event_code = :event_code) and b.organisation_code is not null
) as near on near.organisation_code = a.organisation_code
where p.left_at is null and p.forgotten_as is null and a.accepted_at is not null
    and (
        a.state not in ('withdrawn', 'dropped_out', 'disqualified')
        or exists (select 1 from work_version as v where v.application_id = a.id)
    )
    and coalesce(o.kind, '') not in ('absent', 'not_submitted')
    and (near.organisation_code is not null or a.organisation_code is null)
    and :events like '%|' || a.event_code || '|%'
order by p.id;

-- name: counted_elsewhere*!
-- Where else a forgotten person is still known by name.
update participant set forgotten_as = :forgotten_as where id = :id;

-- name: event_of$
-- To which event an application belongs.
select event_code from application where id = :application_id;

-- name: application_of$
-- To which application a participant belongs.
select application_id from participant where id = :participant_id;

-- name: leaves!
-- One of several takes part no more; the place in the order is free.
update participant set left_at = :at, position = 1000000 + id where id = :participant_id;

-- name: applications!
-- What was filled in; the organisation and the nomination stay for the figures.
update application
set title = null, supervisor = null, reason = null, answers = '{}', duplicate_key = 'forgotten|' || id,
    anonymised_at = :at, updated_at = :at, revision = revision + 1
where (id = :application_id or event_code = :event_code) and anonymised_at is null
returning id;

-- name: contacts!
-- How to reach the applicant.
delete from contact where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: works!
-- Links, names of files and the files themselves; that something was handed in, and when, stays.
update work_version
set url = null, file_name = null, attachment = null, check_title = null,
    check_state = case when check_state = 'waiting' then 'unchecked' else check_state end
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: remarks!
-- What the jury wrote about a work; points stay.
update assignment
set comment = null, reason = null
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: protocol_words!
-- How people are called in the protocols; what was decided stays.
delete from protocol_word
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: protocol_words_of!
-- The same of one participant.
delete from protocol_word where person_or_part = :participant_id and kind in ('member', 'grade');

-- name: attempts!
-- Answers to a test; points stay.
update attempt
set answers = '{}'
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: stages!
-- Why somebody did not pass.
update stage_standing
set reason = null
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: signers!
-- Who signed; that it was done, when, how and for which text stays as its proof.
update consent
set signer = null, guardian_paper = null, scan = null
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: signers_of!
-- The same of one participant.
update consent set signer = null, guardian_paper = null, scan = null where participant_id = :participant_id;

-- name: links!
-- Links by which parents were asked.
delete from consent_link where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: links_of!
-- The same of one participant.
delete from consent_link where participant_id = :participant_id;

-- name: attempts_of!
-- The answers of one participant.
update attempt set answers = '{}' where participant_id = :participant_id;

-- name: drafts_of_application!
-- Corrections and words about a work that were begun.
delete from draft where subject = :subject and talk in ('edit', 'about', 'submit_to', 'consent_paper');

-- name: drafts_of_participant!
-- A parent's answers that were not finished.
delete from draft where subject = :subject and talk = 'guardian';

-- name: drafts_of_event!
-- Everything that was begun about an event.
delete from draft where subject = :event_code or talk in ('edit', 'about', 'submit_to', 'consent_paper') and subject in (
    select cast(a.id as text) from application as a where a.event_code = :event_code
);

-- name: imports_of_event!
-- What was read from files.
update import set content = '{}', plan = null where event_code = :event_code;

-- name: deadlines_of_event!
-- Why somebody got more time.
update personal_deadline set reason = '' where event_code = :event_code;

-- name: protocols_of_event!
-- Who sat in the commissions of host schools.
update stage_protocol set members = '[]', place = null where event_code = :event_code;

-- name: ties_of_event!
-- Why equal works were put in an order; the order stays.
update tie_decision set reason = '' where event_code = :event_code;

-- name: versions_of_event!
-- Why a protocol was put right.
update protocol set reason = '' where event_code = :event_code;

-- name: version_words_of_event!
-- How the jury is called in the protocols.
delete from protocol_word where event_code = :event_code;

-- name: signers_of_event!
-- Who signed the protocols.
delete from protocol_signers where event_code = :event_code;

-- name: announcements_of_event!
-- What an event's people were written; that they were, and how many, stays.
update announcement set text = '', attachments = '[]' where event_code = :event_code;

-- name: jurors_of_event!
-- Members of the jury are numbers; the points stay.
update juror set full_name = 'Эксперт № ' || person_id where event_code = :event_code;

-- name: former_jurors_of_event!
-- The same of those who have left the jury.
update juror_former set full_name = 'Эксперт № ' || person_id where event_code = :event_code;

-- name: names
-- How the people are called whose traces in messages are to go.
select distinct surname, name from participant where left_at is null and application_id in (
    select a.id from application as a
    where (a.id = :application_id or a.event_code = :event_code) and a.anonymised_at is null
);

-- name: handed_in
-- By what else an application is known: its links and files, and what it is called.
select w.url as word from work_version as w where w.application_id = :application_id and w.url is not null
union
select w.file_name from work_version as w where w.application_id = :application_id and w.file_name is not null
union
select a.title from application as a where a.id = :application_id and a.title is not null;

-- name: answers_of$
-- The answers of one application.
select answers from application where id = :application_id;

-- name: name_of^
-- How one participant is called.
select surname, name from participant where id = :participant_id;

-- name: messages_with!
-- Messages that have gone out and name somebody.
update outbox set body = '{}' where state not in ('due', 'held') and body like :pattern;

-- name: due_messages_with!
-- Messages that were to go out and name somebody.
update outbox set body = '{}', state = 'dropped', error = 'forgotten', settled_at = :at
where state in ('due', 'held') and body like :pattern;

-- name: batches_with!
-- Texts that went to many at once and name somebody.
update batch set body = '{}'
where body like :pattern
    and id not in (select batch_id from outbox where batch_id is not null and state in ('due', 'held'));

-- name: announcements_with!
-- What organizers wrote to many and named somebody in; one that is on its way is theirs to stop.
update announcement set text = ''
where state in ('draft', 'done', 'stopped', 'recalled') and text like :pattern;

-- name: updates_with!
-- What people wrote and what came of work on the network, where it names somebody.
update inbox set raw = '{}', error = null where state <> 'waiting' and raw like :pattern;

-- name: jobs_with!
-- Work that is done and names somebody.
update job set argument = '{}', error = null where state <> 'due' and argument like :pattern;

-- name: said_after_copy_with!
-- What administrators see of messages that a copy of the database did not know of, where it names somebody.
update sent_after_copy set said = '' where said like :word;

-- name: said_after_copy_to!
-- The same, whatever the person was written.
update sent_after_copy set said = '' where peer_id = :person_id;

-- name: old_said_after_copy!
-- The same of long ago.
update sent_after_copy set said = '' where sent_at < :before;

-- name: screens_with!
-- Buttons in sight that name somebody.
update memory set screen = '[]' where screen like :pattern;

-- name: imports_with!
-- Rows that were read from a file and not applied.
update import set content = '{}', plan = null, state = 'dropped', settled_at = :at
where state = 'preview' and (content like :pattern or plan like :pattern);

-- name: old_messages!
-- Messages that went out long ago.
update outbox set body = '{}'
where state not in ('due', 'held') and created_at < :before and body <> '{}'
returning id;

-- name: old_batches!
-- Texts that went to many long ago.
update batch set body = '{}'
where created_at < :before
    and id not in (select batch_id from outbox where batch_id is not null and state in ('due', 'held'));

-- name: old_updates!
-- Updates of long ago.
update inbox set raw = '{}', error = null where state <> 'waiting' and received_at < :before;

-- name: old_jobs!
-- Work of long ago.
update job set argument = '{}', error = null where state <> 'due' and created_at < :before;

-- name: old_screens!
-- Buttons that nobody has looked at for long: pressed, they show what is current.
update memory set screen = '[]' where updated_at < :before;

-- name: updates_of!
-- What a person wrote.
update inbox set raw = '{}', error = null where person_id = :person_id and state <> 'waiting';

-- name: messages_of!
-- What a person was written.
update outbox set body = '{}' where peer_id = :person_id and state not in ('due', 'held');

-- name: due_messages_of!
-- What a person was to be written.
update outbox set body = '{}', state = 'dropped', error = 'forgotten', error_code = null, settled_at = :at
where peer_id = :person_id and state in ('due', 'held');

-- name: jobs_of!
-- Work that was asked for by a person; the person stands last in its argument.
update job set argument = '{}', error = null, state = case when state = 'due' then 'dead' else state end
where argument like :pattern;

-- name: done_jobs_of!
-- Work that is done and was asked for by a person.
update job set argument = '{}', error = null where state <> 'due' and argument like :pattern;

-- name: drafts_of!
-- Everything a person has begun.
delete from draft where person_id = :person_id;

-- name: memory_of!
-- Where a person was.
update memory set screen = '[]', draft_id = null where person_id = :person_id;

-- name: incidents_of!
-- What a person did that was out of order; that it happened stays.
update incident set detail = '' where person_id = :person_id;

-- name: juror_of!
-- A member of a jury is a number; the points stay.
update juror set full_name = 'Эксперт № ' || person_id where person_id = :person_id;

-- name: former_juror_of!
-- The same of juries that a person has left.
update juror_former set full_name = 'Эксперт № ' || person_id where person_id = :person_id;

-- name: exports_of!
-- What a person searched for in a list: it may be a name.
update export_choice set searched = null where person_id = :person_id;

-- name: juror_words_of!
-- The same in the protocols.
delete from protocol_word where person_or_part = :person_id and kind in ('juror', 'remark', 'conflict');

-- name: signed_by!
-- What a person has signed.
update consent set signer = null, guardian_paper = null, scan = null where person_id = :person_id;

-- name: roles_of!
-- What a person was.
delete from role where person_id = :person_id;

-- name: reminders_of!
-- Of what a person wanted to be reminded.
delete from reminder where person_id = :person_id;

-- name: jury_nods_of!
-- What a juror has answered.
delete from jury_nod where person_id = :person_id;

-- name: interests_of!
-- For whom a person looked for events.
delete from interest where person_id = :person_id;

-- name: deadlines_of!
-- Why a person got more time.
update personal_deadline set reason = '' where person_id = :person_id;

-- name: imports_of!
-- What a person sent to be read.
update import
set content = '{}', plan = null, state = case when state = 'preview' then 'dropped' else state end
where person_id = :person_id;

-- name: person!
-- The account: its number stays, because other rows hold on to it.
update person
set first_name = '', last_name = '', greeted_at = null, silent_until_at = null, no_news_at = null
where id = :person_id;

-- name: jury_questions!
-- What the jury has asked about works, and the answers; that it was asked stays.
update jury_question
set text = '', answer = null, attachments = '[]'
where application_id in (
    select a.id from application as a where a.id = :application_id or a.event_code = :event_code
);

-- name: jury_questions_of!
-- What a juror has asked.
update jury_question set text = '' where juror_id = :person_id;

-- name: jury_questions_with!
-- Questions and answers that name somebody.
update jury_question
set text = '', answer = null, attachments = '[]'
where text like :pattern or answer like :pattern;

-- name: help_words_of_event!
-- What people of an event, or of none, have said to a human, and heard.
update help_word
set text = '', attachments = '[]'
where call_id in (
    select c.id from help_call as c
    where c.event_code = :event_code or c.events like '%|' || :event_code || '|%'
        or c.event_code is null and c.state = 'closed'
);

-- name: help_calls_of_event!
-- Where they stood.
update help_call
set step = ''
where event_code = :event_code or events like '%|' || :event_code || '|%'
    or event_code is null and state = 'closed';

-- name: help_words_of!
-- What a person has said to a human, and heard.
update help_word
set text = '', attachments = '[]'
where call_id in (select c.id from help_call as c where c.person_id = :person_id);

-- name: help_calls_of!
-- Where the person stood; nobody answers any more.
update help_call
set step = '', state = 'closed', silent = 0, waiting_at = null
where person_id = :person_id;

-- name: help_words_done_of!
-- The same of what is over.
update help_word
set text = '', attachments = '[]'
where call_id in (select c.id from help_call as c where c.person_id = :person_id and c.state = 'closed');

-- name: help_words_with!
-- Words to a human, and of one, that name somebody.
update help_word set text = '', attachments = '[]' where text like :pattern;

-- name: help_calls_with!
-- Where somebody stood, if it names somebody.
update help_call set step = '' where step like :pattern;

-- name: counts^
-- How much is still kept of an event.
select
    (select count(*) from application as a where a.event_code = :event_code and a.anonymised_at is null)
        as applications,
    (select count(*) from participant as p join application as a on a.id = p.application_id
        where a.event_code = :event_code and a.anonymised_at is null and p.left_at is null) as participants,
    (select count(*) from contact as c join application as a on a.id = c.application_id
        where a.event_code = :event_code) as contacts,
    (select count(*) from work_version as w join application as a on a.id = w.application_id
        where a.event_code = :event_code and (w.url is not null or w.attachment is not null)) as works,
    (select count(*) from consent as c join application as a on a.id = c.application_id
        where a.event_code = :event_code and (c.signer is not null or c.scan is not null)) as signed_consents,
    (select count(*) from assignment as s join application as a on a.id = s.application_id
        where a.event_code = :event_code and (s.comment is not null or s.reason is not null)) as remarks,
    (select count(distinct v.paper_id) from paper_version as v join paper as p on p.id = v.paper_id
        where p.event_code = :event_code and v.content is not null) as papers;

-- name: is_kept$
-- How many applications and papers are not forgotten.
select (select count(*) from application as a where a.event_code = :event_code and a.anonymised_at is null)
    + (select count(*) from paper_version as v join paper as p on p.id = v.paper_id
        where p.event_code = :event_code and v.content is not null);

-- name: note^
-- That it was destroyed.
insert into destruction (event_code, decided_by, destroyed_at, counts) values (:event_code, :by, :at, :counts)
returning *;

-- name: notes
-- Everything that was destroyed, newest first.
select * from destruction order by id desc;
