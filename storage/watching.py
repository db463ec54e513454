"""How full the queues are, for those who watch the bot run. Names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.outbox import Priority
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("watching")


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits of one kind; `oldest_at`: since when the first of it does."""

    waiting: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queues:
    """All of them at one moment."""

    inbox: Queue
    #: Messages by their priority; those that are due later are not counted.
    outbox: Mapping[Priority, Queue]
    jobs: Queue
    #: Updates that were set aside after three tries.
    quarantined: int
    #: Messages that VK will not take, or nobody can send.
    dead: int
    #: People to whom nothing can be sent until they write again.
    unreachable: int


class Watching:
    """Counts over several tables; writes none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def queues(self, *, now: datetime) -> Queues:
        """How full they are."""
        at = to_ms(now)
        found = {Priority(row["priority"]): row async for row in QUERIES.outbox(self._connection, now=at)}
        return Queues(
            inbox=_queue(await QUERIES.inbox(self._connection)),
            outbox={one: _queue(found[one]) if one in found else Queue() for one in Priority},
            jobs=_queue(await QUERIES.jobs(self._connection, now=at)),
            quarantined=int(await QUERIES.quarantined(self._connection)),
            dead=int(await QUERIES.dead(self._connection)),
            unreachable=int(await QUERIES.unreachable(self._connection)),
        )


def _queue(row: Mapping[str, int | None]) -> Queue:
    oldest = row["oldest_at"]
    return Queue(int(row["waiting"] or 0), None if oldest is None else from_ms(oldest))
