-- name: open^
-- A call for a human; nothing where one is open.
insert into help_call (
    person_id, events, event_code, step, failed_at, state, silent, urgent, opened_at, waiting_at, last_word_at
)
values (:person_id, :events, :event_code, :step, :failed_at, 'open', :silent, :urgent, :at, :at, :at)
on conflict do nothing
returning *;

-- name: get^
-- One call.
select * from help_call where id = :id;

-- name: open_of^
-- The open call of a person.
select * from help_call where person_id = :person_id and state = 'open';

-- name: waiting
-- Who waits for a word, with the first of theirs that came after the last answer (or else their last): what is
-- urgent first, then whoever waits longest.
select c.*, p.first_name, p.last_name,
    coalesce(
        (
            select w.text from help_word as w
            where w.call_id = c.id
                and w.id > coalesce(
                    (select max(a.id) from help_word as a where a.call_id = c.id and a.author_id <> c.person_id), 0
                )
            order by w.id
            limit 1
        ),
        (select w.text from help_word as w where w.call_id = c.id and w.author_id = c.person_id order by w.id desc limit 1)
    ) as first_words
from help_call as c
join person as p on p.id = c.person_id
where c.state = 'open' and c.waiting_at is not null
order by c.urgent desc, c.waiting_at, c.id
limit :most;

-- name: say$
-- A word of either side.
insert into help_word (call_id, author_id, text, attachments, said_at, told_at)
values (:call_id, :author_id, :text, :attachments, :at, :told_at)
returning id;

-- name: asked!
-- The person has said something: they wait.
update help_call set waiting_at = coalesce(waiting_at, :at), last_word_at = :at where id = :id;

-- name: answered!
-- The person has been answered, by whoever has the call now; they wait on if they have said more that nobody has seen.
update help_call
set waiting_at = case
        when exists (
            select 1 from help_word as w where w.call_id = help_call.id and w.id > :seen and w.told_at is null
        ) then waiting_at
    end,
    reminded_at = null, last_word_at = :at, taken_by = :by,
    taken_at = case when taken_by = :by then taken_at else :at end
where id = :id;

-- name: words
-- What was said in a call.
select * from help_word where call_id = :call_id order by id;

-- name: last_answer^
-- The last word of the other side.
select w.* from help_word as w
join help_call as c on c.id = w.call_id
where w.call_id = :call_id and w.author_id <> c.person_id and w.id > :after
order by w.id desc
limit 1;

-- name: untold
-- Words of people that nobody has been told, the oldest first.
select * from help_word where told_at is null order by call_id, id limit :most;

-- name: told!
-- They were passed on, with all that came before them.
update help_word set told_at = :at where call_id = :call_id and id <= :last_id and told_at is null;

-- name: take!
-- Somebody takes it, unless somebody else has done so meanwhile.
update help_call set taken_by = :by, taken_at = :at
where id = :id and state = 'open' and coalesce(taken_by, 0) = :seen
returning id;

-- name: pass_on!
-- It is another event's now, and nobody's yet.
update help_call
set events = :events, event_code = coalesce(:event_code, event_code), taken_by = null, taken_at = null,
    reminded_at = null
where id = :id and state = 'open' and events <> :events
returning id;

-- name: close!
-- It is over, once.
update help_call
set state = 'closed', silent = 0, waiting_at = null, closed_at = :at, closed_by = :by
where id = :id and state = 'open'
returning id;

-- name: set_silent!
-- Whether the bot keeps silent because of it.
update help_call set silent = :silent where id = :id;

-- name: set_urgent!
-- It can't wait.
update help_call set urgent = 1 where id = :id;

-- name: quiet_since
-- For whom the bot keeps silent though nobody has said a word since then.
select * from help_call where silent = 1 and last_word_at <= :before order by last_word_at limit :most;

-- name: unanswered_since
-- Who has waited since then, and the organizers were not reminded.
select * from help_call
where state = 'open' and waiting_at <= :before and reminded_at is null
order by waiting_at
limit :most;

-- name: reminded!
-- The organizers were reminded.
update help_call set reminded_at = :at where id = :id;
