-- name: join^
-- A member of the jury.
insert into juror (person_id, event_code, full_name, organisation_code, joined_at)
values (:person_id, :event_code, :full_name, :organisation_code, :at)
on conflict (person_id, event_code) do update
set full_name = excluded.full_name, organisation_code = excluded.organisation_code
returning *;

-- name: get^
-- One member.
select * from juror where person_id = :person_id and event_code = :event_code;

-- name: drop_scores!
-- Points of sheets that one member has not finished.
delete from score
where assignment_id in (
    select s.id from assignment as s
    join application as a on a.id = s.application_id
    where s.person_id = :person_id and a.event_code = :event_code and s.state <> 'scored'
);

-- name: drop_assignments!
-- Works that one member has not scored.
delete from assignment
where person_id = :person_id and state <> 'scored'
    and application_id in (select a.id from application as a where a.event_code = :event_code)
returning id;

-- name: keep_name!
-- How one is called of whom sheets stay.
insert into juror_former (person_id, event_code, full_name)
select j.person_id, j.event_code, j.full_name from juror as j
where j.person_id = :person_id and j.event_code = :event_code
    and exists (
        select 1 from assignment as s
        join application as a on a.id = s.application_id
        where s.person_id = j.person_id and a.event_code = j.event_code
    )
on conflict (person_id, event_code) do update set full_name = excluded.full_name;

-- name: former_scored
-- Who has left an event's jury after scoring, and how many sheets of theirs count.
select f.person_id, f.full_name, count(*) as scored
from juror_former as f
join assignment as a on a.person_id = f.person_id and a.state = 'scored'
join application as p on p.id = a.application_id and p.event_code = f.event_code
where f.event_code = :event_code
    and not exists (select 1 from juror as j where j.person_id = f.person_id and j.event_code = f.event_code)
group by f.person_id, f.full_name
order by f.person_id;

-- name: former_names
-- How those are called who have left and whose sheets count.
select person_id, full_name from juror_former where event_code = :event_code;

-- name: leave!
-- A member no more.
delete from juror where person_id = :person_id and event_code = :event_code;

-- name: members
-- An event's jury.
select * from juror where event_code = :event_code order by joined_at, person_id;

-- name: memberships
-- Of which juries a person is.
select * from juror where person_id = :person_id order by event_code;

-- name: set_digest!
-- They were told what is new.
update juror set digest_at = :at where person_id = :person_id and event_code = :event_code;

-- name: set_away!
-- They have no time on this day.
update juror set away_on = :day where person_id = :person_id and event_code = :event_code;

-- name: assign!
-- A work for a member; one that is theirs already stays as it is.
insert into assignment (application_id, person_id, state, assigned_at)
values (:application_id, :person_id, 'assigned', :at)
on conflict (application_id, person_id) do nothing
returning id;

-- name: assignments
-- Who scores what.
select s.*
from application as a
join assignment as s on s.application_id = a.id
where a.event_code = :event_code
order by a.ordinal, s.id;

-- name: places
-- One member's works in their order, without what they are.
select s.*, a.organisation_code
from assignment as s
join application as a on a.id = s.application_id
where s.person_id = :person_id and a.event_code = :event_code
    and (:states is null or :states like '%|' || a.state || '|%')
order by a.ordinal;

-- name: cards
-- One member's works: what the jury may know, a row a participant.
select * from jury_card
where person_id = :person_id and event_code = :event_code and (:states is null or :states like '%|' || app_state || '|%')
order by ordinal, position;

-- name: card
-- One work: what the jury may know, a row a participant.
select * from jury_card where id = :id order by position;

-- name: kept
-- Pieces of earlier versions that stand in the works to score.
select k.version_id as stands_in, k.piece, w.*
from assignment as s
join work_version as w on w.application_id = s.application_id
join work_kept as k on k.came_with = w.id
join application as a on a.id = s.application_id
where (s.id = :id or (s.person_id = :person_id and a.event_code = :event_code))
    and k.version_id = (select max(v.id) from work_version as v where v.application_id = s.application_id)
order by w.id, k.piece;

-- name: conflict!
-- Not theirs to score.
update assignment set state = 'conflict', reason = :reason where id = :id;

-- name: score!
-- Points, in place of those that stood.
insert into score (assignment_id, criterion, points, scored_at) values (:id, :criterion, :points, :at)
on conflict (assignment_id, criterion) do update set points = excluded.points, scored_at = excluded.scored_at;

-- name: scores
-- The points of one sheet.
select criterion, points from score where assignment_id = :id order by criterion;

-- name: set_comment!
-- What is said about the work.
update assignment set comment = :comment where id = :id;

-- name: save!
-- The sheet is complete.
update assignment set state = 'scored', saved_at = :at where id = :id and state <> 'conflict';

-- name: reopen
-- The saved sheets of a work are to be looked through again.
update assignment set state = 'assigned', saved_at = null, assigned_at = :at
where application_id = :application_id and state = 'scored'
returning person_id;

-- name: progress
-- How far each member is. The works of the event stand in the join, so that those without a work stay.
select j.person_id,
    count(s.id) filter (where s.state = 'scored') as scored,
    count(s.id) filter (where s.state <> 'conflict') as assigned,
    count(s.id) filter (where s.state = 'assigned' and s.assigned_at > coalesce(j.digest_at, -1)) as new,
    count(s.id) filter (where s.state = 'conflict') as conflicts
from juror as j
left join (
    select s.* from assignment as s
    join application as a on a.id = s.application_id
    where a.event_code = :event_code and (:states is null or :states like '%|' || a.state || '|%')
) as s on s.person_id = j.person_id
where j.event_code = :event_code
group by j.person_id, j.joined_at
order by j.joined_at, j.person_id;

-- name: sheets
-- Every application with its sheets, a row a criterion.
select a.id as application_id, s.person_id, s.state, s.reason, s.comment, c.criterion, c.points
from application as a
left join assignment as s on s.application_id = a.id
left join score as c on c.assignment_id = s.id
where a.event_code = :event_code and (:states is null or :states like '%|' || a.state || '|%')
order by a.ordinal, s.id, c.criterion;
