"""What always holds of the database, whatever was killed and when; what does not is named.

Read only, whole tables: give it a snapshot. The numbers (I1 …) are those of `docs/faults.md`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.contest.applications import ApplicationState
from storage.audit import Audit
from storage.connection import Connection
from storage.sql import load
from storage.times import to_ms

QUERIES = load("invariants")
#: Of what breaks a rule, so many are named.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that is broken."""

    #: I1 to I9.
    rule: str
    #: Which of the rule's parts, as `sent_without_message`.
    part: str
    #: The rows that break it, at most `NAMED` of them; what they are follows from `part`.
    rows: tuple[str, ...]
    count: int


#: Each rule that one query answers: its rows are the violations.
SIMPLE: tuple[tuple[str, str], ...] = (
    ("I1", "answers_of_undone"),
    ("I1", "ordinals_behind"),
    ("I2", "sent_without_message"),
    ("I3", "random_ids_twice"),
    ("I3", "unnumbered"),
    ("I5", "changes_of_nothing"),
    ("I5", "accepted_without_time"),
    ("I5", "unsaved_sheets"),
)
#: Every part of every rule that is looked at.
PARTS = (*(part for _, part in SIMPLE), "states", "references", "file", "audit", "seats")


class Invariants:
    """Looks over all tables; writes none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def violations(self, *, now: datetime) -> list[Violation]:
        """What is broken, in the order of the rules; empty where all is well."""
        found = [_violation(rule, part, await self._ids(getattr(QUERIES, part))) for rule, part in SIMPLE]
        found.append(_violation("I5", "states", await self._illegal_states()))
        found.append(_violation("I5", "references", await self._dangling()))
        found.append(_violation("I6", "file", await self._damage()))
        found.append(_violation("I7", "audit", await self._broken_chain()))
        found.append(_violation("I8", "seats", await self._overfull(now)))
        return sorted((one for one in found if one.count), key=lambda one: one.rule)

    async def _ids(self, query: Callable[[Connection], AsyncIterator[Row]]) -> list[str]:
        return [str(row["id"]) async for row in query(self._connection)]

    async def _illegal_states(self) -> list[str]:
        legal = frozenset(ApplicationState)
        return [
            str(row["id"]) async for row in QUERIES.application_states(self._connection) if row["state"] not in legal
        ]

    async def _dangling(self) -> list[str]:
        """Rows that name one which is not there: `participant:12`."""
        rows = await self._connection.execute_fetchall("pragma foreign_key_check")
        return [f"{row['table']}:{row['rowid']}" for row in rows]

    async def _damage(self) -> list[str]:
        rows = await self._connection.execute_fetchall("pragma integrity_check")
        return [str(row[0]) for row in rows if row[0] != "ok"]

    async def _broken_chain(self) -> list[str]:
        seq = await Audit(self._connection).verify()
        return [] if seq is None else [str(seq)]

    async def _overfull(self, now: datetime) -> list[str]:
        """Events with more places held than there are."""
        rows = [row async for row in QUERIES.events(self._connection, now=to_ms(now))]
        return [row["code"] for row in rows if row["held"] > _most(json.loads(row["definition"]))]


def _most(definition: dict[str, Any]) -> float:
    seats = definition.get("seats")
    return float("inf") if seats is None else int(seats["most"])


def _violation(rule: str, part: str, rows: list[str]) -> Violation:
    return Violation(rule, part, tuple(rows[:NAMED]), len(rows))
