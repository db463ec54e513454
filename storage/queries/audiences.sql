-- name: entries
-- A page of an event's applications, as audiences ask for them; :stage is the stage that is to be passed.
select a.ordinal, a.person_id, a.number, a.state, a.nomination, a.age_group, a.organisation_code,
    a.organisation_name, a.applicant_role,
    exists (select 1 from work_version as w where w.application_id = a.id) as handed_in,
    exists (
        select 1 from stage_standing as s
        where s.application_id = a.id and s.stage_code = :stage and s.state = 'passed'
    ) as passed
from application as a
where a.event_code = :event_code and a.ordinal > :after and a.anonymised_at is null
order by a.ordinal
limit :most;

-- name: size$
-- How many applications an event has had.
select last_ordinal from event where code = :event_code;

-- name: drafts
-- Who has begun an application to an event and not sent it.
select person_id from draft where talk = :talk and subject = :event_code and kept = 1 order by person_id;

-- name: jury
-- The members of an event's jury.
select person_id from juror where event_code = :event_code order by person_id;

-- name: hosts
-- Who holds a stage of an event in the name of a school.
select distinct person_id from role where kind = 'host' and event_code = :event_code order by person_id;

-- name: everyone
-- A page of those who have ever written.
select id as person_id from person where greeted_at is not null and id > :after order by id limit :most;

-- name: silent
-- Whom announcements do not reach: the messenger refuses them, or they want none.
select id, unreachable_code from person where unreachable_code is not null or no_news_at is not null;

-- name: silent_of
-- The same of some people.
select id, unreachable_code from person
where (unreachable_code is not null or no_news_at is not null)
    and id in (
        :p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15, :p16, :p17,
        :p18, :p19, :p20, :p21, :p22, :p23, :p24, :p25, :p26, :p27, :p28, :p29, :p30, :p31, :p32, :p33,
        :p34, :p35, :p36, :p37, :p38, :p39, :p40, :p41, :p42, :p43, :p44, :p45, :p46, :p47, :p48, :p49
    );

-- name: numbers
-- The applications of some people to an event, in no order: sorted here, every application would be looked at.
select a.ordinal, a.person_id, a.number, a.state, a.nomination, a.age_group, a.organisation_code,
    a.organisation_name, a.applicant_role,
    exists (select 1 from work_version as w where w.application_id = a.id) as handed_in,
    exists (
        select 1 from stage_standing as s
        where s.application_id = a.id and s.stage_code = :stage and s.state = 'passed'
    ) as passed
from application as a
where a.event_code = :event_code and a.anonymised_at is null
    and a.person_id in (
        :p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15, :p16, :p17,
        :p18, :p19, :p20, :p21, :p22, :p23, :p24, :p25, :p26, :p27, :p28, :p29, :p30, :p31, :p32, :p33,
        :p34, :p35, :p36, :p37, :p38, :p39, :p40, :p41, :p42, :p43, :p44, :p45, :p46, :p47, :p48, :p49
    );

-- name: names
-- What some people's pages are called.
select id, first_name, last_name from person
where first_name is not null
    and id in (
        :p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15, :p16, :p17,
        :p18, :p19, :p20, :p21, :p22, :p23, :p24, :p25, :p26, :p27, :p28, :p29, :p30, :p31, :p32, :p33,
        :p34, :p35, :p36, :p37, :p38, :p39, :p40, :p41, :p42, :p43, :p44, :p45, :p46, :p47, :p48, :p49
    );

-- name: count_everyone$
-- How many have ever written.
select count(*) from person where greeted_at is not null;

-- name: got
-- Whom the messages of an announcement have reached, whether they were taken back since or not: a page of them, by the
-- numbers of the messages (the plus keeps SQLite to these).
select peer_id as person_id from outbox
where +announcement_id = :announcement_id and kind = 'send' and state = 'sent' and id >= :first and id <= :last
order by id;
