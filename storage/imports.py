"""Tables and lists that were read and wait for their sender's word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("imports")
Source = Literal["file", "list"]


@dataclass(frozen=True, slots=True)
class Import:
    """What was read, and what would become of it."""

    id: int
    person_id: int
    #: None: the sender is yet to say what it is for.
    event_code: str | None
    source: Source
    state: Literal["preview", "applied", "dropped"]
    #: What was read; emptied when it is settled.
    content: Mapping[str, Any]
    #: What would become of it; None: nobody has looked yet.
    plan: Mapping[str, Any] | None
    created_at: datetime


class Imports:
    """The `import` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, person_id: int, event_code: str | None, source: Source, content: Mapping[str, Any], *, at: datetime
    ) -> int:
        """Keep what was read; whatever the person sent for this event before is dropped. The id."""
        await QUERIES.drop_of_person(self._connection, person_id=person_id, event_code=event_code, at=to_ms(at))
        return int(
            await QUERIES.add(
                self._connection,
                person_id=person_id,
                event_code=event_code,
                source=source,
                content=_dumped(content),
                at=to_ms(at),
            )
        )

    async def get(self, import_id: int) -> Import | None:
        """One, or None."""
        row = await QUERIES.get(self._connection, id=import_id)
        return None if row is None else _import(row)

    async def set_plan(self, import_id: int, plan: Mapping[str, Any]) -> None:
        """What would become of it, as it stands now."""
        await QUERIES.set_plan(self._connection, id=import_id, plan=_dumped(plan))

    async def settle(self, import_id: int, state: Literal["applied", "dropped"], *, at: datetime) -> bool:
        """It is done with, and what was read is forgotten. False: it was done with before."""
        return bool(await QUERIES.settle(self._connection, id=import_id, state=state, at=to_ms(at)))

    async def drop_older(self, than: datetime, *, at: datetime) -> None:
        """Forget what nobody has said a word about since `than`."""
        await QUERIES.drop_older(self._connection, than=to_ms(than), at=to_ms(at))


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _import(row: Mapping[str, Any]) -> Import:
    return Import(
        id=row["id"],
        person_id=row["person_id"],
        event_code=row["event_code"],
        source=row["source"],
        state=row["state"],
        content=json.loads(row["content"]),
        plan=None if row["plan"] is None else json.loads(row["plan"]),
        created_at=from_ms(row["created_at"]),
    )
