"""Taking an announcement back: a wish to delete for each message that can still be deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from bot.contest.announcing.model import Announcement
from bot.contest.announcing.steps import RECALLED_WITHIN
from bot.pipeline.mailing.letters import Office
from storage.storage import Storage

#: So many rows of the outbox are looked through in one transaction.
SLICE = 3000


class Recalling:
    """Recalls; asking twice for the same message changes nothing, so after a kill it simply begins anew."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: Of each announcement the first rows of the slices that are to be looked through yet.
        self._left: dict[int, Iterator[int]] = {}
        #: Those that were looked through once more, when nothing was on its way any longer.
        self._whole: set[int] = set()

    async def recall(self, announcement: Announcement) -> bool:
        """Ask for all that was sent within the day before the recall; whether anything was asked for."""
        if announcement.id not in self._left:
            async with self._office.database.snapshot() as connection:
                span = await Storage(connection).outbox.span(announcement.id)
            self._left[announcement.id] = iter(range(span[0], span[1] + 1, SLICE) if span else ())
        acted = False
        for first_id in self._left[announcement.id]:
            acted |= await self._recall_slice(announcement, first_id) > 0
            await asyncio.sleep(0)
        return acted

    async def recall_the_last(self, announcement: Announcement) -> bool:
        """Once, when nothing is on its way any more: ask for what arrived after it had been looked through."""
        if announcement.id in self._whole:
            return False
        self._whole.add(announcement.id)
        self._left.pop(announcement.id, None)
        return await self.recall(announcement)

    def forget(self, announcement: Announcement) -> None:
        """Nothing more is to be done about it."""
        self._left.pop(announcement.id, None)
        self._whole.discard(announcement.id)

    async def _recall_slice(self, announcement: Announcement, first_id: int) -> int:
        if announcement.acted_at is None:
            return 0
        async with self._office.database.transaction() as connection:
            return await Storage(connection).outbox.recall(
                announcement.id,
                at=self._office.now(),
                since=announcement.acted_at - RECALLED_WITHIN,
                first_id=first_id,
                last_id=first_id + SLICE - 1,
            )
