"""Which rows go next: a full choice of what is due, parcel by parcel by whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.vk import limits
from bot.vk.marks import Marks
from bot.vk.parcels import Parcel
from bot.vk.picking import Picking, Pile, Wanted, piles
from bot.vk.remembered import Remembered
from bot.vk.turns import Slots, Turn, Waiting, whose_turn
from bot.vk.verdicts import Verdicts
from storage.connection import Connection
from storage.outbox import Due, Outbox, Priority

TALK = (Priority.ANSWER, Priority.REPLY, Priority.NOTICE)
BULK = (Priority.BULK,)
#: A claim that takes longer looks past too many rows of the same people.
SLOW_CLAIM_S, CLAIM_OF_A_ROW_S = 0.005, 0.00002


@dataclass(frozen=True, slots=True)
class Room:
    """How many requests may start, all and those with announcements; `…_alone`: with one row each."""

    parcels: int
    bulk: int
    alone: bool = False
    bulk_alone: bool = False


class Choosing:
    """Picks parcels; remembers whose turn the last one was."""

    def __init__(
        self,
        verdicts: Verdicts,
        remembered: Remembered,
        wanted: Wanted | None,
        *,
        monotonic: Callable[[], float],
    ) -> None:
        self._verdicts = verdicts
        self._remembered = remembered
        self._wanted = wanted
        self._monotonic = monotonic
        self._talk_was_last = False
        #: The last announcements' messages that were due had a text each: fewer of them go in a request.
        self._bulk_is_worded = False

    async def choose(
        self, connection: Connection, room: Room, busy: Collection[Due], now: datetime
    ) -> tuple[list[Parcel], Marks]:
        """What goes now, at most as there is room for, and what became of rows that don't. `busy`: under way."""
        outbox = Outbox(connection)
        most = room.parcels * limits.EXECUTE_CALLS
        talk_rows = await self._due(outbox, TALK, most, busy, now)
        talk = piles(talk_rows, self._remembered, one_by_one=room.alone)
        bulk: list[Pile] = []
        if len(talk_rows) < most and room.bulk > 0:
            rows = await self._due_of_bulk(outbox, min(room.parcels, room.bulk), busy, now)
            bulk = piles(rows, self._remembered, one_by_one=room.alone or room.bulk_alone)
        picking = Picking(connection, self._verdicts, self._remembered, self._wanted, now=now)
        parcels: list[Parcel] = []
        left, left_for_bulk = room.parcels, room.bulk
        while parcel := await self._next(picking, talk, bulk, Slots(left, left_for_bulk)):
            parcels.append(parcel)
            left, left_for_bulk = left - 1, left_for_bulk - parcel.is_bulk
        return parcels, picking.marks

    async def _due_of_bulk(self, outbox: Outbox, parcels: int, busy: Collection[Due], now: datetime) -> list[Due]:
        """Enough for so many requests: a hundred each, but where the last ones showed that fewer fit."""
        if self._bulk_is_worded:
            rows = await self._due(outbox, BULK, parcels * limits.EXECUTE_CALLS, busy, now)
            if not any(row.goes_together for row in rows):
                return rows
        rows = await self._due(outbox, BULK, parcels * limits.PEERS_AT_ONCE, busy, now)
        self._bulk_is_worded = bool(rows) and not any(row.goes_together for row in rows)
        return rows

    async def _due(
        self, outbox: Outbox, priorities: Sequence[Priority], most: int, busy: Collection[Due], now: datetime
    ) -> list[Due]:
        began_at = self._monotonic()
        under_way = {row.id for row in busy if row.priority in priorities}
        rows = await outbox.due(most, now=now, priorities=priorities, besides=under_way)
        usual_s = SLOW_CLAIM_S + CLAIM_OF_A_ROW_S * (len(rows) + len(under_way))
        if self._monotonic() - began_at > usual_s:
            for priority in priorities:
                await outbox.set_back(priority, now=now)
        return rows

    async def _next(self, picking: Picking, talk: list[Pile], bulk: list[Pile], slots: Slots) -> Parcel | None:
        """The parcel of the next turn, with something in it; None where nothing goes."""
        while True:
            talk[:], bulk[:] = [pile for pile in talk if pile.rows], [pile for pile in bulk if pile.rows]
            waiting = Waiting(bool(talk), bool(talk) and talk[0].is_full, bool(bulk))
            turn = whose_turn(waiting, slots, talk_was_last=self._talk_was_last)
            if turn is Turn.NOBODY:
                return None
            pile = talk[0] if turn is Turn.TALK else bulk[0]
            parcel = await picking.parcel(pile)
            if not parcel.items:
                continue
            if turn is Turn.TALK and pile.takes_others:
                for other in bulk:
                    if other.takes_others:
                        await picking.fill(parcel, other, limits.EXECUTE_CALLS)
            parcel.arrange()
            self._talk_was_last = turn is Turn.TALK
            return parcel
