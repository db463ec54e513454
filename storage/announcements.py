"""Announcements: what organizers wrote to the people of an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("announcements")


@dataclass(frozen=True, slots=True)
class Announcement:
    """One text that was put on its way to many."""

    id: int
    event_code: str
    author_id: int
    #: To whom: a key of the handlers', such as `applicants`.
    audience: str
    text: str
    #: How many people it was meant for.
    recipients: int
    sent_at: datetime


class Announcements:
    """The `announcement` table; nothing else writes it. Its messages are the outbox's. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, event_code: str, *, author_id: int, audience: str, text: str, recipients: int, at: datetime
    ) -> Announcement:
        """Keep what is being sent; its id makes the keys of its messages. Raises MissingError."""
        with in_our_words():
            row = await QUERIES.add(
                self._connection,
                event_code=event_code,
                author_id=author_id,
                audience=audience,
                text=text,
                recipients=recipients,
                at=to_ms(at),
            )
        return _announcement(row)

    async def of_event(self, event_code: str) -> list[Announcement]:
        """What the event's people were written, newest first."""
        return [_announcement(row) async for row in QUERIES.of_event(self._connection, event_code=event_code)]


def _announcement(row: Mapping[str, Any]) -> Announcement:
    return Announcement(
        id=row["id"],
        event_code=row["event_code"],
        author_id=row["author_id"],
        audience=row["audience"],
        text=row["text"],
        recipients=row["recipients"],
        sent_at=from_ms(row["sent_at"]),
    )
