-- name: mark!
-- Somebody came; what was noted first stays.
insert into attendance (application_id, meeting, came_at, way, marked_by)
values (:application_id, :meeting, :at, :way, :by)
on conflict (application_id, meeting) do nothing
returning application_id;

-- name: unmark!
-- They did not, after all.
delete from attendance where application_id = :application_id returning application_id;

-- name: of_event
-- Who came to what.
select t.application_id, t.meeting, t.came_at, t.way, t.marked_by
from attendance as t
join application as a on a.id = t.application_id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
order by t.came_at, t.application_id;

-- name: set_word!
-- What is said aloud.
insert into meeting_word (event_code, meeting, word_hash, set_by, set_at)
values (:event_code, :meeting, :word_hash, :by, :at)
on conflict (event_code, meeting) do update
set word_hash = excluded.word_hash, set_by = excluded.set_by, set_at = excluded.set_at
returning event_code;

-- name: words
-- What is said aloud at an event's meetings.
select meeting, word_hash from meeting_word where event_code = :event_code;
