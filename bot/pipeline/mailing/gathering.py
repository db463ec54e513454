"""Finding the recipients of an announcement, once, and writing them down a slice at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from bot.contest.announcing.model import Announcement, Left
from bot.faultpoints import fault_point
from bot.pipeline.mailing.letters import Office
from storage.storage import Storage

#: So many in a transaction: others wait no longer than some milliseconds.
SLICE = 1000
#: The very same text does not come to anybody twice within this time.
SAME_FOR = timedelta(days=1)


class Gathering:
    """Gathers; where it was interrupted, it begins anew, and nobody is there twice."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def gather(self, announcement: Announcement) -> bool:
        """Whether all recipients are known now: not if it was stopped or changed meanwhile."""
        await self._forget_earlier(announcement)
        people, same = await self._found(announcement)
        for start in range(0, len(people), SLICE):
            if not await self._write(announcement, _marked(people[start : start + SLICE], same)):
                return False
            await asyncio.sleep(0)
        async with self._office.database.snapshot() as connection:
            count = await Storage(connection).mailings.count_gathered(announcement)
        async with self._office.database.transaction() as connection:
            mailings = Storage(connection).mailings
            return await mailings.gathered(announcement, recipients=count, at=self._office.now()) is not None

    async def _forget_earlier(self, announcement: Announcement) -> None:
        dropped = SLICE
        while dropped == SLICE:
            async with self._office.database.transaction() as connection:
                dropped = await Storage(connection).mailings.forget_recipients(announcement, SLICE)
            await asyncio.sleep(0)

    async def _found(self, announcement: Announcement) -> tuple[Sequence[int], Collection[int]]:
        """The audience in the order of ids, and who of all people had this very text."""
        office = self._office
        async with office.database.snapshot() as connection:
            desk = office.desk(connection)
            people = await office.letters.audience(desk, announcement)
            return people, await desk.storage.mailings.had_the_same(announcement, since=desk.now - SAME_FOR)

    async def _write(self, announcement: Announcement, people: Iterable[tuple[int, str | None]]) -> bool:
        async with self._office.database.transaction() as connection:
            mailings = Storage(connection).mailings
            if not await mailings.may_gather(announcement):
                return False
            await mailings.gather(announcement, people)
            fault_point("mailing.before_commit")
        fault_point("mailing.after_commit")
        return True


def _marked(people: Iterable[int], same: Collection[int]) -> Iterable[tuple[int, str | None]]:
    return ((one, Left.SAME_TEXT.value if one in same else None) for one in people)
