"""Where each person is in their talk, and what they have begun and not finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.talk.position import Draft, Position, ScreenKey
from storage.connection import Connection
from storage.packing import packed, unpacked
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("memory")


class Memory:
    """The `memory` and `draft` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def load(self, person_id: int) -> Position:
        """Where the person is; a fresh position for somebody new."""
        row = await QUERIES.load(self._connection, person_id=person_id)
        if row is None:
            return Position()
        return Position(
            version=row["version"],
            screen=tuple(ScreenKey(*key) for key in unpacked(row["screen"])),
            draft=None if row["talk"] is None else _draft(row),
            shown_at=from_ms(row["shown_at"]),
        )

    async def save(self, person_id: int, position: Position, *, at: datetime) -> None:
        """Keep the new position."""
        new = position.draft
        draft_id = None
        if new is not None:
            draft_id = await QUERIES.put_draft(
                self._connection,
                person_id=person_id,
                talk=new.talk,
                subject=new.subject,
                step=new.step,
                answers=packed(new.answers),
                trail=packed(new.trail),
                kept=int(new.kept),
                at=to_ms(at),
            )
        await QUERIES.put(
            self._connection,
            person_id=person_id,
            version=position.version,
            draft_id=draft_id,
            screen=packed([key.to_json() for key in position.screen]),
            at=to_ms(at),
        )

    async def drafts(self, person_id: int) -> list[Draft]:
        """What the person has begun and not finished, newest first."""
        return [_draft(row) async for row in QUERIES.drafts(self._connection, person_id=person_id)]

    async def draft(self, person_id: int, talk: str, subject: str) -> Draft | None:
        """One unfinished talk, or None."""
        row = await QUERIES.draft(self._connection, person_id=person_id, talk=talk, subject=subject)
        return None if row is None else _draft(row)

    async def drop_draft(self, person_id: int, talk: str, subject: str) -> None:
        """Forget an unfinished talk."""
        await QUERIES.drop_draft(self._connection, person_id=person_id, talk=talk, subject=subject)

    async def drafts_on(self, talk: str, subject: str, first: int, last: int) -> dict[int, Draft]:
        """What people with ids from `first` to `last` have begun on this subject and not finished, by person."""
        rows = QUERIES.drafts_on(self._connection, talk=talk, subject=subject, first=first, last=last)
        return {row["person_id"]: _draft(row) async for row in rows}

    async def people_with_draft(self, talk: str, subject: str) -> list[int]:
        """Who has begun this talk on this subject and not finished it."""
        rows = QUERIES.kept_drafts(self._connection, talk=talk, subject=subject)
        return [row["person_id"] async for row in rows]


def _draft(row: Mapping[str, Any]) -> Draft:
    return Draft(
        talk=row["talk"],
        subject=row["subject"],
        step=row["step"],
        answers=unpacked(row["answers"]),
        trail=tuple(unpacked(row["trail"])),
        kept=bool(row["kept"]),
        updated_at=from_ms(row["updated_at"]),
    )
