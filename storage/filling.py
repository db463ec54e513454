"""Rows by the million, as years of work would leave them: for measurements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.connection import Connection
from storage.packing import packed
from storage.sql import load
from storage.times import to_ms

QUERIES = load("filling")


class Filling:
    """Many rows at once, in tables that others own. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def people(self, first_id: int, count: int, *, at: datetime) -> None:
        """People who have written to the bot before."""
        await QUERIES.people(self._connection, first_id=first_id, count=count, at=to_ms(at))

    async def updates(self, first_id: int, count: int, raw: Mapping[str, Any], *, at: datetime) -> None:
        """An update of each of these people that had its answer."""
        await QUERIES.updates(self._connection, first_id=first_id, count=count, raw=packed(raw), at=to_ms(at))

    async def sent(self, first_id: int, count: int, body: Mapping[str, Any], *, at: datetime) -> None:
        """A message to each of these people that arrived."""
        await QUERIES.sent(self._connection, first_id=first_id, count=count, body=packed(body), at=to_ms(at))

    async def waiting(
        self,
        first_id: int,
        count: int,
        body: Mapping[str, Any],
        *,
        at: datetime,
        later_at: datetime | None = None,
        later_each: int = 2,
    ) -> None:
        """A message to each of these people that is due at `at`, each `later_each`-th at `later_at` if there is one."""
        await QUERIES.waiting(
            self._connection,
            first_id=first_id,
            count=count,
            body=packed(body),
            at=to_ms(at),
            later_at=to_ms(later_at or at),
            later_each=later_each,
        )
