-- Delivery ----------------------------------------------------------------------------------------------------------

-- One text on its way to up to 100 people in one request. The same batch goes again after a lost answer.
create table batch (
    id integer primary key,
    body text not null,
    random_id integer not null,    -- of every message of the batch: the messenger tells doubles apart by dialog
    created_at integer not null
);

create table outbox_wider (
    id integer primary key,
    peer_id integer not null,
    priority integer not null,
    kind text not null check (kind in ('send', 'edit', 'answer', 'delete')),
    body text,                     -- null: the batch has it
    random_id integer not null,
    batch_id integer references batch (id),
    announcement_id integer,       -- what it is a part of
    reason text,                   -- asked once more before it goes; null: it goes in any case
    target_id integer,             -- an edit, a delete: the row of the message that it changes
    key text unique,               -- what makes a notice happen once
    state text not null default 'due' check (state in ('due', 'held', 'sent', 'dropped', 'dead')),
    tries integer not null default 0,
    floods integer not null default 0,  -- how often the messenger said that this person gets too much
    due_at integer not null,
    created_at integer not null,
    update_id integer,             -- the inbox row that it answers
    message_id integer,
    cmid integer,
    error_code integer,
    error text,
    settled_at integer,
    unsure integer not null default 0   -- 1: the messenger may have it, an answer was lost
);
insert into outbox_wider (
    id, peer_id, priority, kind, body, random_id, target_id, key, state, tries, due_at, created_at, update_id,
    message_id, cmid, error_code, error, settled_at
)
select
    id, peer_id, priority, kind, body, random_id, target_id, key, state, tries, due_at, created_at, update_id,
    message_id, cmid, error_code, error, settled_at
from outbox;
drop table outbox;
alter table outbox_wider rename to outbox;
create index outbox_due on outbox (priority, due_at, id) where state = 'due';
create index outbox_due_by_peer on outbox (peer_id, priority, id) where state = 'due';
create index outbox_by_announcement on outbox (announcement_id, kind, state, error_code)
    where announcement_id is not null;
create index outbox_dead on outbox (id) where state = 'dead';

-- Announcements -----------------------------------------------------------------------------------------------------

create table announcement_wider (
    id integer primary key,
    event_code text references event (code),   -- null: of the whole programme
    author_id integer not null references person (id),
    version integer not null default 1,        -- of what is written by hand; acts name the one that was seen
    text text not null,
    attachments text not null default '[]',
    audience text not null,                    -- a key and filters; handlers know what they mean
    live integer not null default 1,           -- recipients are found at the start, not at the confirmation
    state text not null check (
        state in ('draft', 'scheduled', 'gathering', 'running', 'paused', 'done', 'stopped', 'recalled')
    ),
    created_at integer not null,
    starts_at integer,
    started_at integer,                        -- when and by whom it was started or scheduled
    started_by integer,
    gathered_at integer,
    acted_at integer,                          -- the last pause, resumption, stop or recall
    acted_by integer,
    finished_at integer,
    recipients integer not null default 0,
    fed_to integer not null default 0,         -- up to which person messages were made
    fed_at integer,                            -- when they were made for all
    held integer not null default 0,           -- its messages in the outbox are held
    shown text,                                -- the figures that those who watch have seen last
    closed_at integer                          -- nothing more is to be done or shown
);
insert into announcement_wider (
    id, event_code, author_id, text, audience, state, created_at, starts_at, started_at, started_by, gathered_at,
    finished_at, recipients, fed_at, closed_at
)
select
    id, event_code, author_id, text, '{"key": "' || audience || '"}', 'done', sent_at, sent_at, sent_at, author_id,
    sent_at, sent_at, recipients, sent_at, sent_at
from announcement;
drop table announcement;
alter table announcement_wider rename to announcement;
create index announcement_by_event on announcement (event_code, id);
create index announcement_open on announcement (id) where closed_at is null and state <> 'draft';

create table announcement_recipient (
    announcement_id integer not null references announcement (id),
    person_id integer not null,
    left_out text,                             -- why they are not written to; null: they are
    primary key (announcement_id, person_id)
);
create index announcement_left_out on announcement_recipient (announcement_id, left_out) where left_out is not null;

-- Who sees how far it is, and the message that shows it.
create table announcement_watcher (
    announcement_id integer not null references announcement (id),
    person_id integer not null references person (id),
    outbox_id integer,
    primary key (announcement_id, person_id)
);

create index person_greeted on person (id) where greeted_at is not null;
create index person_no_news on person (id) where no_news_at is not null;

-- Up to which message of ours people have read.
create table reading (
    person_id integer primary key,
    message_id integer not null,
    cmid integer not null,
    read_at integer not null
);

update outbox
set announcement_id = (
    select a.id from announcement as a where outbox.key = 'announcement:' || a.id || ':' || outbox.peer_id
)
where key like 'announcement:%';
insert into announcement_recipient (announcement_id, person_id)
select distinct announcement_id, peer_id from outbox where announcement_id is not null;

