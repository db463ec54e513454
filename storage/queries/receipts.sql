-- name: read*!
-- They have read as far; never less than before.
insert into reading (person_id, message_id, cmid, read_at) values (:person_id, :message_id, :cmid, :at)
on conflict (person_id) do update set
    message_id = case when excluded.message_id > reading.message_id then excluded.message_id else reading.message_id end,
    cmid = case when excluded.cmid > reading.cmid then excluded.cmid else reading.cmid end,
    read_at = excluded.read_at
where excluded.message_id > reading.message_id or excluded.cmid > reading.cmid;

-- name: of^
-- How far somebody has read.
select message_id, cmid, read_at from reading where person_id = :person_id;
