"""What was decided between equal works, by whom and why; decisions are only added."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.contest.ties import Order
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("ties")


@dataclass(frozen=True, slots=True)
class TieDecision:
    """How equal works stand to each other."""

    id: int
    #: Where they are equal: whatever the works were compared by.
    comparison: str
    order: Order
    #: The event's declared rule by which people decided.
    way: str
    reason: str
    decided_by: int
    decided_at: datetime


class Ties:
    """The `tie_decision` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, event_code: str, order: Order, *, comparison: str, way: str, reason: str, by: int, at: datetime
    ) -> int:
        """Keep a decision; of several about the same works the last one holds."""
        return int(
            await QUERIES.add(
                self._connection,
                event_code=event_code,
                comparison=comparison,
                applications=json.dumps(order.levels),
                way=way,
                reason=reason,
                by=by,
                at=to_ms(at),
            )
        )

    async def of_event(self, event_code: str) -> tuple[TieDecision, ...]:
        """All decisions of an event, the oldest first."""
        rows = QUERIES.of_event(self._connection, event_code=event_code)
        return tuple(
            [
                TieDecision(
                    id=row["id"],
                    comparison=row["comparison"],
                    order=Order(tuple(tuple(level) for level in json.loads(row["applications"]))),
                    way=row["way"],
                    reason=row["reason"],
                    decided_by=row["decided_by"],
                    decided_at=from_ms(row["decided_at"]),
                )
                async for row in rows
            ]
        )
