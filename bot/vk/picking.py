"""What goes next: rows that are due become parcels, those that have no use any more are set aside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.vk import limits, reconcile
from bot.vk.compose import compose, edited_cmid, together
from bot.vk.marks import Marks
from bot.vk.parcels import EXECUTE, Item, Parcel
from bot.vk.remembered import Remembered
from bot.vk.verdicts import Verdicts
from storage.connection import Connection
from storage.outbox import CALLED_OFF, Due, Later, Settled

#: Is the reason of a message still there? Asked in the transaction that picks the message.
Wanted = Callable[[Connection, str], Awaitable[bool]]
EDIT_WAITS = timedelta(seconds=1)
Way = Literal["call", "batch", "question"]


@dataclass(slots=True)
class Pile:
    """Rows that may share a request: different calls, recipients of one text (or deletions), or questions."""

    way: Way
    most: int
    rows: list[Due] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Do they fill a request?"""
        return len(self.rows) >= self.most

    @property
    def takes_others(self) -> bool:
        """May other people's messages go with them?"""
        return self.way == "call" and self.most >= limits.EXECUTE_CALLS


def piles(rows: Iterable[Due], remembered: Remembered, *, one_by_one: bool = False) -> list[Pile]:
    """The rows by what they may share a request with, in the order of their first rows.

    `one_by_one`: nothing shares a request now.
    """
    found: dict[tuple[str, int, int], Pile] = {}
    by_itself = one_by_one or remembered.method_paused(EXECUTE)
    for row in rows:
        most = 1 if one_by_one else remembered.most_together(row)
        way: Way = "call"
        if remembered.is_to_be_verified(row):
            way, most = "question", min(most, reconcile.AT_ONCE)
        elif row.goes_together:
            way = "batch"
        if way != "batch":
            most = 1 if by_itself else min(most, limits.EXECUTE_CALLS)
        key = (way, (row.batch_id or 0) if way == "batch" else 0, most)
        if key not in found:
            found[key] = Pile(way, most)
        found[key].rows.append(row)
    return list(found.values())


class Picking:
    """Makes calls of rows, within the transaction `connection`."""

    def __init__(
        self,
        connection: Connection,
        verdicts: Verdicts,
        remembered: Remembered,
        wanted: Wanted | None,
        *,
        now: datetime,
    ) -> None:
        self._connection = connection
        self._verdicts = verdicts
        self._remembered = remembered
        self._wanted = wanted
        self._now = now
        #: What became of rows that do not go.
        self.marks = Marks()

    async def parcel(self, pile: Pile) -> Parcel:
        """As many of the pile as one request takes, taken off it; empty where none of these may go."""
        parcel = Parcel()
        if pile.way == "batch":
            rows, pile.rows = pile.rows[: pile.most], pile.rows[pile.most :]
            if item := self._batch([row for row in rows if await self._goes(row)]):
                parcel.take(item)
        else:
            await self.fill(parcel, pile, pile.most)
        return parcel

    async def fill(self, parcel: Parcel, pile: Pile, most: int) -> None:
        """Add rows of the pile to the parcel, up to `most` calls in it, and take them off the pile."""
        while pile.rows and len(parcel.items) < most:
            row = pile.rows[0]
            item = await self._item(row, verifies=pile.way == "question")
            if item is not None and not parcel.take(item):
                return
            del pile.rows[0]

    async def _item(self, row: Due, *, verifies: bool) -> Item | None:
        """The row as a call, None where it does not go now."""
        if verifies:
            question = reconcile.question(row)
            return Item((row,), question, verifies=True) if self._is_free([row], question.method) else None
        if not await self._goes(row):
            return None
        as_new = row.id in self._remembered.as_new or (row.kind == "edit" and edited_cmid(row) is None)
        try:
            call = compose(row, as_new=as_new)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._verdicts.refuse(row, f"{type(error).__name__}: {error}", self.marks)
            return None
        return Item((row,), call) if self._is_free([row], call.method) else None

    def _batch(self, rows: list[Due]) -> Item | None:
        if not rows:
            return None
        try:
            call = together(rows)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            for row in rows:
                self._verdicts.refuse(row, f"{type(error).__name__}: {error}", self.marks)
            return None
        free = self._is_free(rows, call.method)
        return Item(tuple(free), call if len(free) == len(rows) else together(free)) if free else None

    def _is_free(self, rows: list[Due], method: str) -> list[Due]:
        """Those whom nothing pauses; the others go later."""
        free = []
        for row in rows:
            if until := self._remembered.paused_until(row, method):
                self.marks.later.append(Later(row.id, until, None, "paused", counted=False))
            else:
                free.append(row)
        return free

    async def _goes(self, row: Due) -> bool:
        """Has the row still a use, and can it go now?"""
        if gone := await self._gone(row):
            self._verdicts.settle(row, gone, self.marks)
            return False
        if row.kind == "edit" and edited_cmid(row) is None and row.target_state in ("due", "held"):
            self.marks.later.append(
                Later(row.id, self._now + EDIT_WAITS, None, "its message is not sent yet", counted=False)
            )
            return False
        return True

    async def _gone(self, row: Due) -> Settled | None:
        age = self._now - row.created_at
        if row.kind == "answer" and age > timedelta(seconds=limits.ANSWER_LIFE_S):
            return Settled(row.id, "dropped", None, "answered too late")
        if row.kind == "delete" and row.target_message_id is None:
            return Settled(row.id, "dropped", None, "its message has no number")
        if row.reason == CALLED_OFF:
            return Settled(row.id, "dropped", None, "stopped")
        if row.is_spared:
            return Settled(row.id, "dropped", row.unreachable_code, "can't be written to")
        if row.reason is not None and self._wanted and not await self._wanted(self._connection, row.reason):
            return Settled(row.id, "dropped", None, "its reason is gone")
        return None
