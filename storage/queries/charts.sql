-- name: quarters
-- How many of an event's applications came in each quarter of an hour since 1970 UTC.
select one.quarter, count(*) as applications
from (select created_at / 900000 as quarter from application where event_code = :event_code and state <> 'draft') as one
group by one.quarter
order by one.quarter;

-- name: totals
-- How many applications each event has; one without any is not there.
select event_code, count(*) as applications from application where state <> 'draft' group by event_code;

-- name: has_any$
-- Whether anybody has applied for the event.
select exists (select 1 from application where event_code = :event_code and state <> 'draft');
