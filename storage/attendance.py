"""Who came to a meeting, and the words that are said there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.connection import Connection
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("attendance")
Way = Literal["code", "button", "organizer", "list"]


@dataclass(frozen=True, slots=True)
class Came:
    """One application's people were there."""

    application_id: int
    #: The section; '' where there are none.
    meeting: str
    came_at: datetime
    way: Way


class Attendance:
    """The `attendance` and `meeting_word` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def mark(self, application_id: int, meeting: str = "", *, way: Way, by: int, at: datetime) -> bool:
        """They were there; False if that was noted before."""
        return bool(
            await QUERIES.mark(
                self._connection, application_id=application_id, meeting=meeting, way=way, by=by, at=to_ms(at)
            )
        )

    async def unmark(self, application_id: int) -> bool:
        """They were at no meeting, after all; False if nothing was noted."""
        return bool(await QUERIES.unmark(self._connection, application_id=application_id))

    async def of_event(self, event_code: str, span: Span = WHOLE) -> list[Came]:
        """Who came to what, the first to come first."""
        return [
            Came(row["application_id"], row["meeting"], from_ms(row["came_at"]), row["way"])
            async for row in QUERIES.of_event(
                self._connection, event_code=event_code, after=span.after, until=span.until
            )
        ]

    async def words(self, event_code: str) -> dict[str, str]:
        """The hash of the word that was set in the chat, by section."""
        rows = QUERIES.words(self._connection, event_code=event_code)
        return {row["meeting"]: row["word_hash"] async for row in rows}

    async def set_word(self, event_code: str, meeting: str, word_hash: str, *, by: int, at: datetime) -> None:
        """This is said aloud from now on."""
        await QUERIES.set_word(
            self._connection, event_code=event_code, meeting=meeting, word_hash=word_hash, by=by, at=to_ms(at)
        )
