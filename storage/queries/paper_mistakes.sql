-- name: add<!
-- What somebody found wrong; nothing where the same is asked already.
insert into paper_mistake (paper_id, subject, field, was, wanted, answer, person_id, state, reported_at)
values (:paper_id, :subject, :field, :was, :wanted, :answer, :person_id, 'asked', :at)
on conflict do nothing
returning id;

-- name: replace!
-- What the same person asked about the same before.
update paper_mistake
set state = 'replaced', decided_at = :at
where subject = :subject and field = :field and person_id = :person_id and state = 'asked' and wanted <> :wanted
returning id;

-- name: get^
-- One of them.
select m.*, p.event_code, p.number
from paper_mistake as m
join paper as p on p.id = m.paper_id
where m.id = :id;

-- name: waiting_of_event
-- What waits for a decision at an event, the oldest first.
select m.*, p.event_code, p.number
from paper_mistake as m
join paper as p on p.id = m.paper_id
where p.event_code = :event_code and m.state = 'asked'
order by m.id;

-- name: of_event
-- What was ever reported at an event, the oldest first.
select m.*, p.event_code, p.number
from paper_mistake as m
join paper as p on p.id = m.paper_id
where p.event_code = :event_code
order by m.id;

-- name: count_waiting
-- How many wait at each event.
select p.event_code, count(*) as waiting
from paper_mistake as m
join paper as p on p.id = m.paper_id
where m.state = 'asked'
group by p.event_code;

-- name: of_paper
-- What was ever found wrong on a paper, the oldest first.
select m.*, p.event_code, p.number
from paper_mistake as m
join paper as p on p.id = m.paper_id
where m.paper_id = :paper_id
order by m.id;

-- name: decide!
-- The decision, once.
update paper_mistake
set state = :state, reason = :reason, decided_by = :by, decided_at = :at
where id = :id and state = 'asked'
returning id;
