"""The outbox: every message to a person is a row first, sent by nobody but the sender.

`random_id` is drawn once and stored with the row: a message that is repeated because its answer was lost carries
the same one, and VK drops the double (VK's documentation of messages.send: for an hour and 100 messages of a dialog).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from storage.connection import Connection
from storage.outbox_rows import CALLED_OFF, Due, Kind, Later, Priority, Sent, Settled, Tallied, due_row
from storage.packing import packed, unpacked
from storage.sql import load
from storage.times import from_ms, to_ms

__all__ = ["CALLED_OFF", "SENDING_STOPPED", "Due", "Kind", "Later", "Outbox", "Priority", "Sent", "Settled", "Tallied"]

QUERIES = load("outbox")
#: The setting that says since when and why nothing is sent, or no announcement; empty: all goes.
SENDING_STOPPED = "sending.stopped"
#: As many people as one call takes.
MOST_IN_BATCH = 100
#: A person may have so many rows of one priority in the way of others.
KEPT_IN_FRONT = 20
SET_BACK_BY = timedelta(minutes=1)
#: How many rows are looked at when rows are set back.
SET_BACK_AT_ONCE = 2000


class Outbox:
    """The tables `outbox` and `batch`; nothing else writes them but forgetting. The caller commits."""

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
            body=packed(body),
            random_id=_random_id(),
            target_key=target_key,
            key=key,
            due_at=to_ms(due_at or at),
            created_at=to_ms(at),
            update_id=update_id,
            reason=reason,
            announcement_id=announcement_id,
        )
        return row

    async def let_be(self, key: str) -> None:
        """Leave the message of this key as it is: the next one of the key is a message of its own."""
        await QUERIES.let_be(self._connection, key=key)

    async def add_batch(
        self,
        peer_ids: Sequence[int],
        body: Mapping[str, Any],
        *,
        at: datetime,
        announcement_id: int | None,
        priority: Priority = Priority.BULK,
    ) -> int:
        """Put one text on its way to up to 100 people, each named once; the batch. They share a `random_id`.

        Raises ValueError for nobody or too many.
        """
        if not 0 < len(peer_ids) <= MOST_IN_BATCH:
            raise ValueError(f"a batch for {len(peer_ids)} people, 1 to {MOST_IN_BATCH} go together")
        random_id = _random_id()
        batch_id: int = await QUERIES.add_batch(
            self._connection, body=packed(body), random_id=random_id, created_at=to_ms(at)
        )
        common = {
            "priority": int(priority),
            "random_id": random_id,
            "batch_id": batch_id,
            "announcement_id": announcement_id,
            "at": to_ms(at),
        }
        await QUERIES.add_to_batch(self._connection, [{"peer_id": peer_id, **common} for peer_id in peer_ids])
        return batch_id

    async def due(
        self, most: int, *, now: datetime, priorities: Iterable[Priority] = Priority, besides: Collection[int] = ()
    ) -> list[Due]:
        """What may go now, most urgent first, at most one row a person and priority, and nothing before an older row of
        the same person that is more urgent; `besides` these rows, which are under way and hold back what comes after.
        """
        found: list[Mapping[str, Any]] = []
        for priority in priorities:
            if len(found) < most:
                left = most - len(found) + len(besides)
                query = QUERIES.due(self._connection, priority=int(priority), now=to_ms(now), most=left)
                found += [row async for row in query if row["id"] not in besides]
        bodies: dict[int, Mapping[str, Any]] = {}
        return [due_row(row, await self._body(row, bodies)) for row in found[:most]]

    async def _body(self, row: Mapping[str, Any], bodies: dict[int, Mapping[str, Any]]) -> Mapping[str, Any]:
        """What the row says; `bodies` keeps those of batches."""
        if (text := row["body"]) is not None:
            return _parsed(text)
        if (batch_id := row["batch_id"]) is None:
            return {}
        if batch_id not in bodies:
            bodies[batch_id] = _parsed(await QUERIES.body_of_batch(self._connection, id=batch_id))
        return bodies[batch_id]

    async def set_back(self, priority: Priority, *, now: datetime) -> int:
        """Let rows of people who have very many step aside for a minute: a claim need not look past them each time.

        How many did; called again while it is many.
        """
        return int(
            await QUERIES.set_back(
                self._connection,
                priority=int(priority),
                now=to_ms(now),
                until=to_ms(now + SET_BACK_BY),
                most=SET_BACK_AT_ONCE,
                kept=KEPT_IN_FRONT - 1,
            )
        )

    async def pause(self, peer_id: int, until: datetime) -> None:
        """Nothing that waits for this person goes before then."""
        await QUERIES.pause(self._connection, peer_id=peer_id, until=to_ms(until))

    async def waited_for(self, *, now: datetime) -> frozenset[int]:
        """To whom something goes now."""
        return frozenset([row["peer_id"] async for row in QUERIES.waited_for(self._connection, now=to_ms(now))])

    async def next_due_at(self) -> datetime | None:
        """When the earliest waiting row is due; None where none waits."""
        due_ms: int | None = await QUERIES.next_due_at(self._connection)
        return from_ms(due_ms)

    async def sent(self, rows: Iterable[Sent], *, at: datetime) -> None:
        """VK has these."""
        at_ms = to_ms(at)
        values = [{"id": row.id, "message_id": row.message_id, "cmid": row.cmid, "at": at_ms} for row in rows]
        if values:
            await QUERIES.sent(self._connection, values)

    async def later(self, rows: Iterable[Later]) -> None:
        """These are tried again at their time."""
        values = [
            {
                "id": row.id,
                "due_at": to_ms(row.due_at),
                "counted": int(row.counted),
                "flood": int(row.flood),
                "unsure": int(row.unsure),
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

    async def hold(self, announcement_id: int) -> int:
        """An announcement is paused: what is due waits for `release`. What is in flight arrives. How many wait."""
        return int(await QUERIES.hold(self._connection, announcement_id=announcement_id))

    async def release(self, announcement_id: int, at: datetime) -> int:
        """What was held is due again. How many are."""
        return int(await QUERIES.release(self._connection, announcement_id=announcement_id, at=to_ms(at)))

    async def unwanted(self, announcement_id: int) -> list[int]:
        """Take back the held messages of those who asked for no more news meanwhile; whose they were."""
        return [row["peer_id"] async for row in QUERIES.unwanted(self._connection, announcement_id=announcement_id)]

    async def drop_of(self, announcement_id: int, at: datetime) -> int:
        """An announcement is stopped: what has not gone, held or due, never will. How many that is.

        Whatever may have arrived though its answer was lost is only asked about any more.
        """
        return int(await QUERIES.drop_of(self._connection, announcement_id=announcement_id, at=to_ms(at)))

    async def ahead(self, announcement_id: int) -> int:
        """How many of an announcement's messages are still due."""
        return int(await QUERIES.ahead(self._connection, announcement_id=announcement_id))

    async def tally(self, announcement_id: int, *, kind: Kind = "send") -> list[Tallied]:
        """What became of an announcement's messages; of its deletions with `kind` delete. Looks at all its rows."""
        query = QUERIES.tally(self._connection, announcement_id=announcement_id, kind=kind)
        return [Tallied(row["state"], row["error_code"], row["many"]) async for row in query]

    async def span(self, announcement_id: int) -> tuple[int, int] | None:
        """The first and the last number of an announcement's rows, so that `recall` can be cut into slices."""
        row = await QUERIES.span(self._connection, announcement_id=announcement_id)
        return None if row["first_id"] is None else (row["first_id"], row["last_id"])

    async def recall(
        self,
        announcement_id: int,
        *,
        at: datetime,
        since: datetime,
        first_id: int = 0,
        last_id: int = 2**53,
    ) -> int:
        """Have VK delete each message of the announcement that it took at `since` or after; those asked for already
        are not asked for again. How many were added; `first_id` and `last_id` bound a slice of the rows (`span`).

        They are bulk: what people are told of their own affairs does not wait for a hundred thousand deletions.
        """
        return int(
            await QUERIES.recall(
                self._connection,
                announcement_id=announcement_id,
                at=to_ms(at),
                since=to_ms(since),
                first_id=first_id,
                last_id=last_id,
                priority=int(Priority.BULK),
            )
        )


def _random_id() -> int:
    """Any but 0, which means that VK is not to look for doubles."""
    return secrets.randbelow(2**31 - 1) + 1


def _parsed(text: str) -> Mapping[str, Any]:
    body: Mapping[str, Any] = unpacked(text)
    return body
