-- name: add^
-- A text that is being sent.
insert into announcement (event_code, author_id, audience, text, state, recipients, sent_at)
values (:event_code, :author_id, :audience, :text, 'sent', :recipients, :at)
returning *;

-- name: of_event
-- What an event's people were written.
select * from announcement where event_code = :event_code order by id desc;
