"""The outbox: every message to a person is a row first, sent by nobody but the sender.

`random_id` is drawn once and stored with the row: a message that is repeated because its answer was lost carries
the same one, and VK drops the double (VK's documentation of messages.send: for an hour and 100 messages).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("outbox")
Kind = Literal["send", "edit", "answer"]


class Priority(IntEnum):
    """Who goes first; order holds among one person's messages of one priority."""

    ANSWER = 0
    REPLY = 1
    NOTICE = 2
    BULK = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A row whose turn it is."""

    id: int
    peer_id: int
    priority: Priority
    kind: Kind
    #: The message in the messenger-free form of `bot.talk.message`.
    body: Mapping[str, Any]
    random_id: int
    tries: int
    created_at: datetime
    #: An edit of a row of ours: its message's number and state, as far as known.
    target_id: int | None
    target_cmid: int | None
    target_state: str | None
    #: The inbox row that it answers; None: it answers nobody.
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """VK accepted a row; edits and answers have no number of their own."""

    id: int
    message_id: int | None = None
    cmid: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """A row to be tried again at `due_at`; `counted` if this was an attempt of its own."""

    id: int
    due_at: datetime
    code: int | None
    error: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Settled:
    """A row that will not be sent."""

    id: int
    state: Literal["dropped", "dead"]
    code: int | None
    error: str


class Outbox:
    """The `outbox` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        peer_id: int,
        body: Mapping[str, Any],
        *,
        at: datetime,
        kind: Kind = "send",
        priority: Priority = Priority.REPLY,
        key: str | None = None,
        target_key: str | None = None,
        update_id: int | None = None,
        due_at: datetime | None = None,
        reason: str | None = None,
        announcement_id: int | None = None,
    ) -> int | None:
        """Put a message on its way; its row, or None if the key was there already.

        `target_key` is the key of the message that an edit changes (its number may not be known yet). `reason` is
        asked about once more before it goes: without it, the message is dropped.
        """
        row: int | None = await QUERIES.add(
            self._connection,
            peer_id=peer_id,
            priority=int(priority),
            kind=kind,
            body=json.dumps(body, ensure_ascii=False),
            random_id=secrets.randbelow(2**31 - 1) + 1,
            target_key=target_key,
            key=key,
            due_at=to_ms(due_at or at),
            created_at=to_ms(at),
            update_id=update_id,
            reason=reason,
            announcement_id=announcement_id,
        )
        return row

    async def due(self, most: int, *, now: datetime) -> list[Due]:
        """What may go now, most urgent first, at most one row a person and priority."""
        return [_due(row) async for row in QUERIES.due(self._connection, most=most, now=to_ms(now))]

    async def waited_for(self, *, now: datetime) -> frozenset[int]:
        """To whom something goes now."""
        return frozenset([row["peer_id"] async for row in QUERIES.waited_for(self._connection, now=to_ms(now))])

    async def next_due_at(self) -> datetime | None:
        """When the earliest waiting row is due; None where none waits."""
        due_ms: int | None = await QUERIES.next_due_at(self._connection)
        return from_ms(due_ms)

    async def sent(self, rows: Iterable[Sent], *, at: datetime) -> None:
        """VK has these."""
        values = [{"id": row.id, "message_id": row.message_id, "cmid": row.cmid, "at": to_ms(at)} for row in rows]
        if values:
            await QUERIES.sent(self._connection, values)

    async def later(self, rows: Iterable[Later]) -> None:
        """These are tried again at their time."""
        values = [
            {
                "id": row.id,
                "due_at": to_ms(row.due_at),
                "counted": int(row.counted),
                "code": row.code,
                "error": row.error,
            }
            for row in rows
        ]
        if values:
            await QUERIES.later(self._connection, values)

    async def settled(self, rows: Iterable[Settled], *, at: datetime) -> None:
        """These will not be sent."""
        values = [
            {"id": row.id, "state": row.state, "code": row.code, "error": row.error, "at": to_ms(at)} for row in rows
        ]
        if values:
            await QUERIES.settled(self._connection, values)

    async def drop_answers(self, *, before: datetime, now: datetime) -> int:
        """Drop button answers that VK would refuse: they live one minute. How many were dropped."""
        return int(await QUERIES.drop_answers(self._connection, before=to_ms(before), now=to_ms(now)))

    async def count_due(self) -> int:
        """How many rows wait."""
        return int(await QUERIES.count_due(self._connection))

    async def row(self, id_: int) -> Mapping[str, Any] | None:
        """One row as it stands."""
        row = await QUERIES.row(self._connection, id=id_)
        return None if row is None else dict(row)


def _due(row: Mapping[str, Any]) -> Due:
    return Due(
        id=row["id"],
        peer_id=row["peer_id"],
        priority=Priority(row["priority"]),
        kind=row["kind"],
        body=json.loads(row["body"]),
        random_id=row["random_id"],
        tries=row["tries"],
        created_at=from_ms(row["created_at"]),
        target_id=row["target_id"],
        target_cmid=row["target_cmid"],
        target_state=row["target_state"],
        update_id=row["update_id"],
    )
