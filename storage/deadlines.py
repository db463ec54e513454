"""Longer deadlines: what organizers gave to a person or to a school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contest.deadlines import Longer
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("deadlines")


@dataclass(frozen=True, slots=True)
class Given:
    """One longer deadline with its reason."""

    id: int
    event_code: str
    longer: Longer
    reason: str
    given_by: int
    given_at: datetime


class Deadlines:
    """The `personal_deadline` table; nothing else writes it. The caller commits.

    Events are read together with these: see `storage.events`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def give(self, event_code: str, longer: Longer, *, reason: str, by: int, at: datetime) -> int:
        """Give more time to a person or to a school; the id of what was given."""
        given: int = await QUERIES.give(
            self._connection,
            event_code=event_code,
            person_id=longer.person_id,
            organisation_code=longer.organisation_code,
            until_at=to_ms(longer.until),
            reason=reason,
            by=by,
            at=to_ms(at),
        )
        return given

    async def of_event(self, event_code: str) -> list[Given]:
        """Whatever was given at an event, the latest last."""
        return [_given(row) async for row in QUERIES.of_event(self._connection, event_code=event_code)]

    async def get(self, given_id: int) -> Given | None:
        """One of them, or None."""
        row = await QUERIES.get(self._connection, id=given_id)
        return None if row is None else _given(row)

    async def revoke(self, given_id: int) -> bool:
        """Take it back; False if it was before."""
        return bool(await QUERIES.revoke(self._connection, id=given_id))


def _given(row: Mapping[str, Any]) -> Given:
    return Given(
        id=row["id"],
        event_code=row["event_code"],
        longer=Longer(from_ms(row["until_at"]), row["person_id"], row["organisation_code"]),
        reason=row["reason"],
        given_by=row["given_by"],
        given_at=from_ms(row["given_at"]),
    )
