"""Taking an announcement back: a wish to delete for each message that can still be deleted."""

from __future__ import annotations

import asyncio

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
        #: Up to which row of the outbox each announcement was looked through.
        self._done_to: dict[int, int] = {}
        #: Those that were looked through once more, when nothing was on its way any longer.
        self._whole: set[int] = set()

    async def recall(self, announcement: Announcement) -> bool:
        """Ask for all that was sent within the day before the recall; whether anything was asked for."""
        acted = False
        while True:
            added = await self._recall_slice(announcement)
            if added is None:
                return acted
            acted |= added > 0
            await asyncio.sleep(0)

    async def recall_the_last(self, announcement: Announcement) -> bool:
        """Once, when nothing is on its way any more: ask for what arrived after it had been looked through."""
        if announcement.id in self._whole:
            return False
        self._whole.add(announcement.id)
        self._done_to.pop(announcement.id, None)
        return await self.recall(announcement)

    def forget(self, announcement: Announcement) -> None:
        """Nothing more is to be done about it."""
        self._done_to.pop(announcement.id, None)
        self._whole.discard(announcement.id)

    async def _recall_slice(self, announcement: Announcement) -> int | None:
        """How many were asked for; None: all rows have been looked through."""
        async with self._office.database.transaction() as connection:
            outbox = Storage(connection).outbox
            span = await outbox.span(announcement.id)
            if span is None or announcement.acted_at is None:
                return None
            first_id = max(self._done_to.get(announcement.id, 0) + 1, span[0])
            if first_id > span[1]:
                return None
            last_id = first_id + SLICE - 1
            added = await outbox.recall(
                announcement.id,
                at=self._office.now(),
                since=announcement.acted_at - RECALLED_WITHIN,
                first_id=first_id,
                last_id=last_id,
            )
        self._done_to[announcement.id] = last_id
        return added
