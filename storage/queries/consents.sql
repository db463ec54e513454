-- name: record*!
-- Decisions; those before them stay.
insert into consent (
    application_id, participant_id, kind, version, text_hash, decision, channel, person_id, decided_at, signer,
    kinship, guardian_paper, categories, scan
)
values (
    :application_id, :participant_id, :kind, :version, :text_hash, :decision, :channel, :person_id, :at, :signer,
    :kinship, :guardian_paper, :categories, :scan
);

-- name: history
-- Every decision about an application, the one that holds last.
select c.*, a.applicant_role, a.category
from consent as c
join application as a on a.id = c.application_id
where c.application_id = :application_id
order by c.id;

-- name: of_event
-- Every decision about an event's applications, oldest first.
select c.*, a.applicant_role, a.category
from application as a
join consent as c on c.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until
order by c.application_id, c.id;

-- name: hiding
-- Every decision about those applications of an event whose people may have to be hidden: somebody has said no to the
-- processing, or said yes so long ago that it has ended.
select c.*, a.applicant_role, a.category
from application as a
join consent as c on c.application_id = a.id
where a.event_code = :event_code and a.ordinal > :after and a.ordinal <= :until and exists (
    select 1 from consent as d
    where d.application_id = a.id and d.kind = 'processing'
        and (d.decision in ('refused', 'withdrawn') or d.decided_at < :before)
)
order by c.application_id, c.id;

-- name: of_applicant
-- Every decision about what a person has sent, oldest first.
select c.*, a.applicant_role, a.category
from application as a
join consent as c on c.application_id = a.id
where a.person_id = :person_id
order by c.application_id, c.id;

-- name: of_applicants
-- The same of what people with ids of this stretch have sent to an event.
select c.*, a.applicant_role, a.category
from application as a
join consent as c on c.application_id = a.id
where a.event_code = :event_code and a.person_id >= :first and a.person_id <= :last
order by c.application_id, c.id;

-- name: by_guardian
-- For which participants a person has answered by a link of their own.
select distinct application_id, participant_id
from consent
where person_id = :person_id and channel = 'link' and decision <> 'waiting' and participant_id is not null
order by application_id, participant_id;

-- name: ended_by
-- What a person has ended by taking the first consent back under an own account, the latest first.
select c.application_id, c.participant_id, a.number, a.event_code, max(c.decided_at) as decided_at
from consent as c
join application as a on a.id = c.application_id
where c.person_id = :person_id and c.channel = 'link' and c.kind = 'processing' and c.decision = 'withdrawn'
    and c.participant_id is not null
group by c.application_id, c.participant_id, a.number, a.event_code
order by max(c.decided_at) desc, c.participant_id;

-- name: guardians
-- Who has answered for the participants of an application by a link.
select distinct person_id from consent where application_id = :application_id and channel = 'link' and decision <> 'waiting' order by person_id;

-- name: by_person
-- What a person has decided, for whomever.
select c.*, a.applicant_role, a.category
from consent as c
join application as a on a.id = c.application_id
where c.person_id = :person_id
order by c.id;

-- name: unanswered
-- Who has entered a child about whom nobody has said a word yet: of one who applies alone, the parent has not.
select distinct a.person_id
from application as a
join participant as p on p.application_id = a.id and p.left_at is null
where a.event_code = :event_code and :states like '%|' || a.state || '|%' and a.category not in ('teacher', 'student')
    and not exists (
        select 1 from consent as c
        where c.application_id = a.id and c.kind = 'processing' and c.decision <> 'waiting'
            and (c.participant_id is null or c.participant_id = p.id)
            and (a.applicant_role <> 'self' or c.channel <> 'chat')
    )
order by a.person_id;
