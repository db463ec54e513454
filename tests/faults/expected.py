"""What a scenario leads to where nothing goes wrong, and the comparison: a step is done wholly or not at all."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.world import World
from tests.faults.invariants import reading, tables
from tests.faults.plain import plain, seen

#: Of one update: whom it wrote to, and what.
Written = list[tuple[int, str]]
Memory = tuple[object, ...] | None


@dataclass
class Expected:
    """Filled while the scenario is played without faults; every count is of updates that are done."""

    #: Tables whose rows are counted at the end alone.
    beside: frozenset[str] = frozenset()
    #: The database that the scenario begins with.
    beginning: bytes = b""
    #: What each person's n-th update writes.
    steps: dict[int, list[Written]] = field(default_factory=lambda: defaultdict(list))
    #: Where each person is after so many of their updates; counts that no act ends with are not there.
    places: dict[int, dict[int, Memory]] = field(default_factory=lambda: defaultdict(dict))
    #: How many rows each table has after so many updates of all.
    rows: dict[int, dict[str, int]] = field(default_factory=dict)
    #: What each person has been sent after each act.
    seen: list[dict[int, list[str]]] = field(default_factory=list)

    def note(self, database: Path, world: World) -> None:
        """An act has been answered by a bot that nothing happened to."""
        done = _done(database, world)
        self.steps = {person: list(steps.values()) for person, steps in done.items()}
        for person, steps in done.items():
            self.places[person][len(steps)] = _place(database, person)
        self.rows[sum(map(len, done.values()))] = tables(database)
        self.seen.append({person: seen(world, person) for person in world.people})

    def knows_place(self, person: int, done: int) -> bool:
        """Whether a person's place after so many updates was seen: a job's result comes between two looks."""
        steps = self.steps[person]
        return done in self.places[person] or done >= len(steps) or done == 0 or not steps[done - 1]

    def place(self, person: int, done: int) -> Memory:
        """Where the person is after so many updates: an update in between says nothing (a permission)."""
        known = self.places[person]
        return known[max(known)] if done >= max(known) else known.get(max((n for n in known if n <= done), default=-1))


def check_steps(database: Path, world: World, expected: Expected) -> None:
    """Memory, messages, rows and the update's mark agree: all that a step leads to is there, or nothing of it."""
    if not database.exists():
        return
    done = _done(database, world)
    for person, steps in done.items():
        again = len(steps) - len(expected.steps[person])
        wanted = expected.steps[person] + expected.steps[person][-1:] * max(again, 0)
        assert list(steps.values()) == wanted[: len(steps)]
        if expected.knows_place(person, len(steps)):
            assert _where(_place(database, person)) == _where(expected.place(person, len(steps)))
    count = sum(map(len, done.values()))
    if count in expected.rows:
        found, rows = tables(database), expected.rows[count]
        assert {one: found[one] for one in rows.keys() - expected.beside} == {
            one: rows[one] for one in rows.keys() - expected.beside
        }
    assert _of_waiting(database) == []


def _done(database: Path, world: World) -> dict[int, dict[int, Written]]:
    """Of each person, in order: the updates that are done with what they wrote."""
    found: dict[int, dict[int, Written]] = defaultdict(dict)
    with reading(database) as connection:
        for row in connection.execute("select id, person_id from inbox where state = 'done' order by id"):
            found[row["person_id"]][row["id"]] = []
        for row in connection.execute(
            "select i.person_id, i.id, o.peer_id, o.body from outbox as o join inbox as i on i.id = o.update_id"
            " where i.state = 'done' order by o.id"
        ):
            text = plain(json.loads(row["body"])["text"], world.people.values())
            found[row["person_id"]][row["id"]].append((row["peer_id"], text))
    return found


def _of_waiting(database: Path) -> list[int]:
    with reading(database) as connection:
        rows = connection.execute(
            "select i.id from outbox as o join inbox as i on i.id = o.update_id where i.state = 'waiting'"
        )
        return [row["id"] for row in rows]


def _place(database: Path, person: int) -> Memory:
    with reading(database) as connection:
        row = connection.execute(
            "select m.version, m.screen, d.talk, d.subject, d.step, d.answers, d.trail"
            " from memory as m left join draft as d on d.id = m.draft_id where m.person_id = ?",
            (person,),
        ).fetchone()
    return None if row is None else tuple(row)


def _where(place: Memory) -> Memory:
    """Without the version: a last act that was repeated raises it."""
    return None if place is None else place[1:]
