"""Questions of the jury to the authors of works, and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connection import Connection
from storage.help_rows import Thing, things_from_json, things_to_json
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("jury_questions")


@dataclass(frozen=True, slots=True)
class JuryQuestion:
    """One question; its author is never told whose it is."""

    id: int
    application_id: int
    juror_id: int
    text: str
    asked_at: datetime
    #: When the author is told.
    due_at: datetime
    told_at: datetime | None
    #: None: not answered yet.
    answer: str | None
    things: tuple[Thing, ...]
    answered_at: datetime | None


class JuryQuestions:
    """The `jury_question` table; nothing else writes it, but for forgetting. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def ask(self, application_id: int, juror_id: int, text: str, *, at: datetime, due_at: datetime) -> int:
        """A question whose author is told at `due_at`; its id."""
        return int(
            await QUERIES.ask(
                self._connection,
                application_id=application_id,
                juror_id=juror_id,
                text=text,
                at=to_ms(at),
                due_at=to_ms(due_at),
            )
        )

    async def get(self, question_id: int) -> JuryQuestion | None:
        """One question, or None."""
        row = await QUERIES.get(self._connection, id=question_id)
        return None if row is None else _question(row)

    async def of_application(self, application_id: int) -> list[JuryQuestion]:
        """What was asked about a work, the oldest first."""
        rows = QUERIES.of_application(self._connection, application_id=application_id)
        return [_question(row) async for row in rows]

    async def due(self, now: datetime, most: int = 200) -> list[JuryQuestion]:
        """What the authors are to be told now."""
        return [_question(row) async for row in QUERIES.due(self._connection, now=to_ms(now), most=most)]

    async def told(self, question_id: int, *, at: datetime) -> None:
        """The author was told, or need not be any more."""
        await QUERIES.told(self._connection, id=question_id, at=to_ms(at))

    async def answer(self, question_id: int, text: str, things: Sequence[Thing], *, at: datetime) -> bool:
        """The author's answer; False if there was one."""
        return bool(
            await QUERIES.answer(
                self._connection, id=question_id, answer=text, attachments=things_to_json(things), at=to_ms(at)
            )
        )


def _question(row: Mapping[str, Any]) -> JuryQuestion:
    return JuryQuestion(
        id=row["id"],
        application_id=row["application_id"],
        juror_id=row["juror_id"],
        text=row["text"],
        asked_at=from_ms(row["asked_at"]),
        due_at=from_ms(row["due_at"]),
        told_at=from_ms(row["told_at"]),
        answer=row["answer"],
        things=things_from_json(row["attachments"]),
        answered_at=from_ms(row["answered_at"]),
    )
