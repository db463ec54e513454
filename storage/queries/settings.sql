-- name: get$
-- The value, or nothing.
select value from setting where key = :key;

-- name: set!
-- Keep the value.
insert into setting (key, value) values (:key, :value)
on conflict (key) do update set value = excluded.value;

-- name: keep^
-- The value that is there; this one if there is none.
insert into setting (key, value) values (:key, :value)
on conflict (key) do update set value = setting.value
returning value;

-- name: forget!
-- Keep it no longer.
delete from setting where key = :key;
