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
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.faultpoints import fault_point
from bot.vk import reconcile
from bot.vk.choosing import Choosing, Room
from bot.vk.errors import UnknownOutcome
from bot.vk.gate import PROBE_BULK_EVERY_S, Gate
from bot.vk.marks import Marks
from bot.vk.pace import Pace
from bot.vk.parcels import Api, Parcel, deliver, failed
from bot.vk.picking import Wanted
from bot.vk.remembered import Remembered
from bot.vk.stopping import StopNote
from bot.vk.turns import slots_for_bulk
from bot.vk.verdicts import Verdicts
from storage.connection import Connection
from storage.database import Database
from storage.errors import UnavailableError
from storage.outbox import Due, Outbox

log = logging.getLogger(__name__)
OnUnreachable = Callable[[Connection, int, int, datetime], Awaitable[None]]
#: Enough for VK's answers of half a second at 20 requests a second.
MOST_IN_FLIGHT = 12
LONGEST_WAIT_S = 30.0
#: A row that is due may stand behind one of the same person that is not: how often to look.
SHORTEST_WAIT_S = 0.2
#: What goes next is picked so long before its turn, a little longer than it took lately: no turn is to be missed.
PICK_AHEAD_S, MOST_AHEAD_S = 0.01, 0.045
STORAGE_WAIT_S = 1.0
#: Where the next turn is as near as this, results are written down with the picking for it: picking alone waits for no
#: disk, and must not wait for a commit that began shortly before.
MARKS_WAIT_S = 0.015


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
        wanted: Wanted | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        most_in_flight: int = MOST_IN_FLIGHT,
        verify_after: timedelta = reconcile.VERIFY_AFTER,
    ) -> None:
        """`on_unreachable(connection, person_id, code, at)` runs in the transaction that settles the message;
        `on_settled(ids)` after it, with the rows that have come to their end. `wanted(connection, reason)` is asked
        of a row with a reason right before it goes. `jitter` gives 0..1.
        """
        self._database = database
        self._api = api
        self._pace = pace
        self._now = now
        self._monotonic = monotonic
        self._on_unreachable = on_unreachable
        self._on_settled = on_settled
        self._most_in_flight = most_in_flight
        self._gate = Gate(monotonic=monotonic, jitter=jitter)
        self._bulk_gate = Gate(
            monotonic=monotonic, jitter=jitter, what="sending announcements", probe_every_s=PROBE_BULK_EVERY_S
        )
        self._remembered = Remembered(now=now, verify_after=verify_after)
        self._verdicts = Verdicts(self._gate, self._bulk_gate, pace, self._remembered, now=now, jitter=jitter)
        self._choosing = Choosing(self._verdicts, self._remembered, wanted, monotonic=monotonic)
        self._stop_note = StopNote()
        self._awake = asyncio.Event()
        self._stopping = False
        self._requests: set[asyncio.Task[None]] = set()
        self._bulk_requests: set[asyncio.Task[None]] = set()
        self._in_flight: dict[int, Due] = {}
        self._marks = Marks()
        self._ahead_s = PICK_AHEAD_S
        self._storage_fails = False

    @property
    def health(self) -> str | None:
        """What is wrong, None where all is well."""
        trouble = self._gate.health or self._bulk_gate.health
        return trouble or ("the database takes no writes" if self._storage_fails else None)

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
        if not room and (not self._marks.handled or self._next_room_s() <= MARKS_WAIT_S):
            return self._next_room_s()
        began_at = self._monotonic()
        try:
            parcels, next_due_at = await self._mark_and_pick(room)
        except UnavailableError as error:
            log.error("the sender can't use the database: %s", error)  # noqa: TRY400 - expected, no traceback
            self._storage_fails = True
            return STORAGE_WAIT_S
        self._storage_fails = False
        if parcels:
            took_s = self._monotonic() - began_at
            self._ahead_s = min(MOST_AHEAD_S, max(PICK_AHEAD_S, 0.9 * self._ahead_s, 1.25 * took_s))
        for parcel in parcels:
            self._launch(parcel)
        if self._stopping:
            return LONGEST_WAIT_S
        if not room or len(parcels) == room.parcels:
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

    def _room(self) -> Room | None:
        """How many requests may start now; None: none."""
        if self._stopping or self._gate.wait_s() > 0 or self._pace.wait_s() > self._ahead_s:
            return None
        probing = self._gate.probing
        free = (1 if probing else self._most_in_flight) - len(self._requests)
        if free <= 0:
            return None
        return Room(
            min(free, 1) if self._pace.per_second else free,
            self._room_for_bulk(),
            alone=probing,
            bulk_alone=self._bulk_gate.probing,
        )

    def _next_room_s(self) -> float:
        if self._stopping or len(self._requests) >= (1 if self._gate.probing else self._most_in_flight):
            return LONGEST_WAIT_S  # a request that ends wakes us
        return max(self._gate.wait_s(), self._pace.wait_s() - self._ahead_s)

    def _room_for_bulk(self) -> int:
        """How many of them may carry announcements."""
        if self._bulk_gate.wait_s() > 0:
            return 0
        most = 1 if self._bulk_gate.probing else slots_for_bulk(self._most_in_flight)
        return most - len(self._bulk_requests)

    async def _mark_and_pick(self, room: Room | None) -> tuple[list[Parcel], datetime | None]:
        marks, self._marks = self._marks, Marks()
        now = self._now()
        picked = Marks()
        parcels: list[Parcel] = []
        next_due_at = None
        try:
            async with self._database.transaction() as connection:
                await self._write(connection, marks, now)
                if marks.handled:
                    fault_point("outbox.before_mark")
                if room:
                    landed = {row.id for row in marks.handled}
                    busy = [row for id_, row in self._in_flight.items() if id_ not in landed]
                    parcels, picked = await self._choosing.choose(connection, room, busy, now)
                    await self._write(connection, picked, now)
                    if len(parcels) < room.parcels:
                        next_due_at = await Outbox(connection).next_due_at()
                await self._stop_note.keep(
                    connection, self._gate.stopped, self._bulk_gate.stopped, now=now, delivered=bool(marks.sent)
                )
        except BaseException:
            self._marks = marks.and_then(self._marks)
            self._stop_note.lost()
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
        for person_id, until in marks.paused:
            await outbox.pause(person_id, until)
        for person_id, code in marks.unreachable:
            await self._on_unreachable(connection, person_id, code, now)

    def _launch(self, parcel: Parcel) -> None:
        self._in_flight |= {row.id: row for row in parcel.rows}
        request = asyncio.create_task(self._request(parcel))
        self._requests.add(request)
        if parcel.is_bulk:
            self._bulk_requests.add(request)
        request.add_done_callback(self._landed)

    def _landed(self, request: asyncio.Task[None]) -> None:
        self._requests.discard(request)
        self._bulk_requests.discard(request)
        self._awake.set()

    async def _request(self, parcel: Parcel) -> None:
        asked_at = self._monotonic()
        try:
            outcomes = await deliver(self._api, parcel)
        except Exception as error:  # a mistake of ours must not stop the sending of the rest
            log.exception("a request failed in a way nobody thought of")
            outcomes = failed(parcel, UnknownOutcome(type(error).__name__))
        self._verdicts.judge(outcomes, asked_at, self._marks)
