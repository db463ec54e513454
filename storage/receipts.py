"""Read receipts: of each person only how far they have read, for that is all that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("receipts")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Somebody has read our messages up to this one; 0 where the messenger did not say."""

    person_id: int
    message_id: int
    cmid: int


class Receipts:
    """The `reading` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def keep(self, receipts: Sequence[Receipt], *, at: datetime) -> None:
        """Keep the furthest of each person; an older one that comes late changes nothing."""
        values = [
            {"person_id": one.person_id, "message_id": one.message_id, "cmid": one.cmid, "at": to_ms(at)}
            for one in receipts
        ]
        if values:
            await QUERIES.read(self._connection, values)

    async def of(self, person_id: int) -> tuple[Receipt, datetime] | None:
        """How far somebody has read, and when we heard of it."""
        row = await QUERIES.of(self._connection, person_id=person_id)
        return row and (Receipt(person_id, row["message_id"], row["cmid"]), from_ms(row["read_at"]))
