"""The audit log: who did what, each entry sealed with the hash of the one before it.

A change of any entry, and the loss of any but the last ones, breaks the chain. Entries cut off at the end are
missed only by who keeps the last seal elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("audit")
#: What the first entry is sealed with.
BEGINNING = ""
#: How many entries are checked at a time.
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One act."""

    #: Counts from 1 without gaps.
    seq: int
    at: datetime
    actor_id: int
    action: str
    #: What was acted upon, such as `application:12`.
    subject: str
    detail: Mapping[str, object]
    hash: str


class Audit:
    """The `audit` table; nothing else writes it, and rows are only added. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, actor_id: int, action: str, subject: str, detail: Mapping[str, object], *, at: datetime
    ) -> Entry:
        """Keep an act. `detail` is small, fits JSON and holds no personal data: it is never erased."""
        last = await QUERIES.last(self._connection)
        values = {
            "seq": 1 if last is None else last["seq"] + 1,
            "at": to_ms(at),
            "actor_id": actor_id,
            "action": action,
            "subject": subject,
            "detail": json.dumps(dict(detail), ensure_ascii=False, sort_keys=True),
            "previous_hash": BEGINNING if last is None else last["hash"],
        }
        row = {**values, "hash": _seal(values)}
        await QUERIES.add(self._connection, **row)
        return _entry(row)

    async def verify(self, *, page: int = PAGE) -> int | None:
        """The first entry that does not follow from those before it, by its `seq`; None if all do."""
        seq, hash_, after = 0, BEGINNING, None
        while rows := [row async for row in QUERIES.page(self._connection, after=after, limit=page)]:
            for row in rows:
                if row["seq"] != seq + 1 or row["previous_hash"] != hash_ or row["hash"] != _seal(row):
                    return int(row["seq"])
                seq, hash_ = row["seq"], row["hash"]
            after = seq
        return None

    async def tail(self, most: int) -> list[Entry]:
        """The last entries, newest first."""
        return [_entry(row) async for row in QUERIES.tail(self._connection, most=most)]


def _seal(row: Mapping[str, Any]) -> str:
    sealed = [row[name] for name in ("seq", "at", "actor_id", "action", "subject", "detail", "previous_hash")]
    return sha256(json.dumps(sealed, default=repr).encode()).hexdigest()


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        seq=row["seq"],
        at=from_ms(row["at"]),
        actor_id=row["actor_id"],
        action=row["action"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
        hash=row["hash"],
    )
