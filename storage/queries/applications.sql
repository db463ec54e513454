-- name: take_ordinals<!
-- Take the event's next ordinals: nobody else gets them, and a deleted application's is not given again.
update event set last_ordinal = last_ordinal + :count where code = :event_code returning last_ordinal;

-- name: add*!
-- New applications.
insert into application (
    number, event_code, ordinal, person_id, applicant_role, state, category, nomination, age_group,
    organisation_code, organisation_name, supervisor, title, headcount, origin, answers, duplicate_key, created_at,
    updated_at, accepted_at
)
values (
    :number, :event_code, :ordinal, :person_id, :applicant_role, :state, :category, :nomination, :age_group,
    :organisation_code, :organisation_name, :supervisor, :title, :headcount, :origin, :answers, :duplicate_key, :at,
    :at, case when :state = 'accepted' then :at end
);

-- name: ids
-- The applications of these ordinals, in their order.
select id from application where event_code = :event_code and ordinal between :first and :last order by ordinal;

-- name: change*!
-- What was filled in, unless somebody changed it since.
update application
set applicant_role = :applicant_role, category = :category, nomination = :nomination, age_group = :age_group,
    organisation_code = :organisation_code, organisation_name = :organisation_name, supervisor = :supervisor,
    title = :title, headcount = :headcount, answers = :answers, duplicate_key = :duplicate_key,
    revision = revision + 1, updated_at = :at
where id = :id and revision = :revision;

-- name: set_state!
-- The next state, with the reason of it.
update application
set state = :state, reason = :reason, revision = revision + 1, updated_at = :at,
    accepted_at = case when :state = 'accepted' then coalesce(accepted_at, :at) else accepted_at end
where id = :id and (:revision is null or revision = :revision)
returning id;

-- name: hold_back!
-- It waits for a seat: it does not take part yet, whatever it was kept as.
update application set state = 'sent', accepted_at = null where id = :id and state = 'accepted' returning id;

-- name: set_aside_participants*!
-- Their places are free for the new order: a position is never held twice.
update participant set position = -position where application_id = :application_id and left_at is null;

-- name: put_participant*!
-- One who was there before, perhaps with a name put right.
update participant
set position = :position, surname = :surname, name = :name, patronymic = :patronymic, grade = :grade,
    letter = :letter, preschool_group = :preschool_group, role = :role, answers = :answers
where id = :id;

-- name: put_right!
-- The name and the class of one who stays the same person, however they were spelled before.
update participant
set surname = :surname, name = :name, patronymic = :patronymic, grade = :grade, letter = :letter,
    preschool_group = :preschool_group
where id = :id;

-- name: drop_participants*!
-- Those who are not in the new order, with what was decided about them.
delete from participant where application_id = :application_id and position < 0;

-- name: add_participants*!
-- Who takes part.
insert into participant (
    application_id, position, surname, name, patronymic, grade, letter, preschool_group, role, answers
)
values (
    :application_id, :position, :surname, :name, :patronymic, :grade, :letter, :preschool_group, :role, :answers
);

-- name: put_contact*!
-- How to reach the applicant.
insert into contact (application_id, phone, email) values (:application_id, :phone, :email)
on conflict (application_id) do update set phone = excluded.phone, email = excluded.email;

-- name: taught
-- Who is named as having taught whom, in an event.
select id, supervisor from application where event_code = :event_code and supervisor is not null order by ordinal;

-- name: contact^
-- How to reach the applicant.
select phone, email from contact where application_id = :application_id;

-- name: contacts_of
-- How to reach an applicant, of all that they have sent for an event.
select c.application_id, c.phone, c.email
from contact as c
join application as a on a.id = c.application_id
where a.person_id = :person_id and a.event_code = :event_code;

-- name: keys_of_others
-- What participants are told apart by, whom others have entered.
select distinct duplicate_key from application
where event_code = :event_code and person_id <> :person_id and :states like '%|' || state || '|%';

-- name: get
-- One application, a row a participant.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.id = :id
order by p.position;

-- name: by_number
-- One application, a row a participant.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.number = :number
order by p.position;

-- name: count_of_person$
-- How many a person has sent.
select count(*) from application where person_id = :person_id;

-- name: of_person
-- What a person has sent.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.person_id = :person_id and (:event_code is null or a.event_code = :event_code)
order by a.id, p.position;

-- name: of_people
-- What people with ids of this stretch have sent to an event.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code and a.person_id >= :first and a.person_id <= :last
order by a.person_id, a.id, p.position;

-- name: of_event
-- A page of an event's applications.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from (
    select * from application
    where event_code = :event_code and ordinal > :after
        and (:states is null or :states like '%|' || state || '|%')
    order by ordinal
    limit :limit
) as a
left join participant as p on p.application_id = a.id and p.left_at is null
order by a.ordinal, p.position;

-- name: without_work
-- Those that have handed in nothing.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code and (:states is null or :states like '%|' || a.state || '|%')
    and not exists (select 1 from work_version as w where w.application_id = a.id)
order by a.ordinal, p.position;

-- name: duplicates
-- Those that may be one and the same participant.
select a.*, p.id as participant_id, p.surname, p.name, p.patronymic, p.grade, p.letter,
    p.preschool_group, p.role, p.answers as own_answers
from application as a
left join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code and a.duplicate_key = :duplicate_key
order by a.ordinal, p.position;

-- name: count_by_state
-- How many are in each state.
select state, count(*) as applications from application where event_code = :event_code group by state order by state;

-- name: applicants
-- Who has applied with what.
select person_id, id from application
where event_code = :event_code and (:states is null or :states like '%|' || state || '|%')
order by person_id, id;

-- name: organisations
-- How many come from where; one that the directory lacks is told apart by its name.
select min(one.organisation_code) as code, min(one.organisation_name) as name,
    count(*) as applications, sum(one.people) as participants
from (
    select a.organisation_code, a.organisation_name, coalesce(a.headcount, (
        select count(*) from participant as p where p.application_id = a.id and p.left_at is null
    )) as people
    from application as a
    where a.event_code = :event_code and (:states is null or :states like '%|' || a.state || '|%')
) as one
group by coalesce(one.organisation_code, one.organisation_name)
order by count(*) desc, min(one.organisation_name);
