-- Teams and rosters, consents of each child, stages, seats, attendance, files that are read, and forgetting.

-- Who takes part -------------------------------------------------------------------------------------------

alter table application add column title text;         -- of a team, a collective, a project; null: of one person
alter table application add column headcount integer;  -- people, where they are counted and not named
alter table application add column origin text not null default 'chat';   -- chat, file, list
alter table application add column anonymised_at integer;                 -- its people have been forgotten

alter table participant add column role text;                    -- of a pair: the member's code; of a team: captain
alter table participant add column answers text not null default '{}';    -- the member's own fields
alter table participant add column left_at integer;              -- takes part no more; kept for their consents alone

-- Roles: a host school's representative is one at an event for an organisation ------------------------------

create table role_2 (
    person_id integer not null references person (id),
    kind text not null check (kind in ('admin', 'organizer', 'jury', 'host')),
    event_code text not null default '',           -- '' means every event
    organisation_code text not null default '',    -- of a host; '' for the others
    granted_by integer,
    granted_at integer not null,
    primary key (person_id, kind, event_code, organisation_code)
);
insert into role_2 (person_id, kind, event_code, granted_by, granted_at)
select person_id, kind, event_code, granted_by, granted_at from role;
drop table role;
alter table role_2 rename to role;

create table invitation_2 (
    code_hash text primary key,
    kind text not null check (kind in ('organizer', 'jury', 'host')),
    event_code text not null,
    organisation_code text not null default '',
    created_by integer not null,
    created_at integer not null,
    expires_at integer not null,
    used_by integer references person (id),
    used_at integer,
    accepted_at integer
);
insert into invitation_2 (code_hash, kind, event_code, created_by, created_at, expires_at, used_by, used_at, accepted_at)
select code_hash, kind, event_code, created_by, created_at, expires_at, used_by, used_at, accepted_at from invitation;
drop table invitation;
alter table invitation_2 rename to invitation;

-- Consents of each child ------------------------------------------------------------------------------------

create table consent_2 (
    id integer primary key,
    application_id integer not null references application (id),
    participant_id integer references participant (id) on delete cascade,   -- null: all people of the application
    kind text not null check (kind in ('processing', 'publication')),
    version integer not null,
    text_hash text not null,
    decision text not null check (decision in ('waiting', 'given', 'refused', 'paper', 'scan', 'withdrawn')),
    channel text not null,         -- chat, link, paper
    person_id integer not null references person (id),
    decided_at integer not null,
    signer text,                   -- who signed, as they are called
    kinship text,                  -- mother, father, guardian
    guardian_paper text,           -- what makes the guardian one
    categories text,               -- of a publication: what may be published, as JSON
    scan text                      -- what the messenger resends the scan by
);
insert into consent_2 (
    id, application_id, kind, version, text_hash, decision, channel, person_id, decided_at
)
select id, application_id, kind, version, text_hash, decision, channel, person_id, decided_at from consent;
drop table consent;
alter table consent_2 rename to consent;
create index consent_by_application on consent (application_id, kind, id);
create index consent_by_participant on consent (participant_id, kind, id);
create index consent_by_person on consent (person_id);

create table consent_link (
    code_hash text primary key,    -- SHA-256 of the code; the code itself is in the teacher's message only
    application_id integer not null references application (id),
    participant_id integer not null references participant (id) on delete cascade,
    created_by integer not null references person (id),
    created_at integer not null,
    expires_at integer not null,
    opened_by integer references person (id),     -- the parent; the link is nobody else's from then on
    opened_at integer,
    used_at integer,               -- both consents are decided
    declined integer not null default 0     -- how many have opened it and said that the child is not theirs
);
create index consent_link_by_participant on consent_link (participant_id);

-- Where an application's people have been named in public.
create table publication (
    id integer primary key,
    application_id integer not null references application (id),
    place text not null,           -- results, wall
    address text,                  -- of the post, where it is known
    published_at integer not null,
    removed_at integer
);
create index publication_by_application on publication (application_id);

create table destruction (
    id integer primary key,
    event_code text not null,
    decided_by integer,            -- null: the term of keeping has ended by itself
    destroyed_at integer not null,
    counts text not null           -- how much of what, as JSON; no personal data
);

-- Time --------------------------------------------------------------------------------------------------------

create table personal_deadline (
    id integer primary key,
    event_code text not null references event (code),
    person_id integer references person (id),      -- one of the two: a person's own, or a school's
    organisation_code text,
    until_at integer not null,
    reason text not null,
    given_by integer not null,
    given_at integer not null,
    check ((person_id is null) <> (organisation_code is null))
);
create index personal_deadline_by_event on personal_deadline (event_code);

create table reminder (
    person_id integer not null references person (id),
    event_code text not null references event (code),
    before_minutes integer not null,       -- before the deadline or the meeting, wherever they are moved to
    made_at integer not null,
    told_at integer,                       -- or found to be of no use any more
    primary key (person_id, event_code, before_minutes)
);
create index reminder_due on reminder (event_code, before_minutes) where told_at is null;

-- For whom a person looks for events, so that it is asked once.
create table interest (
    person_id integer primary key references person (id),
    category text not null,                -- pupil, teacher, preschooler, student
    grade integer,                         -- of a pupil
    said_at integer not null
);

-- A place where there are few of them.
create table seat (
    application_id integer primary key references application (id),
    event_code text not null references event (code),
    state text not null check (state in ('taken', 'waiting', 'offered', 'missed')),
    since_at integer not null,
    offered_until_at integer,
    reason text                    -- why an organizer offered it out of turn
);
create index seat_by_event on seat (event_code, state, since_at);

