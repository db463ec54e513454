"""How far an announcement is, for those who watch it: one message each, which changes in its place."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass

from bot.contest.announcing.model import OVER, Announcement, Figures
from bot.pipeline.mailing.letters import Office
from bot.talk.case import Notice
from bot.talk.model import Reply
from storage.announcements import progress_key
from storage.mailings import Watcher
from storage.outbox import Priority
from storage.storage import Storage

#: An announcement that runs is looked at so often; one that is over, but for a few messages on the way, less so.
EVERY_S, OVER_EVERY_S = 3.0, 30.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of showing."""

    #: Something was put on its way.
    wrote: bool = False
    #: What everybody who watches has now; None: not everybody, or nobody looked.
    figures: Figures | None = None


class Showing:
    """Shows; only when the figures have changed."""

    def __init__(self, office: Office) -> None:
        self._office = office
        #: In what state each announcement was shown last, and when it is to be looked at again.
        self._next: dict[int, tuple[str, float]] = {}

    async def show(self, announcement: Announcement) -> Shown:
        """Show how far it is, if it is time: a new state at once, figures from time to time."""
        now_s = asyncio.get_running_loop().time()
        state, again_s = self._next.get(announcement.id, ("", 0.0))
        if state == announcement.state and now_s < again_s:
            return Shown()
        over = announcement.state in OVER
        figures, reply = await self._drawn(announcement)
        wrote, waiting = await self._tell(announcement, figures, reply)
        if waiting and over:  # the report is not to be late
            return Shown(wrote)
        self._next[announcement.id] = (announcement.state, now_s + (OVER_EVERY_S if over else EVERY_S))
        return Shown(wrote, None if waiting else figures)

    def forget(self, announcement: Announcement) -> None:
        """It is not shown any more."""
        self._next.pop(announcement.id, None)

    async def _drawn(self, announcement: Announcement) -> tuple[Figures, Reply]:
        office = self._office
        async with office.database.snapshot() as connection:
            desk = office.desk(connection)
            figures = await desk.storage.announcements.figures(announcement, read=announcement.state in OVER)
            return figures, await office.letters.progress(desk, announcement, figures)

    async def _tell(self, announcement: Announcement, figures: Figures, reply: Reply) -> tuple[bool, bool]:
        """Whether anybody was told, and whether somebody is yet to be: an edit goes only after the one before it."""
        shown = _shown(announcement, figures)
        async with self._office.database.transaction() as connection:
            storage = Storage(connection)
            if await storage.mailings.shown(announcement) == shown:
                return False, False
            watchers = await storage.mailings.watchers(announcement)
            ready = [one for one in watchers if not one.on_the_way]
            for watcher in ready:
                await self._write(storage, announcement, watcher, reply)
            if len(ready) == len(watchers):
                await storage.mailings.show(announcement, shown)
        return bool(ready), len(ready) < len(watchers)

    async def _write(self, storage: Storage, announcement: Announcement, watcher: Watcher, reply: Reply) -> None:
        """A message of its own, unless one was sent, here or as the answer to a button; then that one changes."""
        person_id, now = watcher.person_id, self._office.now()
        key, row = progress_key(announcement.id, person_id), None
        body = self._office.engine.notice(Notice(person_id, reply))[0].body.to_json()
        if watcher.outbox_id is None:
            row = await storage.outbox.add(person_id, body, at=now, priority=Priority.NOTICE, key=key)
        if row is None:
            row = await storage.outbox.add(
                person_id, body, at=now, kind="edit", priority=Priority.REPLY, target_key=key
            )
        if row is not None:
            await storage.mailings.shown_to(announcement, person_id, row)


def _shown(announcement: Announcement, figures: Figures) -> str:
    """What makes two reports differ; how many have read it changes all the time, and is asked for."""
    facts = {**asdict(figures), "read": 0, "state": announcement.state, "held": announcement.held}
    return json.dumps(facts, sort_keys=True)
