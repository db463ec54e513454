"""The sender: the only code that sends a message to a person.

One loop writes what came of the last requests and picks what goes next, in one transaction; requests run beside it,
a few at a time. A row is in flight until its result is committed, so that nothing of one person and priority
overtakes anything. When the process dies the rows in flight are still due, and their stored `random_id` makes the
repetition harmless.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.faultpoints import fault_point
from bot.vk import limits, reconcile
from bot.vk.compose import compose, edited_cmid
from bot.vk.errors import UnknownOutcome
from bot.vk.gate import Gate
from bot.vk.pace import Pace
from bot.vk.parcels import EXECUTE, Api, Item, Outcome, deliver, made, packed
from bot.vk.verdicts import Marks, Verdicts
from storage.connection import Connection
from storage.database import Database
from storage.errors import UnavailableError
from storage.outbox import Due, Later, Outbox, Settled

log = logging.getLogger(__name__)
OnUnreachable = Callable[[Connection, int, int, datetime], Awaitable[None]]
#: Enough for VK's answers of a third of a second at 20 requests a second.
MOST_IN_FLIGHT = 8
LONGEST_WAIT_S = 30.0
#: A row that is due may stand behind one of the same person that is not: how often to look.
SHORTEST_WAIT_S = 0.2
#: What goes next is picked so long before its turn: picking takes some milliseconds, and a turn must not be missed.
PICK_AHEAD_S = 0.015
EDIT_WAITS = timedelta(seconds=1)
STORAGE_WAIT_S = 1.0


class Sender:
    """Sends what is due until stopped; `wake()` it after adding rows."""

    def __init__(
        self,
        database: Database,
        api: Api,
        pace: Pace,
        *,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
        on_unreachable: OnUnreachable,
        on_settled: Callable[[Sequence[int]], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        most_in_flight: int = MOST_IN_FLIGHT,
        verify_after: timedelta = reconcile.VERIFY_AFTER,
    ) -> None:
        """`on_unreachable(connection, person_id, code, at)` runs in the transaction that settles the message;
        `on_settled(ids)` after it, with the rows that have come to their end. `jitter` gives 0..1.
        """
        self._database = database
        self._api = api
        self._pace = pace
        self._now = now
        self._monotonic = monotonic
        self._on_unreachable = on_unreachable
        self._on_settled = on_settled
        self._most_in_flight = most_in_flight
        self._verify_after = verify_after
        self._gate = Gate(monotonic=monotonic, jitter=jitter)
        self._verdicts = Verdicts(self._gate, pace, now=now, jitter=jitter)
        self._started_at = now()
        self._awake = asyncio.Event()
        self._stopping = False
        self._requests: set[asyncio.Task[None]] = set()
        self._in_flight: dict[int, Due] = {}
        self._marks = Marks()
        self._storage_fails = False

    @property
    def health(self) -> str | None:
        """What is wrong, None where all is well."""
        return self._gate.health or ("the database takes no writes" if self._storage_fails else None)

    @property
    def results(self) -> Mapping[str, int]:
        """How often VK said what since the start, by its code; "ok" and "unknown" among them."""
        return self._verdicts.results

    @property
    def pace(self) -> Pace:
        """The pace that the requests share."""
        return self._pace

    def wake(self) -> None:
        """There may be something to send. Callable at any time, as often as one likes."""
        self._awake.set()

    def stop(self) -> None:
        """Let `run` return once what is in flight has come back and is written down."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Send until `stop()`; a cancelled run leaves the rows in flight due."""
        try:
            while True:
                self._awake.clear()
                most_s = await self._round()
                if self._stopping and not self._requests and not self._marks.handled:
                    return
                await self._wait(most_s)
        finally:
            for request in self._requests:
                request.cancel()
            await asyncio.gather(*self._requests, return_exceptions=True)

    async def _round(self) -> float:
        """Write down, pick, send; how long to wait for the next round at most."""
        room = self._room()
        if not room and not self._marks.handled:
            return self._next_room_s()
        try:
            parcels, next_due_at = await self._mark_and_pick(room)
        except UnavailableError as error:
            log.error("the sender can't use the database: %s", error)  # noqa: TRY400 - expected, no traceback
            self._storage_fails = True
            return STORAGE_WAIT_S
        self._storage_fails = False
        for parcel in parcels:
            self._launch(parcel)
        if self._stopping:
            return LONGEST_WAIT_S
        if not room or len(parcels) == room:
            return self._next_room_s()
        if next_due_at is None:
            return LONGEST_WAIT_S
        return min(LONGEST_WAIT_S, max(SHORTEST_WAIT_S, (next_due_at - self._now()).total_seconds()))

    async def _wait(self, most_s: float) -> None:
        if most_s <= 0:
            await asyncio.sleep(0)
            return
        try:
            async with asyncio.timeout(most_s):
                await self._awake.wait()
        except TimeoutError:
            return

    def _room(self) -> int:
        """How many requests may start now."""
        if self._stopping or self._gate.wait_s() > 0 or self._pace.wait_s() > PICK_AHEAD_S:
            return 0
        if self._gate.probing:
            return 0 if self._requests else 1
        free = self._most_in_flight - len(self._requests)
        return min(free, 1) if self._pace.per_second else free

    def _next_room_s(self) -> float:
        if self._stopping or len(self._requests) >= (1 if self._gate.probing else self._most_in_flight):
            return LONGEST_WAIT_S  # a request that ends wakes us
        return max(self._gate.wait_s(), self._pace.wait_s() - PICK_AHEAD_S)

    async def _mark_and_pick(self, room: int) -> tuple[list[list[Item]], datetime | None]:
        marks, self._marks = self._marks, Marks()
        now = self._now()
        picked = Marks()
        parcels: list[list[Item]] = []
        next_due_at = None
        try:
            async with self._database.transaction() as connection:
                outbox = Outbox(connection)
                await self._write(connection, marks, now)
                if marks.handled:
                    fault_point("outbox.before_mark")
                if room:
                    busy = self._in_flight.keys() - {row.id for row in marks.handled}
                    most = room * limits.EXECUTE_CALLS + len(busy)
                    rows = [row for row in await outbox.due(most, now=now) if row.id not in busy]
                    parcels = self._parcels(rows, room, now, picked)
                    await self._write(connection, picked, now)
                    if len(parcels) < room:
                        next_due_at = await outbox.next_due_at()
        except BaseException:
            self._marks = _joined(marks, self._marks)
            raise
        for row in marks.handled:
            self._in_flight.pop(row.id, None)
        if marks.handled:
            fault_point("outbox.after_mark")
        if self._on_settled and (ids := marks.ids() + picked.ids()):
            self._on_settled(ids)
        return parcels, next_due_at

    async def _write(self, connection: Connection, marks: Marks, now: datetime) -> None:
        outbox = Outbox(connection)
        await outbox.sent(marks.sent, at=now)
        await outbox.later(marks.later)
        await outbox.settled(marks.settled, at=now)
        for person_id, code in marks.unreachable:
            await self._on_unreachable(connection, person_id, code, now)

    def _parcels(self, rows: Iterable[Due], room: int, now: datetime, marks: Marks) -> list[list[Item]]:
        """The rows that go now, packed; what becomes of the others is added to `marks`."""
        groups: dict[int, list[Item]] = {}
        together = 1 if self._gate.probing or self._verdicts.method_paused(EXECUTE) else limits.EXECUTE_CALLS
        for row in rows:
            if item := self._item(row, now, marks):
                most = reconcile.AT_ONCE if item.verifies else limits.EXECUTE_CALLS
                groups.setdefault(min(most, together, self._verdicts.most_together(row)), []).append(item)
        parcels = [parcel for most, items in groups.items() for parcel in packed(items, most)]
        return parcels[:room]

    def _item(self, row: Due, now: datetime, marks: Marks) -> Item | None:
        """The row as a call, None where it does not go now."""
        age = now - row.created_at
        as_new = row.id in self._verdicts.as_new
        if row.kind == "answer" and age > timedelta(seconds=limits.ANSWER_LIFE_S):
            marks.settled.append(Settled(row.id, "dropped", None, "answered too late"))
            self._verdicts.forget(row)
            return None
        if row.kind == "edit" and edited_cmid(row) is None:
            if row.target_state == "due":
                marks.later.append(Later(row.id, now + EDIT_WAITS, None, "its message is not sent yet", counted=False))
                return None
            as_new = True
        if self._is_to_be_verified(row, age, as_new=as_new):
            return made(row, reconcile.question(row), verifies=True)
        try:
            call = compose(row, as_new=as_new)
            item = made(row, call)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._verdicts.refuse(row, f"{type(error).__name__}: {error}", marks)
            return None
        if until := self._verdicts.paused_until(row, call.method):
            marks.later.append(Later(row.id, until, None, "paused", counted=False))
            return None
        return item

    def _is_to_be_verified(self, row: Due, age: timedelta, *, as_new: bool) -> bool:
        """May it have been delivered so long ago that VK would not know the double?"""
        if row.id in self._verdicts.verified or not (row.kind == "send" or as_new) or age < self._verify_after:
            return False
        return row.id in self._verdicts.uncertain or row.created_at < self._started_at

    def _launch(self, parcel: list[Item]) -> None:
        self._in_flight |= {item.row.id: item.row for item in parcel}
        request = asyncio.create_task(self._request(parcel))
        self._requests.add(request)
        request.add_done_callback(self._landed)

    def _landed(self, request: asyncio.Task[None]) -> None:
        self._requests.discard(request)
        self._awake.set()

    async def _request(self, parcel: list[Item]) -> None:
        asked_at = self._monotonic()
        try:
            outcomes = await deliver(self._api, parcel)
        except Exception as error:  # a mistake of ours must not stop the sending of the rest
            log.exception("a request failed in a way nobody thought of")
            failure = UnknownOutcome(type(error).__name__)
            outcomes = [Outcome(item, failure=failure, shared=len(parcel), method=EXECUTE) for item in parcel]
        self._verdicts.judge(outcomes, asked_at, self._marks)


def _joined(first: Marks, second: Marks) -> Marks:
    return Marks(
        first.sent + second.sent,
        first.later + second.later,
        first.settled + second.settled,
        first.unreachable + second.unreachable,
        first.handled + second.handled,
    )
