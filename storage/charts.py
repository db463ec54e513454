"""What pictures of events are drawn from: counts by time, never a row for an application."""

from __future__ import annotations

from storage.connection import Connection
from storage.sql import load

QUERIES = load("charts")


class Charts:
    """Counts over applications; writes none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def quarters(self, event_code: str) -> dict[int, int]:
        """How many applications came in each quarter of an hour, numbered from 1970 UTC."""
        rows = QUERIES.quarters(self._connection, event_code=event_code)
        return {row["quarter"]: row["applications"] async for row in rows}

    async def totals(self) -> dict[str, int]:
        """How many applications each event has; one without any is not there."""
        return {row["event_code"]: row["applications"] async for row in QUERIES.totals(self._connection)}

    async def has_any(self, event_code: str) -> bool:
        """Whether anybody has applied for the event."""
        return bool(await QUERIES.has_any(self._connection, event_code=event_code))
