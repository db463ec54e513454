-- name: of_event^
-- The sizes of one event: all that was applied, and what of it was accepted at any time.
select
    count(*) as applications,
    count(a.accepted_at) as accepted,
    count(distinct case when a.accepted_at is not null then coalesce(a.organisation_code, a.organisation_name) end)
        as organisations,
    coalesce(sum(case when a.accepted_at is not null then coalesce(a.headcount, p.people) end), 0) as people,
    count(case when a.accepted_at is not null then w.application_id end) as works
from application as a
left join (select application_id, count(*) as people from participant group by application_id) as p
    on p.application_id = a.id
left join (select distinct application_id from work_version) as w on w.application_id = a.id
where a.event_code = :event_code and a.state <> 'draft';

-- name: unique_people$
-- Different people among those who are named in accepted applications: one name at one organisation is one person.
select count(*)
from (
    select distinct p.surname, p.name, coalesce(p.patronymic, '') as patronymic,
        coalesce(a.organisation_code, a.organisation_name) as organisation
    from participant as p
    join application as a on a.id = p.application_id
    where a.accepted_at is not null
) as named;

-- name: unique_organisations$
-- Different organisations of accepted applications.
select count(distinct coalesce(organisation_code, organisation_name))
from application
where accepted_at is not null;
