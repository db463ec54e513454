"""Making an announcement's messages a little ahead of the sender, with the place where it stands in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.contest.announcing.model import Announcement, Left
from bot.contest.placeholders import is_personal, lacks
from bot.faultpoints import fault_point
from bot.pipeline.mailing.letters import Draw, Office
from bot.talk.case import Notice
from bot.talk.engine import Engine
from bot.talk.seal import EVERYBODY
from storage.mailings import Next
from storage.outbox import MOST_IN_BATCH, Priority
from storage.storage import Storage

Body = Mapping[str, Any]
#: So much lies ready for the sender: some two seconds of its pace, for one text of many and for texts of one each.
AHEAD, AHEAD_WORDED = 4000, 1000
#: So much is made in one transaction: others wait no longer than some milliseconds.
SLICE, SLICE_WORDED = 1000, 200
#: Between letters that are drawn one by one, others have their turn.
DRAW_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Slice:
    """The next messages: whose they are, and who is left out after all."""

    people: Sequence[int]
    left_out: Mapping[int, str]
    #: Up to whom, by id; 0: nobody is left.
    up_to: int
    #: The messages of each, in order; None: the same for all.
    own: Mapping[int, Sequence[Body]] | None = None


class Feeding:
    """Feeds; the database remembers how far, so that a kill loses and doubles nobody."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: Of announcements that are the same for all: what their messages are, drawn once.
        self._drawn: dict[tuple[int, int], Sequence[Body]] = {}

    async def feed(self, announcement: Announcement) -> bool:
        """Fill the outbox up; whether anything was made."""
        fed = False
        while True:
            personal = is_personal(announcement.text)
            after = await (self._feed_worded(announcement) if personal else self._feed_equal(announcement))
            if after is None:
                return fed
            fed = True
            if after.fed_at is not None:
                self._drawn.pop((announcement.id, announcement.version), None)
                return fed
            announcement = after
            await asyncio.sleep(0)

    async def _feed_equal(self, announcement: Announcement) -> Announcement | None:
        bodies = await self._body(announcement)
        async with self._office.database.transaction() as connection:
            storage = Storage(connection)
            if not await self._wanted(storage, announcement, AHEAD):
                return None
            found = _sliced(await storage.mailings.next(announcement, SLICE))
            found = _without(found, await storage.restoring.had(_words(bodies)))
            for start in range(0, len(found.people), MOST_IN_BATCH):
                for body in bodies:
                    await storage.outbox.add_batch(
                        found.people[start : start + MOST_IN_BATCH],
                        body,
                        at=self._office.now(),
                        announcement_id=announcement.id,
                    )
            after = await self._write(storage, announcement, found)
            fault_point("mailing.before_commit")
        fault_point("mailing.after_commit")
        return after

    async def _feed_worded(self, announcement: Announcement) -> Announcement | None:
        """Drawn before the transaction: whoever of them asks for no more news meanwhile has been too late."""
        async with self._office.database.transaction() as connection:
            storage = Storage(connection)
            if not await self._wanted(storage, announcement, AHEAD_WORDED):
                return None
            found = _sliced(await storage.mailings.next(announcement, SLICE_WORDED))
        found = await self._worded(announcement, found)
        async with self._office.database.transaction() as connection:
            storage = Storage(connection)
            if not await self._wanted(storage, announcement, AHEAD_WORDED):
                return None
            own = found.own or {}
            found = _without(found, [one for one in own if await storage.restoring.said_already(one, _words(own[one]))])
            for person_id in found.people:
                for body in own.get(person_id, ()):
                    await storage.outbox.add(
                        person_id,
                        body,
                        at=self._office.now(),
                        priority=Priority.BULK,
                        announcement_id=announcement.id,
                    )
            after = await self._write(storage, announcement, found)
            fault_point("mailing.before_commit")
        fault_point("mailing.after_commit")
        return after

    async def _wanted(self, storage: Storage, announcement: Announcement, ahead: int) -> bool:
        if await storage.outbox.ahead(announcement.id) >= ahead:
            return False
        return await storage.mailings.feedable(announcement)

    async def _write(self, storage: Storage, announcement: Announcement, found: Slice) -> Announcement:
        await storage.mailings.leave_out(announcement, found.left_out)
        return await storage.mailings.fed(
            announcement,
            fed_to=found.up_to or announcement.fed_to,
            left_out=len(found.left_out),
            all_at=None if found.up_to else self._office.now(),
        )

    async def _body(self, announcement: Announcement) -> Sequence[Body]:
        key = (announcement.id, announcement.version)
        if key not in self._drawn:
            async with self._office.database.snapshot() as connection:
                draw = await self._office.letters.letter(self._office.desk(connection), announcement)
            self._drawn[key] = _bodies(self._office.engine, draw, {})
        return self._drawn[key]

    async def _worded(self, announcement: Announcement, found: Slice) -> Slice:
        """Each one's letter; whoever lacks what the text needs is left out."""
        if not found.people:
            return found
        office = self._office
        async with office.database.snapshot() as connection:
            desk = office.desk(connection)
            draw = await office.letters.letter(desk, announcement)
            values = await office.letters.values(desk, announcement, found.people)
        lacking = {one for one in found.people if lacks(announcement.text, values.get(one, {}))}
        own: dict[int, Sequence[Body]] = {}
        for number, person_id in enumerate(found.people):
            if person_id not in lacking:
                own[person_id] = _bodies(office.engine, draw, values.get(person_id, {}))
            if number % DRAW_AT_ONCE == 0:
                await asyncio.sleep(0)
        return replace(found, own=own, left_out={**found.left_out, **dict.fromkeys(lacking, Left.NO_NUMBER.value)})


def _bodies(engine: Engine, draw: Draw, values: Mapping[str, str]) -> Sequence[Body]:
    """The message, in parts where it is too long for one; anybody may press its buttons."""
    return [post.body.to_json() for post in engine.notice(Notice(EVERYBODY, draw(values)))]


def _words(bodies: Sequence[Body]) -> str:
    """What a message is known by, where a copy of the database was put back: its beginning, if it is in parts."""
    return str(bodies[0].get("text", "")) if bodies else ""


def _without(found: Slice, had: Collection[int]) -> Slice:
    """The slice without those who had these words after a copy of the database that was put back was made."""
    again = [one for one in found.people if one in had]
    if not again:
        return found
    left_out = {**found.left_out, **dict.fromkeys(again, Left.SAME_TEXT.value)}
    return replace(found, people=[one for one in found.people if one not in had], left_out=left_out)


def _sliced(found: Sequence[Next]) -> Slice:
    return Slice(
        people=[one.person_id for one in found if one.left_out is None],
        left_out={one.person_id: one.left_out for one in found if one.left_out is not None},
        up_to=found[-1].person_id if found else 0,
    )
