-- name: unfinished
-- Announcements that something is or will be to be done about.
select * from announcement where closed_at is null and state <> 'draft' order by id;

-- name: begin^
-- Its time has come; one of those who see it at once begins.
update announcement set state = 'gathering' where id = :id and state = 'scheduled' and version = :version
returning *;

-- name: forget_recipients!
-- Those who were gathered before, some at a time.
delete from announcement_recipient
where announcement_id = :id and person_id in (
    select person_id from announcement_recipient where announcement_id = :id order by person_id limit :most
)
returning person_id;

-- name: may_gather$
-- Whether its recipients are still wanted.
select 1 from announcement
where id = :id and version = :version and gathered_at is null and state in ('scheduled', 'gathering');

-- name: gather*!
-- Somebody of the audience: written to unless they want no news or can't be reached.
insert into announcement_recipient (announcement_id, person_id, left_out)
values (
    :id, :person_id,
    nullif(coalesce(:left_out, (
        select case
            when no_news_at is not null then 'no_news'
            when unreachable_code is not null then 'code:' || unreachable_code
            else ''
        end
        from person where id = :person_id
    ), 'unknown'), '')
)
on conflict (announcement_id, person_id) do nothing;

-- name: count_gathered$
-- How many it goes to.
select count(*) from announcement_recipient where announcement_id = :id and left_out is null;

-- name: gathered^
-- All are known.
update announcement
set gathered_at = :at, fed_to = 0, fed_at = null,
    state = case when state = 'gathering' then 'running' else state end,
    recipients = :recipients
where id = :id and version = :version and gathered_at is null and state in ('scheduled', 'gathering')
returning *;

-- name: run^
-- Everybody had been known before it began.
update announcement set state = 'running' where id = :id and state = 'gathering' and gathered_at is not null
returning *;

-- name: words_of^
-- What makes two announcements the same to their readers.
select id, text, attachments, event_code from announcement where id = :id;

-- name: twins
-- Other announcements that brought the same words to people of the same event since then.
select id, fed_to, state from announcement
where id <> :id and text = :text and attachments = :attachments and started_at >= :since
    and (event_code = :event_code or (event_code is null and :event_code is null) or :plain = 1)
    and state in ('running', 'paused', 'done', 'stopped');

-- name: reached
-- To whom messages of an announcement were or will be made; with `up_to` only those up to this person.
select person_id from announcement_recipient
where announcement_id = :id and left_out is null and (:up_to is null or person_id <= :up_to)
    and person_id not in (select peer_id from outbox where announcement_id = :id and state = 'dropped');

-- name: next
-- Who comes next, and whether they may still be written to: not if they were forgotten meanwhile, without a name since.
select r.person_id,
    case
        when p.no_news_at is not null then 'no_news'
        when p.unreachable_code is not null then 'code:' || p.unreachable_code
        when p.first_name = '' and p.greeted_at is null then 'unknown'
    end as left_out
from announcement_recipient as r
left join person as p on p.id = r.person_id
where r.announcement_id = :id and r.person_id > :after and r.left_out is null
order by r.person_id
limit :most;

-- name: leave_out*!
-- Somebody is not written to after all.
update announcement_recipient set left_out = :left_out where announcement_id = :id and person_id = :person_id;

-- name: feedable^
-- The announcement, if its messages may be made now and nobody made more of them meanwhile.
select * from announcement
where id = :id and state = 'running' and held = 0 and fed_at is null and fed_to = :fed_to;

-- name: fed^
-- Messages were made up to this person; `at`: for all.
update announcement set fed_to = :fed_to, fed_at = :at, recipients = recipients - :left_out where id = :id
returning *;

-- name: held^
-- Its messages are held, or let go.
update announcement set held = :held where id = :id and state = 'running' and held <> :held
returning *;

-- name: waiting^
-- How many messages have not come to their end, and how many of them were never tried.
select count(*) as waiting, coalesce(sum(case when tries = 0 and error_code is null then 1 else 0 end), 0) as untried
from outbox
where announcement_id = :id and state in ('due', 'held') and kind = 'send';

-- name: done^
-- Everybody has it, or will not get it.
update announcement set state = 'done', finished_at = :at where id = :id and state = 'running' and fed_at is not null
returning *;

-- name: close!
-- Nothing more is to be done or shown.
update announcement set closed_at = :at where id = :id;

-- name: watchers
-- Who sees how far it is, and how their last message stands.
select w.person_id, w.outbox_id, o.state
from announcement_watcher as w
left join outbox as o on o.id = w.outbox_id
where w.announcement_id = :id
order by w.person_id;

-- name: shown_to!
-- This message shows it to them.
update announcement_watcher set outbox_id = :outbox_id where announcement_id = :id and person_id = :person_id;

-- name: shown$
-- The figures that were shown last.
select shown from announcement where id = :id;

-- name: show!
-- These figures were shown.
update announcement set shown = :shown where id = :id;
