"""Jobs: what needs the network, done outside any transaction; the result comes back through the inbox."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("jobs")


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work; `argument` is what it needs to know."""

    id: int
    kind: str
    argument: Mapping[str, Any]
    tries: int


class Jobs:
    """The `job` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        kind: str,
        argument: Mapping[str, Any],
        *,
        at: datetime,
        key: str | None = None,
        due_at: datetime | None = None,
    ) -> int | None:
        """Ask for work; the job's id, or None if the key was there already."""
        id_: int | None = await QUERIES.add(
            self._connection,
            kind=kind,
            argument=json.dumps(argument, ensure_ascii=False),
            key=key,
            due_at=to_ms(due_at or at),
            created_at=to_ms(at),
        )
        return id_

    async def due(self, most: int, *, now: datetime) -> list[Job]:
        """What may be done now, oldest first."""
        return [
            Job(row["id"], row["kind"], json.loads(row["argument"]), row["tries"])
            async for row in QUERIES.due(self._connection, most=most, now=to_ms(now))
        ]

    async def next_due_at(self) -> datetime | None:
        """When the earliest waiting job is due; None where none waits."""
        due_ms: int | None = await QUERIES.next_due_at(self._connection)
        return from_ms(due_ms)

    async def settle(
        self, job_id: int, *, at: datetime, state: Literal["done", "dead"] = "done", error: str = ""
    ) -> None:
        """The job is done, or given up with the reason."""
        await QUERIES.settle(self._connection, id=job_id, state=state, error=error, at=to_ms(at))

    async def later(self, job_id: int, due_at: datetime, error: str) -> None:
        """The job is tried again at its time."""
        await QUERIES.later(self._connection, id=job_id, due_at=to_ms(due_at), error=error)

    async def count_due(self) -> int:
        """How many wait."""
        return int(await QUERIES.count_due(self._connection))
