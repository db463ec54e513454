-- name: inbox^
-- Updates that wait for their step.
select count(*) as waiting, min(received_at) as oldest_at from inbox where state = 'waiting';

-- name: outbox
-- Messages that could go now, by priority.
select priority, count(*) as waiting, min(due_at) as oldest_at
from outbox
where state = 'due' and due_at <= :now
group by priority;

-- name: jobs^
-- Work that could be done now.
select count(*) as waiting, min(due_at) as oldest_at from job where state = 'due' and due_at <= :now;

-- name: quarantined^
-- Updates that were set aside, and how many of them lately.
select count(*) as total, coalesce(sum(case when done_at >= :since then 1 else 0 end), 0) as lately
from inbox
where state = 'quarantined';

-- name: dead^
-- Messages that nothing more is tried with, and how many of them lately.
select count(*) as total, coalesce(sum(case when settled_at >= :since then 1 else 0 end), 0) as lately
from outbox
where state = 'dead';

-- name: failed_jobs^
-- Work that came to no good end.
select count(*) as total, coalesce(sum(case when settled_at >= :since then 1 else 0 end), 0) as lately
from job
where state = 'dead';

-- name: unreachable$
-- People to whom nothing can be sent.
select count(*) from person where unreachable_code is not null;

-- name: announcements$
-- Announcements that are on their way.
select count(*) from announcement where closed_at is null and state in ('gathering', 'running', 'paused');
