-- name: bounds^
-- How far the database has come, and when it last heard or said anything.
select
    coalesce((select max(id) from inbox), 0) as inbox,
    coalesce((select max(id) from outbox), 0) as outbox,
    (select received_at from inbox order by id desc limit 1) as heard_at,
    (select created_at from outbox order by id desc limit 1) as said_at;

-- name: known_heard
-- The greatest number of a message that is known of each dialog: what people wrote.
select person_id, max(order_key) as cmid from inbox group by person_id;

-- name: known_said
-- The same of what the community wrote lately.
select peer_id as person_id, max(cmid) as cmid
from outbox
where cmid is not null and settled_at >= :since
group by peer_id;

-- name: mute*!
-- What waits of a person up to here has been answered already.
update inbox set muted = 1 where state = 'waiting' and person_id = :person_id and order_key <= :cmid;

-- name: arrived!
-- The messenger has this row: it was sent after the copy was made.
update outbox
set state = 'sent', message_id = :message_id, cmid = :cmid, settled_at = :at
where state = 'due' and peer_id = :peer_id and random_id = :random_id and kind = 'send'
returning id;

-- name: keep*!
-- Something that the community sent after the copy, and no row of ours.
insert into sent_after_copy (peer_id, cmid, message_id, sent_at, digest, said)
values (:peer_id, :cmid, :message_id, :sent_at, :digest, :said)
on conflict (peer_id, cmid) do nothing;

-- name: said_already^
-- The first message of this text that went to the person after the copy and that no row has said again.
select id, message_id, cmid
from sent_after_copy
where peer_id = :peer_id and digest = :digest and outbox_id is null
order by cmid
limit 1;

-- name: take!
-- This row is what said it.
update sent_after_copy set outbox_id = :outbox_id where id = :id;

-- name: had
-- Who has had a message of this text after the copy.
select distinct peer_id from sent_after_copy where digest = :digest;

-- name: count$
-- How many there are.
select count(*) from sent_after_copy;

-- name: newest
-- The newest of them.
select peer_id, sent_at, said from sent_after_copy order by sent_at desc, id desc limit :most offset :offset;

-- name: forget_words!
-- The administrators have looked: what was said is not needed any more.
update sent_after_copy set said = '';

-- name: forget_before!
-- Nothing says the same again so late.
delete from sent_after_copy where sent_at < :at;
