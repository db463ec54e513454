-- name: in_force
-- Which of an event's papers hold, by what they are for.
select key, id from paper where event_code = :event_code and state = 'valid';

-- name: take_ordinals<!
-- The last of so many new ordinals of a series.
insert into paper_series (series, last_ordinal) values (:series, :count)
on conflict (series) do update set last_ordinal = paper_series.last_ordinal + excluded.last_ordinal
returning last_ordinal;

-- name: add*!
-- New papers, in force.
insert into paper (
    number, code, key, event_code, kind, application_id, participant_id, person_id, state, version, protocol, issued_at
)
values (
    :number, :code, :key, :event_code, :kind, :application_id, :participant_id, :person_id, 'valid', 1, :protocol, :at
);

-- name: add_first*!
-- What stands on new papers.
insert into paper_version (paper_id, version, content, made_by, made_at)
select p.id, 1, :content, :by, :at from paper as p where p.number = :number;

-- name: get^
-- One paper as it is now.
select * from paper_now where id = :id;

-- name: by_number^
-- The same by its number.
select * from paper_now where number = :number;

-- name: by_code^
-- The same by the code of its link.
select * from paper_now where code = :code;

-- name: by_key^
-- The one in force for this thing.
select * from paper_now where key = :key and state = 'valid';

-- name: of_event
-- An event's papers from this id on, as they were numbered.
select * from paper_now where event_code = :event_code and id >= :since order by id;

-- name: of_application
-- All papers of an application.
select * from paper_now where application_id = :application_id order by id;

-- name: withdrawn_since
-- Papers of an event that were withdrawn then or later; nothing has taken their place, on the same person's paper of the
-- same application neither.
select p.* from paper_now as p
where p.event_code = :event_code and p.state = 'withdrawn' and p.withdrawn_at >= :at and p.replaced_by is null
    and not exists (
        select 1 from paper as o
        where o.application_id = p.application_id and o.state = 'valid'
            and coalesce(o.participant_id, 0) = coalesce(p.participant_id, 0)
    )
order by p.id;

-- name: of_person
-- Papers that hold and are this person's; of one event, or of all.
select * from paper_now
where person_id = :person_id and state = 'valid' and (:event_code is null or event_code = :event_code)
order by id;

-- name: events_of_person
-- How many papers a person has of which event, the newest first.
select event_code, count(*) as papers
from paper
where person_id = :person_id and state = 'valid'
group by event_code
order by max(issued_at) desc, event_code;

-- name: count_of_person$
-- How many papers a person has.
select count(*) from paper where person_id = :person_id and state = 'valid';

-- name: versions
-- What stood on a paper, the first version first.
select * from paper_version where paper_id = :id order by version;

-- name: reissue<!
-- The next version of a paper that holds.
update paper
set version = version + 1, reissued_at = :at, reason = :reason, key = coalesce(:key, key),
    protocol = coalesce(:protocol, protocol)
where id = :id and state = 'valid'
returning version;

-- name: add_version!
-- What stands on it now.
insert into paper_version (paper_id, version, content, reason, made_by, made_at)
values (:id, :version, :content, :reason, :by, :at);

-- name: withdraw!
-- It holds no more, once.
update paper
set state = 'withdrawn', withdrawn_at = :at, reason = :reason, replaced_by = :replaced_by
where id = :id and state = 'valid'
returning id;

-- name: keep_attachment!
-- The file of a version, as the messenger knows it.
update paper_version set attachment = :attachment where paper_id = :id and version = :version and content is not null;
