"""A clock that was set back: what was to be done «now» must not wait until the clock has come there again."""

from __future__ import annotations

from datetime import datetime

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("clock")


class Clock:
    """The times of what waits. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def newest_at(self) -> datetime | None:
        """When the newest message was put on its way; None where there is none."""
        newest: int | None = await QUERIES.newest(self._connection)
        return from_ms(newest)

    async def set_back(self, now: datetime) -> int:
        """What was made in the future was made now, and is due as much later as it was meant to be; how many."""
        at = to_ms(now)
        return int(await QUERIES.messages(self._connection, now=at)) + int(await QUERIES.jobs(self._connection, now=at))
