-- name: propose^
-- A look to be tried.
insert into design (event_code, template, texts, state, made_by, made_at)
values (:event_code, :template, :texts, 'proposed', :by, :at)
returning *;

-- name: add_picture!
-- A picture of a look.
insert into design_picture (design_id, part, picture) values (:design_id, :part, :picture);

-- name: get^
-- One look.
select * from design where id = :id;

-- name: pictures
-- The pictures of a look.
select part, picture from design_picture where design_id = :design_id order by part;

-- name: used^
-- The look of an event's papers: its own, or that of the whole programme.
select * from design
where state = 'used' and event_code in (:event_code, '')
order by case when event_code = '' then 1 else 0 end
limit 1;

-- name: of_event
-- All looks that were in use, or are, the newest first.
select * from design where event_code = :event_code and state in ('used', 'replaced') order by id desc;

-- name: replace!
-- What was in use is so no more.
update design set state = 'replaced', decided_by = :by, decided_at = :at
where event_code = :event_code and state = 'used'
returning id;

-- name: use!
-- From now on this one.
update design set state = 'used', decided_by = :by, decided_at = :at
where id = :id and state = 'proposed'
returning id;

-- name: drop!
-- Not this one.
update design set state = 'dropped', decided_by = :by, decided_at = :at
where id = :id and state = 'proposed'
returning id;
