"""Events as they run: the definition that was loaded, and what organizers have decided since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.contest.deadlines import Longer
from bot.contest.event.loading import load_stored
from bot.contest.event.model import Event
from storage.conflicts import MissingError
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("events")


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event of the database."""

    code: str
    #: The event's file as JSON.
    definition: str
    #: Grows with each definition that differs from the one before.
    revision: int
    #: The deadline in force: the file's, or the one an organizer set; None where there is none.
    closes_at: datetime | None
    extended_by: int | None
    approved_at: datetime | None
    approved_by: int | None
    published_at: datetime | None
    published_by: int | None
    archived_at: datetime | None
    #: What organizers gave to somebody beyond it.
    longer: tuple[Longer, ...] = ()


class Events:
    """The `event` table; nothing else writes it, but for the counter of its applications. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def load(self, code: str, definition: str, *, closes_at: datetime | None, at: datetime) -> int:
        """Keep an event's definition (JSON); its revision.

        What organizers did stays. A deadline that they extended stays too, unless the file's own has changed.
        """
        revision: int = await QUERIES.load(
            self._connection,
            code=code,
            definition=definition,
            closes_at=None if closes_at is None else to_ms(closes_at),
            at=to_ms(at),
        )
        return revision

    async def get(self, code: str) -> StoredEvent | None:
        """The event, or None."""
        return next(_events([row async for row in QUERIES.get(self._connection, code=code)]), None)

    async def all(self) -> list[StoredEvent]:
        """Every event, by code."""
        return list(_events([row async for row in QUERIES.every(self._connection)]))

    async def extend(self, code: str, closes_at: datetime, *, by: int) -> None:
        """Set the deadline in force. Raises MissingError."""
        if not await QUERIES.extend(self._connection, code=code, closes_at=to_ms(closes_at), by=by):
            raise MissingError(f"event {code}")

    async def approve(self, code: str, *, by: int, at: datetime) -> bool:
        """The protocol is approved; False if it was before."""
        return bool(await QUERIES.approve(self._connection, code=code, by=by, at=to_ms(at)))

    async def publish(self, code: str, *, by: int, at: datetime) -> bool:
        """The results are published; False if they were before."""
        return bool(await QUERIES.publish(self._connection, code=code, by=by, at=to_ms(at)))


def _events(rows: Iterable[Mapping[str, Any]]) -> Iterator[StoredEvent]:
    """Rows of events joined with their longer deadlines, those of one event together."""
    return (_event(list(group)) for _, group in groupby(rows, key=itemgetter("code")))


def _event(rows: Sequence[Mapping[str, Any]]) -> StoredEvent:
    row = rows[0]
    longer = [
        Longer(from_ms(one["until_at"]), one["person_id"], one["organisation_code"])
        for one in rows
        if one["until_at"] is not None
    ]
    return StoredEvent(
        code=row["code"],
        definition=row["definition"],
        revision=row["revision"],
        closes_at=from_ms(row["closes_at"]),
        extended_by=row["extended_by"],
        approved_at=from_ms(row["approved_at"]),
        approved_by=row["approved_by"],
        published_at=from_ms(row["published_at"]),
        published_by=row["published_by"],
        archived_at=from_ms(row["archived_at"]),
        longer=tuple(longer),
    )


def definition_of(stored: StoredEvent) -> Event:
    """The event as its file describes it; read once for each revision."""
    return _definition(stored.code, stored.revision, stored.definition)


@lru_cache(maxsize=256)
def _definition(_code: str, _revision: int, definition: str) -> Event:
    return load_stored(definition)