-- What is said aloud during a meeting, where an organizer has set it in the chat.
create table meeting_word (
    event_code text not null references event (code),
    meeting text not null default '',      -- the code of the section; '' for all of it
    word_hash text not null,
    set_by integer not null,
    set_at integer not null,
    primary key (event_code, meeting)
);

create table attendance (
    application_id integer not null references application (id),
    meeting text not null default '',      -- the code of the section; '' where there are none
    came_at integer not null,
    way text not null check (way in ('code', 'button', 'organizer', 'list')),
    marked_by integer not null,
    primary key (application_id, meeting)
);

-- Stages ------------------------------------------------------------------------------------------------------

create table stage_standing (
    application_id integer not null references application (id),
    stage_code text not null,
    host_code text not null default '',    -- the organisation that decided; '': the organiser
    state text not null check (state in ('chosen', 'passed', 'not_passed')),   -- chosen: marked, nobody is told
    reason text,                   -- of an override or of a correction
    override_by integer,           -- who let one more through than the quota allows
    decided_by integer not null,
    decided_at integer not null,
    primary key (application_id, stage_code)
);
create index stage_standing_by_stage on stage_standing (stage_code, state);

-- Whose schools a host decides about, where the organizer has said so.
create table stage_area (
    event_code text not null references event (code),
    stage_code text not null,
    area text not null,            -- organisation:<code> or place:<code>
    host_code text not null,
    primary key (event_code, stage_code, area)
);

-- What a host school, or the organiser, has written about a stage it held.
create table stage_protocol (
    event_code text not null references event (code),
    stage_code text not null,
    host_code text not null default '',
    held_on text,                  -- the day, as the protocol says it
    place text,
    members text not null default '[]',    -- of the commission, as JSON
    version integer not null default 0,    -- grows with each confirmation and each correction
    confirmed_at integer,          -- the first time
    confirmed_by integer,
    primary key (event_code, stage_code, host_code)
);

-- A raw result: seconds, times, penalties of one trial.
create table trial_result (
    application_id integer not null references application (id),
    stage_code text not null,
    task text not null,
    value text not null,           -- a decimal number
    entered_by integer not null,
    entered_at integer not null,
    primary key (application_id, stage_code, task)
);

create table attempt (
    id integer primary key,
    application_id integer not null references application (id),
    participant_id integer references participant (id) on delete cascade,  -- null: the team's
    stage_code text not null,
    number integer not null,
    tasks text not null,           -- the order in which they are asked, as JSON
    answers text not null default '{}',
    marks text not null default '{}',      -- points that people gave, by task, as JSON
    started_by integer not null references person (id),
    started_at integer not null,
    ends_at integer not null,
    finished_at integer,
    points text
);
create unique index attempt_once on attempt (application_id, coalesce(participant_id, 0), stage_code, number);
create index attempt_due on attempt (ends_at) where finished_at is null;

-- Works of several pieces ---------------------------------------------------------------------------------------

-- What a version has of the versions before it; what came with it is in its own row.
create table work_kept (
    version_id integer not null references work_version (id),
    came_with integer not null references work_version (id),
    piece integer not null,        -- which of the files that came with that version, from 0; 0 for a link
    primary key (version_id, came_with, piece)
);
create index work_kept_by_origin on work_kept (came_with);

-- Judging -----------------------------------------------------------------------------------------------------

-- What a member of the jury may know of a work, a row a participant; names, but no contact and no applicant.
create view jury_card as
select s.*, a.number, a.event_code, a.ordinal, a.state as app_state, a.category, a.nomination, a.age_group,
    a.organisation_code, a.organisation_name, a.answers, a.title as team, p.surname, p.name, p.patronymic, p.grade,
    p.letter, p.preschool_group, p.id as participant_id, p.position, p.role, '{}' as own_answers,
    w.id as work_id, w.version, w.kind, w.url, w.said_at, w.file_name, w.attachment, w.check_state,
    s.state = 'assigned' and exists (
        select 1 from score as c where c.assignment_id = s.id and c.scored_at < w.received_at
    ) as replaced
from assignment as s
join application as a on a.id = s.application_id
left join participant as p on p.application_id = a.id
left join work_version as w on w.application_id = a.id
    and not exists (
        select 1 from work_version as later
        where later.application_id = w.application_id and later.version > w.version
    );

-- How a tie was settled, and by what right. The last decision about the same works holds.
create table tie_decision (
    id integer primary key,
    event_code text not null references event (code),
    comparison text not null,      -- where they are equal: nomination, group, category, form, as JSON
    applications text not null,    -- the equal ones as decided, the best first, as JSON; those of one list share
    way text not null,             -- the event's declared rule
    reason text not null,
    decided_by integer not null,
    decided_at integer not null
);
create index tie_decision_by_event on tie_decision (event_code);

-- Files that are read -------------------------------------------------------------------------------------------

create table import (
    id integer primary key,
    person_id integer not null references person (id),
    event_code text references event (code),      -- null: the sender is yet to say what it is for
    source text not null check (source in ('file', 'list')),
    content text not null,         -- what was read, as JSON; emptied when it is applied or dropped
    plan text,                     -- what would become of it, as JSON; null: nobody has looked yet
    state text not null check (state in ('preview', 'applied', 'dropped')),
    created_at integer not null,
    settled_at integer
);
create index import_by_person on import (person_id, event_code, state);
create index import_waiting on import (created_at) where state = 'preview';
