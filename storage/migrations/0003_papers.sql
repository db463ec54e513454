-- The register of papers and their delivery, protocols by version, designs, and the coordinator's words.

-- The register ------------------------------------------------------------------------------------------------

-- Numbers of papers: parts of one event that share a number in the year's report share one row.
create table paper_series (
    series text primary key,       -- what a number begins with: «ОЧК-2026-У5»
    last_ordinal integer not null  -- a number is never given twice, whatever became of its paper
);

create table paper (
    id integer primary key,
    number text not null unique,
    code text not null unique,     -- of the link in the QR code: random, 128 bits
    key text not null,             -- what it is for: the same thing gets one paper
    event_code text not null references event (code),
    kind text not null,
    application_id integer references application (id),
    participant_id integer references participant (id) on delete set null,
    person_id integer references person (id),      -- the account that gets it; null: handed over on paper
    state text not null check (state in ('valid', 'withdrawn')),
    version integer not null,
    protocol text not null default '',
    issued_at integer not null,
    reissued_at integer,
    withdrawn_at integer,
    reason text,                   -- of the last reissue, or of the withdrawal
    replaced_by integer references paper (id)      -- of a withdrawn one: the paper that holds in its place
);
create unique index paper_once on paper (key) where state = 'valid';
create index paper_by_event on paper (event_code, id);
create index paper_by_person on paper (person_id, id);
create index paper_by_application on paper (application_id);

create table paper_version (
    paper_id integer not null references paper (id),
    version integer not null,
    content text,                  -- what is printed, as JSON; null: its people have been forgotten
    reason text,                   -- why it was made anew; null for the first
    made_by integer not null,
    made_at integer not null,
    attachment text,               -- what the messenger resends the file by
    primary key (paper_id, version)
);

-- A paper with what stands on it now.
create view paper_now as
select p.*, v.content, v.attachment, r.number as replaced_by_number
from paper as p
join paper_version as v on v.paper_id = p.id and v.version = p.version
left join paper as r on r.id = p.replaced_by;

create table paper_mistake (
    id integer primary key,
    paper_id integer not null references paper (id),
    subject text not null,         -- what is named wrongly: participant:12, application:5, paper:9
    field text not null,           -- name, school, grade, supervisor, title, other
    was text,                      -- as it is printed; null once its people are forgotten
    wanted text,                   -- as it is to be, in words
    answer text,                   -- the same as the parser gave it, as JSON
    person_id integer not null references person (id),
    state text not null check (state in ('asked', 'confirmed', 'refused', 'replaced')),
    reason text,                   -- why it was refused
    reported_at integer not null,
    decided_by integer,
    decided_at integer
);
create unique index paper_mistake_once on paper_mistake (subject, field, wanted) where state = 'asked';
create index paper_mistake_by_paper on paper_mistake (paper_id, state);

-- Protocols of the jury ---------------------------------------------------------------------------------------

-- Each approval and each correction is a version; none of them ever changes.
create table protocol (
    event_code text not null references event (code),
    version integer not null,
    number text not null,          -- as papers quote it: «СК-2026/1»
    content text not null,         -- what was decided, as JSON; it names nobody
    hash text not null,            -- SHA-256 of the version before it and of the content
    reason text not null,          -- why it takes the place of the version before it
    approved_by integer not null,
    approved_at integer not null,
    primary key (event_code, version)
);

-- How people are called there, and what they wrote: forgotten with them, the content stays.
create table protocol_word (
    event_code text not null,
    version integer not null,
    kind text not null,
    application_id integer references application (id),
    person_or_part integer not null,               -- a participant, a member of the jury, or which of several
    text text not null,
    foreign key (event_code, version) references protocol (event_code, version)
);
create index protocol_word_by_version on protocol_word (event_code, version);
create index protocol_word_by_application on protocol_word (application_id);
create index protocol_word_by_person on protocol_word (person_or_part, kind);

-- How members were called who have left the jury: the sheets that they had finished go on to count.
create table juror_former (
    person_id integer not null references person (id),
    event_code text not null references event (code),
    full_name text not null,
    primary key (person_id, event_code)
);

