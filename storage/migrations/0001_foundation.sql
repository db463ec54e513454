-- Times (`…_at`) are milliseconds since 1970-01-01 UTC. A person's id is the id the messenger knows them by.

create table setting (
    key text primary key,
    value text not null
);

-- People and what they may do -------------------------------------------------------------------------------

create table person (
    id integer primary key,
    first_name text,
    last_name text,
    first_seen_at integer not null,
    greeted_at integer,            -- when they were told who the operator of personal data is
    unreachable_code integer,      -- the messenger's refusal; null while messages arrive
    unreachable_at integer,
    silent_until_at integer,       -- a human talks to them until then; the bot keeps silent
    no_news_at integer             -- they asked not to be sent announcements
);
create index person_nameless on person (id) where first_name is null;
create index person_unreachable on person (id) where unreachable_code is not null;

create table role (
    person_id integer not null references person (id),
    kind text not null check (kind in ('admin', 'organizer', 'jury')),
    event_code text not null default '',   -- '' means every event
    granted_by integer,
    granted_at integer not null,
    primary key (person_id, kind, event_code)
);

create table invitation (
    code_hash text primary key,    -- SHA-256 of the code; the code itself is known to its bearer only
    kind text not null check (kind in ('organizer', 'jury')),
    event_code text not null,
    created_by integer not null,
    created_at integer not null,
    expires_at integer not null,
    used_by integer references person (id),
    used_at integer,
    accepted_at integer            -- the role was given: the code gives it no second time
);

-- Events ----------------------------------------------------------------------------------------------------

create table event (
    code text primary key,
    definition text not null,      -- the event's file as JSON
    revision integer not null default 1,
    loaded_at integer not null,
    closes_at integer,             -- the deadline in force: the file's, or the one an organizer set
    file_closes_at integer,        -- the file's own
    extended_by integer,
    approved_at integer,           -- the protocol
    approved_by integer,
    published_at integer,
    published_by integer,
    archived_at integer,
    last_ordinal integer not null default 0    -- of its applications; a number is never given twice
);

-- Applications ----------------------------------------------------------------------------------------------

create table application (
    id integer primary key,
    number text not null unique,
    event_code text not null references event (code),
    ordinal integer not null,
    person_id integer not null references person (id),     -- the applicant: who writes for it
    applicant_role text not null check (applicant_role in ('self', 'parent', 'teacher')),
    state text not null,
    reason text,
    category text not null,        -- pupil, teacher, preschooler, student
    nomination text,
    age_group text,
    organisation_code text,        -- null: not in the directory, an organizer settles it
    organisation_name text not null,
    supervisor text,
    answers text not null default '{}',    -- the event's own fields
    duplicate_key text not null,
    revision integer not null default 1,
    created_at integer not null,
    updated_at integer not null,
    accepted_at integer,           -- for the first time; it stays, because the balance counts what was accepted
    unique (event_code, ordinal)
);
create index application_by_person on application (person_id, event_code);
create index application_by_event on application (event_code, state);
create index application_by_duplicate on application (event_code, duplicate_key);

create table participant (
    id integer primary key,
    application_id integer not null references application (id),
    position integer not null,
    surname text not null,
    name text not null,
    patronymic text,
    grade integer,
    letter text,
    preschool_group text,          -- of a kindergarten, instead of a class
    unique (application_id, position)
);

-- Apart from the application, because the jury never sees it.
create table contact (
    application_id integer primary key references application (id),
    phone text,
    email text
);

create table consent (
    id integer primary key,
    application_id integer not null references application (id),
    kind text not null check (kind in ('processing', 'publication')),
    version integer not null,
    text_hash text not null,
    decision text not null check (decision in ('given', 'refused', 'paper', 'withdrawn')),
    channel text not null,
    person_id integer not null references person (id),
    decided_at integer not null
);
create index consent_by_application on consent (application_id, kind, id);

create table work_version (
    id integer primary key,
    application_id integer not null references application (id),
    version integer not null,
    kind text not null check (kind in ('link', 'file')),
    url text,
    file_name text,
    attachment text,               -- what the messenger resends the file by
    size_bytes integer,
    said_at integer not null,      -- the messenger's date of the message: what the deadline is judged by
    received_at integer not null,
    check_state text not null,     -- a link's diagnosis: waiting, open, closed, … ; 'file' for files
    check_title text,
    checked_at integer,
    receipt_id integer,            -- the outbox row that the diagnosis edits
    unique (application_id, version)
);
create index work_version_by_url on work_version (url);
create index work_version_waiting on work_version (id) where check_state = 'waiting';

