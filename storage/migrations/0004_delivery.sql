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
    due_at integer not null,
    created_at integer not null,
    update_id integer,             -- the inbox row that it answers
    message_id integer,
    cmid integer,
    error_code integer,
    error text,
    settled_at integer
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
create index outbox_by_announcement on outbox (announcement_id, state, error_code) where announcement_id is not null;
create index outbox_dead on outbox (id) where state = 'dead';

-- Announcements -----------------------------------------------------------------------------------------------------

-- Reminders ---------------------------------------------------------------------------------------------------------

-- A human answers ---------------------------------------------------------------------------------------------------

-- Restoring ---------------------------------------------------------------------------------------------------------
