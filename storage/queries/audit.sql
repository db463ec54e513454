-- name: last^
-- What the next entry is sealed with.
select seq, hash from audit order by seq desc limit 1;

-- name: add!
-- An act.
insert into audit (seq, at, actor_id, action, subject, detail, previous_hash, hash)
values (:seq, :at, :actor_id, :action, :subject, :detail, :previous_hash, :hash);

-- name: page
-- Entries in their order, from the very first: one numbered below 1 is a forged one.
select * from audit where :after is null or seq > :after order by seq limit :limit;

-- name: tail
-- The last entries.
select * from audit order by seq desc limit :most;