-- Jury ------------------------------------------------------------------------------------------------------

create table juror (
    person_id integer not null references person (id),
    event_code text not null references event (code),
    full_name text not null,
    organisation_code text,
    digest_at integer,             -- what came after this is new to them
    away_on text,                  -- the Tomsk date of «Сегодня не смогу»
    joined_at integer not null,
    primary key (person_id, event_code)
);

create table assignment (
    id integer primary key,
    application_id integer not null references application (id),
    person_id integer not null references person (id),
    state text not null check (state in ('assigned', 'scored', 'conflict')),
    reason text,
    comment text,
    assigned_at integer not null,
    saved_at integer,
    unique (application_id, person_id)
);
create index assignment_by_person on assignment (person_id, state);

create table score (
    assignment_id integer not null references assignment (id),
    criterion text not null,
    points numeric not null,
    scored_at integer not null,
    primary key (assignment_id, criterion)
);

create table outcome (
    application_id integer primary key references application (id),
    kind text not null,
    title text not null,           -- the event's own; '' for the plain one of its kind
    special text not null default '[]',    -- special nominations of the jury
    points numeric,
    place integer,
    by_hand integer not null,      -- 1: an organizer set it, a new proposal leaves it alone
    decided_by integer not null,
    decided_at integer not null
);

create table announcement (
    id integer primary key,
    event_code text not null references event (code),
    author_id integer not null references person (id),
    audience text not null,
    text text not null,
    state text not null check (state in ('sent')),
    recipients integer not null,
    sent_at integer not null
);

-- Talks -----------------------------------------------------------------------------------------------------

create table draft (
    id integer primary key,
    person_id integer not null references person (id),
    talk text not null,
    subject text not null,
    step text not null,
    answers text not null,
    trail text not null,
    kept integer not null,         -- 1: offered again when the person comes back
    updated_at integer not null,
    unique (person_id, talk, subject)
);

create table memory (
    person_id integer primary key references person (id),
    version integer not null,
    draft_id integer references draft (id) on delete set null,
    screen text not null,          -- the buttons in sight, so that typing a label does what pressing does
    updated_at integer not null
);

-- Pipeline --------------------------------------------------------------------------------------------------

create table inbox (
    id integer primary key,
    event_id text not null unique,
    person_id integer not null,
    order_key integer not null,    -- the messenger's own order of one person's updates
    raw text not null,
    received_at integer not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'quarantined')),
    tries integer not null default 0,
    error text,
    done_at integer
);
create index inbox_waiting on inbox (id) where state = 'waiting';
create index inbox_waiting_by_person on inbox (person_id, order_key) where state = 'waiting';
create index inbox_done on inbox (done_at) where state = 'done';
create index inbox_by_person on inbox (person_id, order_key);

create table outbox (
    id integer primary key,
    peer_id integer not null,
    priority integer not null,
    kind text not null check (kind in ('send', 'edit', 'answer')),
    body text not null,
    random_id integer not null,
    target_id integer,             -- an edit: the row of the message that it changes
    key text unique,               -- what makes a notice happen once
    state text not null default 'due' check (state in ('due', 'sent', 'dropped', 'dead')),
    tries integer not null default 0,
    due_at integer not null,
    created_at integer not null,
    update_id integer,             -- the inbox row that it answers
    message_id integer,
    cmid integer,
    error_code integer,
    error text,
    settled_at integer
);
create index outbox_due on outbox (priority, id) where state = 'due';
create index outbox_due_by_peer on outbox (peer_id, priority, id) where state = 'due';

create table job (
    id integer primary key,
    kind text not null,
    argument text not null,
    key text unique,
    state text not null default 'due' check (state in ('due', 'done', 'dead')),
    tries integer not null default 0,
    due_at integer not null,
    created_at integer not null,
    error text,
    settled_at integer
);
create index job_due on job (due_at) where state = 'due';

-- Watching --------------------------------------------------------------------------------------------------

create table incident (
    id integer primary key,
    at integer not null,
    person_id integer not null,
    kind text not null,
    detail text not null
);
create index incident_by_person on incident (person_id, at);

create table audit (
    seq integer primary key,
    at integer not null,
    actor_id integer not null,
    action text not null,
    subject text not null,
    detail text not null,
    previous_hash text not null,
    hash text not null
);
