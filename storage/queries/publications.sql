-- name: add!
-- An application's people are named there.
insert into publication (application_id, place, address, published_at) values (:application_id, :place, :address, :at);

-- name: standing
-- Where an application's people still are.
select * from publication where application_id = :application_id and removed_at is null order by id;

-- name: of_event
-- Where an event's people are named, still or no more.
select p.*
from application as a
join publication as p on p.application_id = a.id
where a.event_code = :event_code
order by p.id;

-- name: get^
-- One place.
select * from publication where id = :id;

-- name: removed!
-- The application is named there no more.
update publication set removed_at = :at where id = :id and removed_at is null returning id;
