"""Taking an announcement back: a wish to delete for each message that can still be deleted."""

from __future__ import annotations

import asyncio

from bot.contest.announcing.model import Announcement
from bot.contest.announcing.steps import RECALLED_WITHIN
from bot.pipeline.mailing.letters import Office
from storage.storage import Storage

#: So many rows of the outbox are looked through in one transaction.
SLICE = 500


class Recalling:
    """Recalls; asking twice for the same message changes nothing, so after a kill it simply begins anew."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: Of each announcement, the next row of the outbox that is to be looked through, and the last.
        self._left: dict[int, tuple[int, int]] = {}
        #: Those that were looked through once more, when nothing was on its way any longer.
        self._whole: set[int] = set()

    async def recall(self, announcement: Announcement) -> bool:
        """Ask for all that was sent within the day before the recall; whether anything was asked for."""
        if announcement.id not in self._left:
            async with self._office.database.snapshot() as connection:
                span = await Storage(connection).outbox.span(announcement.id)
            self._left[announcement.id] = span or (1, 0)
        acted = False
        first_id, last_id = self._left[announcement.id]
        while first_id <= last_id:
            acted |= await self._recall_slice(announcement, first_id) > 0
            first_id += SLICE
            self._left[announcement.id] = (first_id, last_id)
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
