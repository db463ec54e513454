"""The inbox: every update, stored before VK is told that we have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connection import Connection
from storage.packing import packed_as_it_may_be, unpacked
from storage.receipts import Receipt
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("inbox")
#: A step is tried so many times before its update is set aside.
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Update:
    """One update on its way to its step."""

    id: int
    event_id: str
    person_id: int
    #: The messenger's order of one person's updates.
    order_key: int
    raw: Mapping[str, Any]
    received_at: datetime
    tries: int
    #: It was answered before a copy of the database was put back: the step is taken, nothing is sent.
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it comes from outside; `order_key` None stands after all that wait of this person."""

    event_id: str
    person_id: int
    order_key: int | None
    raw: Mapping[str, Any]
    muted: bool = False
    #: It only tells how far somebody has read, and is no update for a step.
    receipt: Receipt | None = None


class Inbox:
    """The `inbox` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def store(self, arrivals: Iterable[Arrival], *, at: datetime) -> int:
        """Keep the updates that are new; how many were. One that was seen before is no update (F20)."""
        values = [
            {
                "event_id": arrival.event_id,
                "person_id": arrival.person_id,
                "order_key": arrival.order_key,
                "raw": packed_as_it_may_be(arrival.raw),
                "received_at": to_ms(at),
                "muted": int(arrival.muted),
            }
            for arrival in arrivals
        ]
        return int(await QUERIES.store(self._connection, values)) if values else 0

    async def waiting(self, most: int) -> list[Update]:
        """Of those who have waited longest: the first updates of each, in the messenger's order."""
        return [_update(row) async for row in QUERIES.waiting(self._connection, most=most)]

    async def done(self, ids: Sequence[int], *, at: datetime) -> None:
        """These have had their step."""
        await QUERIES.done(self._connection, [{"id": id_, "at": to_ms(at)} for id_ in ids])

    async def failed(self, update: Update, error: str, *, at: datetime) -> bool:
        """Count a try that raised; True if it was the last and the update is set aside."""
        last = update.tries + 1 >= MOST_TRIES
        await QUERIES.failed(
            self._connection,
            id=update.id,
            tries=update.tries + 1,
            error=error,
            state="quarantined" if last else "waiting",
            at=to_ms(at) if last else None,
        )
        return last

    async def count_waiting(self) -> int:
        """How many updates wait for their step."""
        return int(await QUERIES.count_waiting(self._connection))

    async def waited_for(self) -> frozenset[int]:
        """Whose updates wait for their step."""
        return frozenset([row["person_id"] async for row in QUERIES.waited_for(self._connection)])

    async def quarantined(self, most: int = 50) -> list[tuple[Update, str]]:
        """What was set aside, newest first, with the traceback."""
        return [
            (_update({**dict(row), "order_key": 0, "muted": 0}), row["error"])
            async for row in QUERIES.quarantined(self._connection, most=most)
        ]

    async def last_cmid(self, person_id: int) -> int:
        """The greatest message number seen of a person, 0 where there is none."""
        return int(await QUERIES.last_cmid(self._connection, person_id=person_id) or 0)

    async def failed_since(self, person_id: int, at: datetime) -> datetime | None:
        """When an update of this person was last set aside, if that was since then."""
        found: int | None = await QUERIES.failed_since(self._connection, person_id=person_id, at=to_ms(at))
        return from_ms(found)

    async def forget_before(self, at: datetime) -> None:
        """Drop what was done before `at`."""
        await QUERIES.forget_before(self._connection, at=to_ms(at))


def _update(row: Mapping[str, Any]) -> Update:
    return Update(
        id=row["id"],
        event_id=row["event_id"],
        person_id=row["person_id"],
        order_key=row["order_key"],
        raw=unpacked(row["raw"]),
        received_at=from_ms(row["received_at"]),
        tries=row["tries"],
        muted=bool(row["muted"]),
    )
