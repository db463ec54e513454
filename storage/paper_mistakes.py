"""What people find wrong on papers, and what was decided about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("paper_mistakes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong on a paper, as somebody says."""

    id: int
    paper_id: int
    number: str
    event_code: str
    #: What is named wrongly, whatever papers print it: `participant:12`, `application:5`, `paper:9`.
    subject: str
    #: name, school, grade, supervisor, title, other.
    field: str
    #: As it is printed; empty once its people are forgotten.
    was: str
    #: As it is to be, in words.
    wanted: str
    #: The same as the parser of the question gave it.
    answer: Any
    person_id: int
    state: Literal["asked", "confirmed", "refused", "replaced"]
    #: Why it was refused.
    reason: str | None
    reported_at: datetime
    decided_by: int | None
    decided_at: datetime | None


class PaperMistakes:
    """The `paper_mistake` table; nothing else writes it, but for forgetting. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def report(
        self,
        paper_id: int,
        *,
        subject: str,
        field: str,
        was: str,
        wanted: str,
        answer: object,
        person_id: int,
        at: datetime,
    ) -> int | None:
        """Keep what is to be put right; its id, or None where the very same is waiting already, whoever asked.

        What the same person asked about the same before and nobody has decided yet is replaced.
        """
        asked = {"subject": subject, "field": field, "wanted": wanted, "person_id": person_id, "at": to_ms(at)}
        await QUERIES.replace(self._connection, **asked)
        kept: int | None = await QUERIES.add(
            self._connection, **asked, paper_id=paper_id, was=was, answer=json.dumps(answer, ensure_ascii=False)
        )
        return kept

    async def get(self, mistake_id: int) -> Mistake | None:
        """One of them, or None."""
        row = await QUERIES.get(self._connection, id=mistake_id)
        return None if row is None else _mistake(row)

    async def waiting(self, event_code: str) -> list[Mistake]:
        """What waits for a decision at an event, the oldest first."""
        return [_mistake(row) async for row in QUERIES.waiting_of_event(self._connection, event_code=event_code)]

    async def of_event(self, event_code: str) -> list[Mistake]:
        """What was ever reported at an event, the oldest first."""
        return [_mistake(row) async for row in QUERIES.of_event(self._connection, event_code=event_code)]

    async def count_waiting(self) -> dict[str, int]:
        """How many wait, by event; events without any are left out."""
        return {row["event_code"]: row["waiting"] async for row in QUERIES.count_waiting(self._connection)}

    async def of_paper(self, paper_id: int) -> list[Mistake]:
        """What was ever found wrong on a paper, the oldest first."""
        return [_mistake(row) async for row in QUERIES.of_paper(self._connection, paper_id=paper_id)]

    async def confirm(self, mistake_id: int, *, by: int, at: datetime) -> bool:
        """It is right; False if it was decided before."""
        return await self._decide(mistake_id, "confirmed", None, by, at)

    async def refuse(self, mistake_id: int, reason: str, *, by: int, at: datetime) -> bool:
        """It stays as it is; False if it was decided before."""
        return await self._decide(mistake_id, "refused", reason, by, at)

    async def _decide(self, mistake_id: int, state: str, reason: str | None, by: int, at: datetime) -> bool:
        return bool(
            await QUERIES.decide(self._connection, id=mistake_id, state=state, reason=reason, by=by, at=to_ms(at))
        )


def _mistake(row: Mapping[str, Any]) -> Mistake:
    return Mistake(
        id=row["id"],
        paper_id=row["paper_id"],
        number=row["number"],
        event_code=row["event_code"],
        subject=row["subject"],
        field=row["field"],
        was=row["was"] or "",
        wanted=row["wanted"] or "",
        answer=None if row["answer"] is None else json.loads(row["answer"]),
        person_id=row["person_id"],
        state=row["state"],
        reason=row["reason"],
        reported_at=from_ms(row["reported_at"]),
        decided_by=row["decided_by"],
        decided_at=from_ms(row["decided_at"]),
    )
