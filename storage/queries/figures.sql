-- name: of_events^
-- The sizes of some events together: all that was applied, and of it what took part. The rule is the report's own
-- (bot.contest.report.facts.Entry): accepted at any time, not gone before it handed anything in, neither absent nor
-- without a work in the end.
select
    count(*) as applications,
    count(t.application_id) as taking_part,
    count(distinct t.organisation) as organisations,
    coalesce(sum(
        case when coalesce(t.headcount, 0) > coalesce(p.people, 0) then t.headcount else p.people end
    ), 0) as people,
    count(case when t.application_id is not null then w.application_id end) as works
from application as a
left join (
    select o.id as application_id, o.headcount, coalesce(o.organisation_code, o.organisation_name) as organisation
    from application as o
    where o.accepted_at is not null
        and (
            o.state not in ('withdrawn', 'dropped_out', 'disqualified')
            or exists (select 1 from work_version as v where v.application_id = o.id)
        )
        and not exists (
            select 1 from outcome as m where m.application_id = o.id and m.kind in ('absent', 'not_submitted')
        )
) as t on t.application_id = a.id
left join (
    select application_id, count(*) as people from participant where left_at is null group by application_id
) as p on p.application_id = t.application_id
left join (select distinct application_id from work_version) as w on w.application_id = a.id
where a.state <> 'draft' and (:events is null or :events like '%|' || a.event_code || '|%');

-- name: different_people$
-- Different people in applications that took part: one name at one organisation is one person, ё and е are one letter.
-- Whose name is destroyed counts where nobody of that name was left when it was: in all events together once, in some
-- of them once for each at the most.
select
    (
        select count(*)
        from (
            select distinct replace(p.surname, 'ё', 'е') as surname, replace(p.name, 'ё', 'е') as name,
                coalesce(p.patronymic, '') as patronymic, coalesce(a.organisation_code, a.organisation_name) as organisation
            from participant as p
            join application as a on a.id = p.application_id
            where p.forgotten_as is null and p.left_at is null and a.accepted_at is not null
                and (
                    a.state not in ('withdrawn', 'dropped_out', 'disqualified')
                    or exists (select 1 from work_version as v where v.application_id = a.id)
                )
                and not exists (
                    select 1 from outcome as m where m.application_id = a.id and m.kind in ('absent', 'not_submitted')
                )
                and (:events is null or :events like '%|' || a.event_code || '|%')
        ) as named
    ) + (
        select count(*)
        from participant as p
        join application as a on a.id = p.application_id
        where (p.forgotten_as = 'only' or p.forgotten_as = 'year' and :events is not null)
            and p.left_at is null and a.accepted_at is not null
            and (
                a.state not in ('withdrawn', 'dropped_out', 'disqualified')
                or exists (select 1 from work_version as v where v.application_id = a.id)
            )
            and not exists (
                select 1 from outcome as m where m.application_id = a.id and m.kind in ('absent', 'not_submitted')
            )
            and (:events is null or :events like '%|' || a.event_code || '|%')
    );
