-- name: ask$
-- A juror's question.
insert into jury_question (application_id, juror_id, text, asked_at, due_at)
values (:application_id, :juror_id, :text, :at, :due_at)
returning id;

-- name: get^
-- One question.
select * from jury_question where id = :id;

-- name: of_application
-- What the author of a work was asked.
select * from jury_question where application_id = :application_id order by id;

-- name: due
-- What the authors are to be told now.
select * from jury_question where told_at is null and due_at <= :now order by due_at, id limit :most;

-- name: told!
-- The author was told.
update jury_question set told_at = :at where id = :id;

-- name: answer!
-- The author's answer, once.
update jury_question set answer = :answer, attachments = :attachments, answered_at = :at
where id = :id and answered_at is null
returning id;
