-- name: draft^
-- A text that is being written.
insert into announcement (event_code, author_id, text, attachments, audience, live, state, created_at)
values (:event_code, :author_id, :text, :attachments, :audience, :live, 'draft', :at)
returning *;

-- name: get^
-- One announcement.
select * from announcement where id = :id;

-- name: of_event
-- What an event's people were written, or what everybody was; newest first.
select * from announcement
where (event_code = :event_code or (event_code is null and :event_code is null)) and state <> 'draft'
order by id desc;

-- name: drafts
-- What is being written to an event's people, or to everybody; newest first.
select * from announcement
where (event_code = :event_code or (event_code is null and :event_code is null)) and state = 'draft'
order by id desc
limit :most;

-- name: unwatch!
-- Nobody watches a draft.
delete from announcement_watcher
where announcement_id = (select id from announcement where id = :id and version = :version and state = 'draft');

-- name: forget_gathered!
-- A draft that was scheduled once may have its recipients still.
delete from announcement_recipient
where announcement_id = (select id from announcement where id = :id and version = :version and state = 'draft');

-- name: discard!
-- Not to be written after all.
delete from announcement where id = :id and version = :version and state = 'draft' returning id;

-- name: abandoned
-- Drafts that were begun before then, some at a time.
select id, version from announcement where state = 'draft' and created_at < :before order by id limit :most;

-- name: change^
-- Other words, or other readers; what is null stays. Whatever was confirmed is to be confirmed again.
update announcement
set version = version + 1, state = 'draft',
    text = coalesce(:text, text), attachments = coalesce(:attachments, attachments),
    audience = coalesce(:audience, audience), live = coalesce(:live, live),
    starts_at = null, started_at = null, started_by = null, gathered_at = null, recipients = 0
where id = :id and version = :version and :states like '%|' || state || '|%'
returning *;

-- name: confirm^
-- It begins at its time: one of those who say so at once is the one who did.
update announcement
set version = version + 1, state = 'scheduled', starts_at = :starts_at, started_at = :at, started_by = :by,
    gathered_at = null, recipients = 0, fed_to = 0, fed_at = null
where id = :id and version = :version and :states like '%|' || state || '|%'
returning *;

-- name: pause^
-- Nothing of it goes out until somebody resumes it.
update announcement
set state = 'paused', held = 1, acted_at = :at, acted_by = :by
where id = :id and :states like '%|' || state || '|%'
returning *;

-- name: resume^
-- It goes on where it was; its messages are let go by whoever looks at the hour.
update announcement
set state = case when gathered_at is null then 'gathering' else 'running' end, acted_at = :at, acted_by = :by
where id = :id and :states like '%|' || state || '|%'
returning *;

-- name: stop^
-- Nothing of it goes out any more.
update announcement
set state = 'stopped', held = 0, acted_at = :at, acted_by = :by, finished_at = :at
where id = :id and :states like '%|' || state || '|%'
returning *;

-- name: recall^
-- It is taken back from whoever has it.
update announcement
set state = 'recalled', acted_at = :at, acted_by = :by, closed_at = null
where id = :id and :states like '%|' || state || '|%'
returning *;

-- name: watch!
-- Somebody wants to see how far it is.
insert into announcement_watcher (announcement_id, person_id) values (:id, :person_id)
on conflict (announcement_id, person_id) do nothing
returning person_id;

-- name: watch_anew!
-- The same, in a message that is on its way to them already.
insert into announcement_watcher (announcement_id, person_id) values (:id, :person_id)
on conflict (announcement_id, person_id) do update set outbox_id = null
returning person_id;

-- name: left_out
-- How many of the audience are not written to, by reason.
select left_out, count(*) as count from announcement_recipient
where announcement_id = :id and left_out is not null
group by left_out;

-- name: read$
-- How many of those who were sent it have read as far.
select count(*)
from outbox as o
join reading as r on r.person_id = o.peer_id
where o.announcement_id = :id and o.state = 'sent' and o.kind = 'send'
    and (o.cmid <= r.cmid or o.message_id <= r.message_id);

-- name: deliveries
-- What became of each reader's message, by person.
select o.peer_id as person_id, p.first_name, p.last_name, o.state, o.error_code, o.settled_at, null as left_out,
    case when o.cmid <= r.cmid or o.message_id <= r.message_id then r.read_at end as read_at
from outbox as o
left join person as p on p.id = o.peer_id
left join reading as r on r.person_id = o.peer_id
where o.announcement_id = :id and o.kind = 'send'
order by o.peer_id, o.id;

-- name: all_left_out
-- Who is not written to, and why.
select l.person_id, p.first_name, p.last_name, 'left_out' as state, null as error_code, null as settled_at, l.left_out,
    null as read_at
from announcement_recipient as l
left join person as p on p.id = l.person_id
where l.announcement_id = :id and l.left_out is not null
order by l.person_id;

-- name: sent_to
-- To whom it goes or went, as far as is known.
select person_id from announcement_recipient where announcement_id = :id and left_out is null order by person_id;

-- name: too_old$
-- How many were sent so long ago that they can't be taken back.
select count(*) from outbox
where announcement_id = :id and state = 'sent' and kind = 'send' and settled_at < :since;
