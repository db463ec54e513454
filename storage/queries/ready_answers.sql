-- name: all
-- Every ready answer that was written or changed here.
select * from ready_answer order by id;

-- name: add<!
-- One of an event, or of all ('').
insert into ready_answer (event_code, preset, title, text, changed_by, changed_at)
values (:event_code, null, :title, :text, :by, :at)
returning id;

-- name: change!
-- Other words.
update ready_answer set title = :title, text = :text, changed_by = :by, changed_at = :at
where id = :id and preset is null
returning id;

-- name: drop!
-- It is of no use any more.
delete from ready_answer where id = :id and preset is null returning id;

-- name: put_preset!
-- What becomes of one that ships with the bot; null: it is taken away.
insert into ready_answer (event_code, preset, title, text, changed_by, changed_at)
values ('', :preset, :title, :text, :by, :at)
on conflict (preset) do update
set title = excluded.title, text = excluded.text, changed_by = excluded.changed_by, changed_at = excluded.changed_at;
