"""Outcomes: what became of each application in the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.contest.awards import Outcome, OutcomeKind
from storage.conflicts import MissingError, in_our_words
from storage.connection import Connection
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("outcomes")


@dataclass(frozen=True, slots=True)
class Result:
    """What the rules or an organizer say of one application."""

    application_id: int
    outcome: Outcome
    #: The mean of the jury; None where nobody scores.
    points: Decimal | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A result that stands."""

    result: Result
    #: An organizer set it: a new proposal leaves it alone.
    by_hand: bool
    decided_by: int
    decided_at: datetime


class Outcomes:
    """The `outcome` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def propose(self, results: Iterable[Result], *, by: int, at: datetime) -> int:
        """Take what the rules propose, in place of earlier proposals; how many were taken.

        What was set by hand stays. Raises MissingError.
        """
        taken = 0
        with in_our_words():
            for result in results:
                taken += await QUERIES.propose(self._connection, **_columns(result, by, at))
        return taken

    async def set(self, result: Result, *, by: int, at: datetime) -> Decision | None:
        """Decide by hand; the outcome that this replaces, or None. Raises MissingError."""
        old = await self.get(result.application_id)
        with in_our_words():
            await QUERIES.set(self._connection, **_columns(result, by, at))
        return old

    async def remove(self, application_id: int) -> Decision | None:
        """Take an outcome back; the one that was, or None."""
        old = await self.get(application_id)
        await QUERIES.remove(self._connection, application_id=application_id)
        return old

    async def name_special(self, application_id: int, special: Sequence[str]) -> None:
        """Its special nominations are these, beside the outcome that stands. Raises MissingError: it has none."""
        named = json.dumps(list(special), ensure_ascii=False)
        if not await QUERIES.name(self._connection, application_id=application_id, special=named):
            raise MissingError(f"no outcome of application {application_id}")

    async def get(self, application_id: int) -> Decision | None:
        """The outcome of one application, or None."""
        row = await QUERIES.get(self._connection, application_id=application_id)
        return None if row is None else _decision(row)

    async def of_event(self, event_code: str, span: Span = WHOLE) -> dict[int, Decision]:
        """The outcomes by application, in the order of the applications."""
        rows = QUERIES.of_event(self._connection, event_code=event_code, after=span.after, until=span.until)
        return {row["application_id"]: _decision(row) async for row in rows}

    async def people(self, event_code: str) -> dict[int, int]:
        """How many people take part in each accepted application."""
        rows = QUERIES.people(self._connection, event_code=event_code)
        return {row["application_id"]: row["people"] async for row in rows}

    async def counts(self, event_code: str) -> dict[OutcomeKind, int]:
        """How many outcomes of each kind that occurs there are: one side of the balance."""
        rows = QUERIES.counts(self._connection, event_code=event_code)
        return {OutcomeKind(row["kind"]): row["outcomes"] async for row in rows}


def _columns(result: Result, by: int, at: datetime) -> dict[str, object]:
    return {
        "application_id": result.application_id,
        "kind": result.outcome.kind,
        "title": result.outcome.title,
        "special": json.dumps(result.outcome.special, ensure_ascii=False),
        "points": None if result.points is None else str(result.points),
        "place": result.place,
        "by": by,
        "at": to_ms(at),
    }


def _decision(row: Mapping[str, Any]) -> Decision:
    outcome = Outcome(OutcomeKind(row["kind"]), row["title"], tuple(json.loads(row["special"])))
    points = None if row["points"] is None else Decimal(str(row["points"]))
    return Decision(
        result=Result(row["application_id"], outcome, points, row["place"]),
        by_hand=bool(row["by_hand"]),
        decided_by=row["decided_by"],
        decided_at=from_ms(row["decided_at"]),
    )
