-- name: meet^
-- The person, made known if this is the first time; whoever writes can be written to again.
insert into person (id, first_seen_at) values (:id, :at)
on conflict (id) do update set unreachable_code = null, unreachable_at = null
returning id, first_name, last_name, first_seen_at, greeted_at, unreachable_code, silent_until_at, no_news_at;

-- name: known!
-- Somebody who has not acted: what is known of them stays, also that they can't be written to.
insert into person (id, first_seen_at) values (:id, :at) on conflict (id) do nothing returning id;

-- name: get^
-- One person.
select id, first_name, last_name, first_seen_at, greeted_at, unreachable_code, silent_until_at, no_news_at
from person
where id = :id;

-- name: greeted!
-- They were told who the operator is.
update person set greeted_at = :at where id = :id and greeted_at is null;

-- name: unreachable!
-- The messenger refuses our messages to them.
update person set unreachable_code = :code, unreachable_at = :at where id = :id;

-- name: silent_until!
-- A human talks to them until then; null: the bot speaks again.
update person set silent_until_at = :until where id = :id;

-- name: no_news!
-- They want no announcements; null: they want them again.
update person set no_news_at = :since where id = :id;

-- name: name*!
-- What their page is called.
update person set first_name = :first_name, last_name = :last_name where id = :id;

-- name: nameless
-- Whose names are not known yet.
select id from person where first_name is null order by id limit :most;

-- name: all_unreachable
-- Who can't be written to.
select id, unreachable_code from person where unreachable_code is not null;
