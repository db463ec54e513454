"""Raw results of trials, as they were entered."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import to_ms

QUERIES = load("trials")


class Trials:
    """The `trial_result` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(
        self, application_id: int, stage_code: str, task: str, value: Decimal | None, *, by: int, at: datetime
    ) -> Decimal | None:
        """Keep a result (None: there is none after all); the one that was there before. Raises MissingError."""
        about = {"application_id": application_id, "stage_code": stage_code, "task": task}
        old: str | None = await QUERIES.get(self._connection, **about)
        if value is None:
            await QUERIES.drop(self._connection, **about)
        else:
            with in_our_words():
                await QUERIES.put(self._connection, **about, value=f"{value:f}", by=by, at=to_ms(at))
        return None if old is None else Decimal(old)

    async def results(self, event_code: str, stage_code: str, span: Span = WHOLE) -> dict[int, dict[str, Decimal]]:
        """The results of a stage by application, then by trial; whoever has none is not there."""
        found: dict[int, dict[str, Decimal]] = {}
        rows = QUERIES.of_stage(
            self._connection, event_code=event_code, stage_code=stage_code, after=span.after, until=span.until
        )
        async for row in rows:
            found.setdefault(row["application_id"], {})[row["task"]] = Decimal(row["value"])
        return found
