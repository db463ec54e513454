-- name: add!
-- What a person did.
insert into incident (at, person_id, kind, detail) values (:at, :person_id, :kind, :detail);

-- name: count_since$
-- How often they did so.
select count(*) from incident where person_id = :person_id and at >= :at and kind = :kind;
