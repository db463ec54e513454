-- name: add<!
-- Keep what was read.
insert into import (person_id, event_code, source, content, state, created_at)
values (:person_id, :event_code, :source, :content, 'preview', :at)
returning id;

-- name: drop_of_person!
-- What waited for the same person's word about the same event.
update import set state = 'dropped', content = '{}', plan = null, settled_at = :at
where person_id = :person_id and state = 'preview' and (event_code = :event_code or event_code is null);

-- name: get^
-- One of them.
select id, person_id, event_code, source, state, content, plan, created_at from import where id = :id;

-- name: set_plan!
-- What would become of it.
update import set plan = :plan where id = :id and state = 'preview';

-- name: settle<!
-- Done with.
update import set state = :state, content = '{}', plan = null, settled_at = :at
where id = :id and state = 'preview'
returning id;

-- name: drop_older!
-- Nobody has said a word about them.
update import set state = 'dropped', content = '{}', plan = null, settled_at = :at
where state = 'preview' and created_at < :than;
