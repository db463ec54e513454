-- name: contacts
-- How to reach the applicants of a stretch of applications.
select c.application_id, c.phone, c.email
from application as a
join contact as c on c.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until;

-- name: applicants
-- Who has sent them.
select distinct p.id, p.first_name, p.last_name
from application as a
join person as p on p.id = a.person_id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until;

-- name: sheets
-- What the jury has said of them, a row a criterion; a sheet without points has one row without a criterion.
select a.id as application_id, s.person_id, s.state, s.reason, s.comment, s.saved_at, c.criterion, c.points
from application as a
join assignment as s on s.application_id = a.id
left join score as c on c.assignment_id = s.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
order by a.ordinal, s.id, c.criterion;

-- name: count_people$
-- How many rows a list of people has: an application that names nobody has one.
select count(*)
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code and (:states is null or :states like '%|' || a.state || '|%');

-- name: count_sheets$
-- How many rows the list of scores has.
select count(*)
from application as a
join assignment as s on s.application_id = a.id
left join score as c on c.assignment_id = s.id
where a.event_code = :event_code;

-- name: audit
-- Acts about an event, its applications and whatever names it, in their order.
select seq, at, actor_id, action, subject, detail, hash
from audit
where seq > :after
    and (
        subject = 'event:' || :event_code
        or detail like '%"event": "' || :event_code || '"%'
        or subject in (select 'application:' || a.id from application as a where a.event_code = :event_code)
    )
order by seq
limit :limit;

-- name: choice^
-- What a person chose of a list, and what they searched for when they came to it last.
select columns, searched from export_choice where person_id = :person_id and list = :list;

-- name: choose!
-- The columns, from now on.
insert into export_choice (person_id, list, columns) values (:person_id, :list, :columns)
on conflict (person_id, list) do update set columns = excluded.columns;

-- name: search!
-- What was searched for; null: nothing.
insert into export_choice (person_id, list, searched) values (:person_id, :list, :searched)
on conflict (person_id, list) do update set searched = excluded.searched;