-- Reminders ---------------------------------------------------------------------------------------------------------

-- A time at which people of an event are reminded. People are gone through by their ids, some at each look.
create table nudge (
    event_code text not null references event (code),
    occasion text not null,        -- deadline, final, jury, moved
    until_at integer not null,     -- what they are reminded of; a moved deadline has times of its own
    at integer not null,
    reached_id integer not null,   -- of the last person looked at
    done_at integer,               -- everybody was
    primary key (event_code, occasion, until_at, at)
);

-- What organizers have changed in an event's reminders: it stands over the event's file.
create table nudge_setting (
    event_code text not null references event (code),
    kind text not null,            -- draft, consent, work, final, jury
    is_on integer,                 -- null: as the file says
    text text,                     -- null: as the file says, or the usual words
    changed_by integer not null,
    changed_at integer not null,
    primary key (event_code, kind)
);

-- «Вижу, оценю»: a juror's word about the works that are left, until judging ends then.
create table jury_nod (
    event_code text not null references event (code),
    person_id integer not null references person (id),
    until_at integer not null,
    nodded_at integer not null,
    primary key (event_code, person_id, until_at)
);

create index draft_by_subject on draft (talk, subject, person_id) where kept = 1;
create index application_by_event_person on application (event_code, person_id);

-- A human answers ---------------------------------------------------------------------------------------------------

-- Somebody asks for a human. One open call a person.
create table help_call (
    id integer primary key,
    person_id integer not null references person (id),
    events text not null,          -- whose organizers may answer: «|scratch|umka|»; '' everybody's, '|' administrators
    event_code text references event (code),   -- what it is about, as far as can be told
    step text not null,            -- where they stood, in words; empty once forgotten
    failed_at integer,             -- an update of theirs had been set aside then
    state text not null check (state in ('open', 'closed')),
    silent integer not null,       -- 1: the bot keeps silent for the person because of it
    urgent integer not null,       -- 1: words of a threat or of despair
    opened_at integer not null,
    waiting_at integer,            -- since when the person waits for a word; null: they were answered
    last_word_at integer not null, -- of either
    taken_by integer references person (id),
    taken_at integer,
    reminded_at integer,           -- the organizers were reminded of what waits now
    closed_at integer,
    closed_by integer              -- null: nobody, it was over by itself
);
create unique index help_call_open on help_call (person_id) where state = 'open';
create index help_call_by_person on help_call (person_id, id);
create index help_call_waiting on help_call (waiting_at) where state = 'open' and waiting_at is not null;
create index help_call_silent on help_call (last_word_at) where silent = 1;

create table help_word (
    id integer primary key,
    call_id integer not null references help_call (id),
    author_id integer not null references person (id),
    text text not null,            -- empty once forgotten
    attachments text not null,     -- JSON: kind and what the messenger resends it by
    said_at integer not null,
    told_at integer                -- the other side was told
);
create index help_word_by_call on help_word (call_id, id);
create index help_word_untold on help_word (call_id, id) where told_at is null;

-- Ready answers of an event ('': of all). One that ships with the bot (preset) stands here once it was changed.
create table ready_answer (
    id integer primary key,
    event_code text not null,
    preset text unique,
    title text not null,
    text text,                     -- null: the preset was taken away
    changed_by integer not null,
    changed_at integer not null
);
create index ready_answer_by_event on ready_answer (event_code, id);

-- A question of a juror to the author of a work; neither knows the other.
create table jury_question (
    id integer primary key,
    application_id integer not null references application (id),
    juror_id integer not null references person (id),
    text text not null,            -- empty once forgotten
    asked_at integer not null,
    due_at integer not null,       -- nobody is asked at night
    told_at integer,
    answer text,
    attachments text not null default '[]',
    answered_at integer
);
create index jury_question_by_application on jury_question (application_id, id);
create index jury_question_due on jury_question (due_at) where told_at is null;

-- Restoring ---------------------------------------------------------------------------------------------------------

-- 1: it was answered before a copy was put back: its step is taken again, and nothing is sent.
alter table inbox add column muted integer not null default 0;

-- What the community had sent after the copy was made, as the messenger's dialogs show it.
create table sent_after_copy (
    id integer primary key,
    peer_id integer not null,
    cmid integer not null,
    message_id integer,
    sent_at integer not null,
    digest text not null,          -- of the text: what says the same again is not sent again
    said text not null,            -- its beginning, for the administrators' list; empty once they have looked
    outbox_id integer,             -- the row that would have said the same again
    unique (peer_id, cmid)
);
create index sent_after_copy_by_text on sent_after_copy (digest, peer_id);
create index sent_after_copy_free on sent_after_copy (peer_id, digest, cmid) where outbox_id is null;

-- What failed is counted by those who watch the bot run.
create index inbox_set_aside on inbox (done_at) where state = 'quarantined';
create index job_dead on job (settled_at) where state = 'dead';
