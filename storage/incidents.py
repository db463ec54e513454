"""Incidents: acts that nobody does by mistake, such as a forged button; many of one person slow them down."""

from __future__ import annotations

from datetime import datetime

from storage.connection import Connection
from storage.sql import load
from storage.times import to_ms

QUERIES = load("incidents")


class Incidents:
    """The `incident` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, person_id: int, kind: str, detail: str, *, at: datetime) -> None:
        """Keep what a person did. `detail` is for us and holds no text that anybody typed."""
        await QUERIES.add(self._connection, person_id=person_id, kind=kind, detail=detail, at=to_ms(at))

    async def count_since(self, person_id: int, kind: str, at: datetime) -> int:
        """How often a person did so since `at`, that moment included."""
        return int(await QUERIES.count_since(self._connection, person_id=person_id, kind=kind, at=to_ms(at)))