-- Who signs beside the members of the jury.
create table protocol_signers (
    event_code text primary key references event (code),
    chair text not null,
    secretary text not null
);

-- Delivery ----------------------------------------------------------------------------------------------------

-- Papers on their way to people: all of an event at once, or some that were made anew.
create table paper_run (
    id integer primary key,
    event_code text not null references event (code),
    kind text not null check (kind in ('event', 'again', 'reachable')),
    state text not null check (state in ('issuing', 'delivering', 'paused', 'done')),
    step integer not null default 0,       -- each step is a job of its own, once
    failures integer not null default 0,   -- steps that failed one after another
    protocol text not null default '',     -- its letters tell of the results by this protocol; '': they are known
    started_by integer not null references person (id),
    started_at integer not null,
    finished_at integer
);
create unique index paper_run_once on paper_run (event_code) where kind = 'event' and state <> 'done';
create index paper_run_open on paper_run (id) where state <> 'done';

-- One version of a paper on its way; those of one letter go together.
create table paper_delivery (
    paper_id integer not null references paper (id),
    version integer not null,
    run_id integer not null references paper_run (id),
    person_id integer references person (id),      -- null: nobody's account, to be handed over
    letter integer not null,       -- counts the letters of the run
    archive integer not null,      -- 1: in one ZIP with the others of its letter that have the same part
    part integer not null default 0,
    state text not null check (state in ('waiting', 'made', 'uploaded', 'posted', 'sent', 'unreachable', 'failed')),
    sha256 text,                   -- of the file as it was drawn
    attachment text,               -- what the messenger sends it by
    notice text,                   -- the key of the letter in the outbox
    tries integer not null default 0,
    error text,
    changed_at integer not null,
    primary key (paper_id, version)
);
create index paper_delivery_by_run on paper_delivery (run_id, letter);
create index paper_delivery_open on paper_delivery (state) where state in ('posted', 'unreachable');

-- Looks of papers: what stands in for the built-in one, at one event or (event_code '') at all of them.
create table design (
    id integer primary key,
    event_code text not null default '',
    template text,                 -- typst; null: the built-in one
    texts text not null default '{}',      -- who signs, where, as JSON
    state text not null check (state in ('proposed', 'used', 'replaced', 'dropped')),
    made_by integer not null,
    made_at integer not null,
    decided_by integer,
    decided_at integer
);
create unique index design_used on design (event_code) where state = 'used';
create index design_by_event on design (event_code, id);

create table design_picture (
    design_id integer not null references design (id),
    part text not null check (part in ('background', 'logo', 'signature', 'signature_2', 'signature_3')),
    picture bytea not null,
    primary key (design_id, part)
);

-- Exports ----------------------------------------------------------------------------------------------------------

create table export_choice (
    person_id integer not null references person (id),
    list text not null,
    columns text,                  -- a set that is ready and what differs from it; null: nothing was chosen yet
    searched text,                 -- the words by which the list on their screen was found; null: it was not
    primary key (person_id, list)
);

-- The year's report ---------------------------------------------------------------------------------------------

-- Somebody whose name is destroyed: where else the same person was still known by name at that moment. 'year': at
-- another event of the school year, 'event': at the same event, 'only': nowhere. It links to nobody.
alter table participant add column forgotten_as text check (forgotten_as in ('only', 'year', 'event'));
update participant set forgotten_as = 'only' where surname = 'Участник' and name like '№ %';

-- The coordinator's own words; the last version of a section holds, the others stay readable.
create table report_text (
    id integer primary key,
    year text not null,            -- 2020-21
    section text not null,
    text text not null,
    written_by integer not null,
    written_at integer not null
);
create index report_text_by_section on report_text (year, section, id);

-- Figures of a year that the database has not got, as the coordinator typed them.
create table report_figure (
    id integer primary key,
    year text not null,
    figure text not null,          -- a measure
    value integer,                 -- null: taken back
    written_by integer not null,
    written_at integer not null
);
create index report_figure_by_year on report_figure (year, figure, id);

-- Watching --------------------------------------------------------------------------------------------------------

create index inbox_quarantined on inbox (id) where state = 'quarantined';
create index outbox_dead on outbox (id) where state = 'dead';
