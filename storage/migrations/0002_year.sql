-- Teams and rosters, consents of each child, stages, seats, attendance, files that are read, and forgetting.

-- Who takes part -------------------------------------------------------------------------------------------

alter table application add column title text;         -- of a team, a collective, a project; null: of one person
alter table application add column headcount integer;  -- people, where they are counted and not named
alter table application add column origin text not null default 'chat';   -- chat, file, list
alter table application add column anonymised_at integer;                 -- its people have been forgotten

alter table participant add column role text;                    -- of a pair: the member's code; of a team: captain
alter table participant add column answers text not null default '{}';    -- the member's own fields

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
    used_at integer                -- both consents are decided
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
    remind_at integer not null,
    told_at integer,
    primary key (person_id, event_code)
);
create index reminder_due on reminder (remind_at) where told_at is null;

-- A place where there are few of them.
create table seat (
    application_id integer primary key references application (id),
    event_code text not null references event (code),
    state text not null check (state in ('taken', 'waiting', 'offered', 'missed', 'freed')),
    since_at integer not null,
    offered_until_at integer
);
create index seat_by_event on seat (event_code, state, since_at);

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
    host_code text,                -- the organisation that holds it; null: the organiser
    state text not null check (state in ('in', 'passed', 'not_passed')),
    reason text,
    override_by integer,           -- who let one more through than the quota allows
    decided_by integer not null,
    decided_at integer not null,
    told_at integer,
    primary key (application_id, stage_code)
);
create index stage_standing_by_host on stage_standing (stage_code, host_code);

-- What a host school, or the organiser, has written about a stage it held.
create table stage_protocol (
    event_code text not null references event (code),
    stage_code text not null,
    host_code text not null default '',
    held_on text,                  -- the day, as the protocol says it
    place text,
    members text not null default '[]',    -- of the commission, as JSON
    confirmed_at integer,
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
    started_at integer not null,
    ends_at integer not null,
    finished_at integer,
    points text
);
create unique index attempt_once on attempt (application_id, coalesce(participant_id, 0), stage_code, number);

-- Judging -----------------------------------------------------------------------------------------------------

-- How a tie was settled, and by what right.
create table tie_decision (
    id integer primary key,
    event_code text not null references event (code),
    comparison text not null,      -- which works were compared: nomination, group, place
    applications text not null,    -- the equal ones in the order decided, as JSON
    way text not null,             -- the event's declared rule
    reason text,
    decided_by integer not null,
    decided_at integer not null
);
create index tie_decision_by_event on tie_decision (event_code);

-- Files that are read -------------------------------------------------------------------------------------------

create table import (
    id integer primary key,
    person_id integer not null references person (id),
    event_code text not null references event (code),
    source text not null check (source in ('file', 'list')),
    rows text not null,            -- what was read, as JSON; emptied when it is applied or dropped
    state text not null check (state in ('preview', 'applied', 'dropped')),
    created_at integer not null,
    settled_at integer
);
create index import_by_person on import (person_id, event_code, state);
