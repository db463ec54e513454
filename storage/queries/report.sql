-- Rows of a school year come a page at a time, in the order of their ids: `:after` is the last id of the page before.

-- name: applications
-- Applications of some events as figures need them; :organisation and :person narrow them to one, null: all.
select a.id, a.number, a.event_code, a.state, a.category, a.organisation_code, a.organisation_name, a.nomination,
    a.title, a.supervisor, a.headcount, a.accepted_at, a.answers, o.kind as outcome, o.title as outcome_title,
    exists (select 1 from work_version as v where v.application_id = a.id) as handed_in
from application as a
left join outcome as o on o.application_id = a.id
where a.id > :after and a.state <> 'draft' and :events like '%|' || a.event_code || '|%'
    and (:organisation is null or a.organisation_code = :organisation)
    and (:person is null or a.person_id = :person)
order by a.id
limit :most;

-- name: participants
-- Those who take part in them.
select p.id, p.application_id, p.position, p.surname, p.name, p.patronymic, p.grade, p.forgotten_as
from participant as p
join application as a on a.id = p.application_id
where p.id > :after and p.left_at is null and a.state <> 'draft' and :events like '%|' || a.event_code || '|%'
    and (:organisation is null or a.organisation_code = :organisation)
    and (:person is null or a.person_id = :person)
order by p.id
limit :most;

-- name: standings
-- What was decided about them at the stages from which only some go on.
select s.application_id, s.stage_code, s.state, a.event_code
from stage_standing as s
join application as a on a.id = s.application_id
where :events like '%|' || a.event_code || '|%';

-- name: experts
-- Members of the juries, with how many works each has scored.
select j.person_id, j.event_code, j.full_name, j.organisation_code,
    (select count(*) from assignment as s join application as a on a.id = s.application_id
        where s.person_id = j.person_id and a.event_code = j.event_code and s.state = 'scored') as scored
from juror as j
where :events like '%|' || j.event_code || '|%'
order by j.event_code, j.joined_at, j.person_id;

-- name: papers
-- Papers that hold.
select id, number, event_code, kind, application_id, issued_at
from paper
where state = 'valid' and id > :after and :events like '%|' || event_code || '|%'
order by id
limit :most;

-- name: hiding
-- Events at which somebody may have to be hidden: a consent to the processing was refused, taken back, or is so old
-- that it has ended.
select distinct a.event_code
from consent as c
join application as a on a.id = c.application_id
where c.kind = 'processing' and (c.decision in ('refused', 'withdrawn') or c.decided_at < :before)
    and :events like '%|' || a.event_code || '|%';

-- name: words
-- What the coordinator has written about a year, the last version of each section.
select t.section, t.text
from report_text as t
where t.year = :year and not exists (
    select 1 from report_text as later where later.year = t.year and later.section = t.section and later.id > t.id
);

-- name: versions
-- All versions of a section, newest first.
select * from report_text where year = :year and section = :section order by id desc;

-- name: write!
-- One more version.
insert into report_text (year, section, text, written_by, written_at)
values (:year, :section, :text, :by, :at);

-- name: typed
-- Figures that were typed in for a year, the last word about each.
select f.figure, f.value
from report_figure as f
where f.year = :year and f.value is not null and not exists (
    select 1 from report_figure as later where later.year = f.year and later.figure = f.figure and later.id > f.id
);

-- name: type!
-- One more word about a figure.
insert into report_figure (year, figure, value, written_by, written_at) values (:year, :figure, :value, :by, :at);
