-- name: start^
-- Papers of an event begin their way; of all of an event's papers once at a time.
insert into paper_run (event_code, kind, state, protocol, started_by, started_at)
values (:event_code, :kind, :state, :protocol, :by, :at)
on conflict do nothing
returning *;

-- name: get^
-- One run.
select * from paper_run where id = :id;

-- name: last_of_event^
-- The newest run of all of an event's papers.
select * from paper_run where event_code = :event_code and kind = 'event' order by id desc limit 1;

-- name: open_runs
-- Runs that are not over.
select * from paper_run where state <> 'done' order by id;

-- name: set_state!
-- How a run stands.
update paper_run
set state = :state, failures = 0, finished_at = case when :state = 'done' then :at end
where id = :id and state <> 'done'
returning id;

-- name: take_step<!
-- The next step of a run that goes on.
update paper_run
set step = step + 1, failures = case when :failed = 1 then failures + 1 else 0 end
where id = :id and state in ('issuing', 'delivering')
returning step;

-- name: undelivered
-- Papers of an event that hold and have never been put on their way, as they are now.
select p.* from paper_now as p
where p.event_code = :event_code and p.state = 'valid' and p.content is not null
    and not exists (select 1 from paper_delivery as d where d.paper_id = p.id and d.version = p.version)
order by p.id;

-- name: add*!
-- Papers put on their way; what has been so before stays as it is.
insert into paper_delivery (paper_id, version, run_id, person_id, letter, archive, part, state, changed_at)
values (:paper_id, :version, :run_id, :person_id, :letter, :archive, :part, :state, :at)
on conflict (paper_id, version) do nothing;

-- name: move*!
-- Papers that did not arrive are put on their way once more.
update paper_delivery
set run_id = :run_id, letter = :letter, archive = :archive, part = :part, state = :state, notice = null,
    attachment = null, tries = 0, error = null, changed_at = :at
where paper_id = :paper_id and version = :version;

-- name: to_do
-- What is next to be drawn and uploaded, letter by letter.
select p.*, d.version as way_version, d.letter, d.archive, d.part, d.sha256, d.tries
from paper_delivery as d
join paper_now as p on p.id = d.paper_id
where d.run_id = :run_id and d.state in ('waiting', 'made')
order by d.letter, d.part, d.paper_id
limit :most;

-- name: made*!
-- These are drawn.
update paper_delivery set state = 'made', sha256 = :sha256, changed_at = :at
where paper_id = :paper_id and version = :version and state in ('waiting', 'made');

-- name: uploaded*!
-- The messenger has these.
update paper_delivery set state = 'uploaded', attachment = :attachment, changed_at = :at
where paper_id = :paper_id and version = :version and state = 'made';

-- name: refused*!
-- These can't go this way; or they could not now, and are tried again until that is of no use.
update paper_delivery set state = :state, error = :error, tries = tries + 1, changed_at = :at
where paper_id = :paper_id and version = :version and state in ('waiting', 'made');

-- name: to_post
-- What is uploaded and has no letter yet.
select d.*, p.kind, p.event_code, p.application_id
from paper_delivery as d
join paper as p on p.id = d.paper_id
where d.run_id = :run_id and d.state = 'uploaded'
    and not exists (
        select 1 from paper_delivery as w
        where w.run_id = d.run_id and w.letter = d.letter and w.state in ('waiting', 'made')
    )
order by d.letter, d.part, d.paper_id;

-- name: posted*!
-- The letter with these is in the outbox, under this key.
update paper_delivery set state = 'posted', notice = :notice, changed_at = :at
where run_id = :run_id and letter = :letter and state = 'uploaded';

-- name: arrived!
-- Whose letter the messenger has taken.
update paper_delivery set state = 'sent', attachment = null, changed_at = :at
where state = 'posted'
    and exists (select 1 from outbox as o where o.key = paper_delivery.notice and o.state = 'sent')
returning paper_id;

-- name: bounced!
-- Whose letter can't be sent.
update paper_delivery set state = 'unreachable', attachment = null, changed_at = :at
where state = 'posted'
    and exists (select 1 from outbox as o where o.key = paper_delivery.notice and o.state in ('dead', 'dropped'))
returning paper_id;

-- name: counts
-- How many papers of a run stand how.
select state, count(*) as papers from paper_delivery where run_id = :run_id group by state order by state;

-- name: counts_of_event
-- How many papers of an event that hold stand how; those that were never put on their way too.
select coalesce(d.state, 'none') as state, count(*) as papers
from paper as p
left join paper_delivery as d on d.paper_id = p.id and d.version = p.version
where p.event_code = :event_code and p.state = 'valid'
group by coalesce(d.state, 'none')
order by coalesce(d.state, 'none');

-- name: not_arrived
-- Papers of an event that hold and did not reach anybody, as they are now.
select p.*, d.state as delivery_state
from paper_now as p
join paper_delivery as d on d.paper_id = p.id and d.version = p.version
where p.event_code = :event_code and p.state = 'valid' and p.content is not null
    and d.state in ('unreachable', 'failed')
order by p.person_id, p.id;

-- name: reachable_again
-- Papers that did not reach somebody who can be written to now.
select d.paper_id, d.version, d.person_id, p.event_code, r.started_by
from paper_delivery as d
join paper as p on p.id = d.paper_id and p.version = d.version and p.state = 'valid'
join paper_run as r on r.id = d.run_id
join person as o on o.id = d.person_id
where d.state = 'unreachable' and o.unreachable_code is null
order by p.event_code, d.person_id, d.paper_id
limit :most;
