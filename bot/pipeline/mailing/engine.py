"""The mailing engine: looks at what announcements need now, and does it, each time from what the database says.

Two loops, so that finding the recipients of a large one does not starve those that run.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.contest.announcing.model import Announcement, AnnouncementState, Left
from bot.contest.announcing.steps import CLOSE_AFTER, Todo, is_landing, is_over, todo
from bot.contest.quiet import is_quiet
from bot.pipeline.mailing.feeding import Feeding
from bot.pipeline.mailing.gathering import Gathering
from bot.pipeline.mailing.letters import Office
from bot.pipeline.mailing.recalling import Recalling
from bot.pipeline.mailing.showing import Showing
from storage.errors import UnavailableError
from storage.restoring import RESTORED_KEY
from storage.storage import Storage

log = logging.getLogger(__name__)
#: How often to look, at least and at most: an act takes effect, and the outbox is filled up, within this time.
LOOK_EVERY_S, LOOK_AT_MOST_EVERY_S = 0.5, 0.1
#: What failed in a way nobody thought of is left alone for so long.
AFTER_FAILURE_S = 30.0


class Mailing:
    """Moves announcements on until it is stopped; `wake()` it when messages have gone."""

    def __init__(self, office: Office, *, done: Callable[[], None]) -> None:
        """`done` is called after a commit that may have messages to send."""
        self._office = office
        self._done = done
        self._gathering = Gathering(office)
        self._feeding = Feeding(office)
        self._showing = Showing(office)
        self._recalling = Recalling(office)
        self._one_gathers, self._one_moves = asyncio.Lock(), asyncio.Lock()
        self._awake, self._stopped = asyncio.Event(), asyncio.Event()
        self._left_alone: dict[int, float] = {}

    def wake(self) -> None:
        """Messages have come to their end: there may be room for more."""
        self._awake.set()

    def stop(self) -> None:
        """End `run`."""
        self._stopped.set()
        self._awake.set()

    async def run(self) -> None:
        """Look until `stop`."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._again_and_again(self._gather_all))
            loops.create_task(self._again_and_again(self._move_all))

    async def look(self) -> bool:
        """Do all that is to be done now; whether there was anything."""
        gathered = await self._gather_all()
        return await self._move_all() or gathered

    async def _again_and_again(self, look: Callable[[], Awaitable[bool]]) -> None:
        while not self._stopped.is_set():
            try:
                await look()
            except UnavailableError as error:
                log.warning("announcements: the database can't be used: %s", error)
            except Exception:
                log.exception("announcements")
            await self._wait()

    async def _wait(self) -> None:
        self._awake.clear()
        if self._stopped.is_set():
            return
        await asyncio.sleep(LOOK_AT_MOST_EVERY_S)
        try:
            async with asyncio.timeout(LOOK_EVERY_S - LOOK_AT_MOST_EVERY_S):
                await self._awake.wait()
        except TimeoutError:
            return

    async def _gather_all(self) -> bool:
        async with self._one_gathers:
            return await self._each(self._gather, frozenset({Todo.GATHER}))

    async def _move_all(self) -> bool:
        async with self._one_moves:
            return await self._each(self._move, frozenset(Todo) - {Todo.GATHER})

    async def _each(self, act: Callable[[Announcement, Todo | None], Awaitable[bool]], kinds: frozenset[Todo]) -> bool:
        async with self._office.database.transaction() as connection:
            storage = Storage(connection)
            found = await storage.mailings.unfinished()
            blocked = await self._blocked(storage) if found else False
        acted = False
        for announcement in found:
            step = todo(announcement, now=self._office.now(), blocked=blocked)
            shows = announcement.under_way and Todo.FEED in kinds
            if (step in kinds or shows) and not self._is_left_alone(announcement):
                acted |= await self._tried(act, announcement, step if step in kinds else None)
        if acted:
            self._done()
        return acted

    async def _blocked(self, storage: Storage) -> bool:
        """At night, and after a copy of the database was put back until somebody has looked."""
        if await storage.settings.get(RESTORED_KEY) is not None:
            return True
        return is_quiet(self._office.now(), self._office.facts.zone)

    async def _tried(
        self, act: Callable[[Announcement, Todo | None], Awaitable[bool]], announcement: Announcement, step: Todo | None
    ) -> bool:
        """One that fails must not keep the others from going on."""
        try:
            return await act(announcement, step)
        except UnavailableError:
            raise
        except Exception:
            log.exception("announcement %s", announcement.id)
            self._left_alone[announcement.id] = asyncio.get_running_loop().time() + AFTER_FAILURE_S
            return False

    def _is_left_alone(self, announcement: Announcement) -> bool:
        return self._left_alone.get(announcement.id, 0.0) > asyncio.get_running_loop().time()

    async def _gather(self, announcement: Announcement, _step: Todo | None) -> bool:
        return await self._gathering.gather(announcement)

    async def _move(self, announcement: Announcement, step: Todo | None) -> bool:
        """Take the step, then show how far it is; whether anything was done."""
        match step:
            case Todo.FEED:
                acted = await self._feeding.feed(announcement)
            case Todo.CLOSE:
                return await self._close(announcement)
            case None:
                acted = False
            case _:
                acted = await self._turn(announcement, step)
        if step is None or step in (Todo.FEED, Todo.FINISH):
            acted |= (await self._showing.show(announcement)).wrote
        return acted

    async def _turn(self, announcement: Announcement, step: Todo) -> bool:
        """A step that is one short transaction; whether it was taken."""
        now = self._office.now()
        async with self._office.database.transaction() as connection:
            storage = Storage(connection)
            match step:
                case Todo.BEGIN:
                    return await storage.mailings.begin(announcement) is not None
                case Todo.RUN:
                    return await storage.mailings.run(announcement) is not None
                case Todo.HOLD:
                    await storage.outbox.hold(announcement.id)
                    return await storage.mailings.hold(announcement, held=True) is not None
                case Todo.RELEASE:
                    return await self._release(storage, announcement)
                case _:
                    waiting = await storage.mailings.waiting(announcement)
                    if not is_over(announcement, waiting=waiting.count, untried=waiting.untried, now=now):
                        return False
                    return await storage.mailings.done(announcement, at=now) is not None

    async def _release(self, storage: Storage, announcement: Announcement) -> bool:
        if await storage.mailings.hold(announcement, held=False) is None:
            return False
        if unwanted := set(await storage.outbox.unwanted(announcement.id)):
            await storage.mailings.leave_out(announcement, dict.fromkeys(unwanted, Left.NO_NEWS.value))
            await storage.mailings.fed(
                announcement, fed_to=announcement.fed_to, left_out=len(unwanted), all_at=announcement.fed_at
            )
        await storage.outbox.release(announcement.id, self._office.now())
        return True

    async def _close(self, announcement: Announcement) -> bool:
        """Take it back where that is wanted, show how it ended, and be done with it once nothing changes any more."""
        recalled, now = announcement.state is AnnouncementState.RECALLED, self._office.now()
        acted = recalled and await self._recalling.recall(announcement)
        shown = await self._showing.show(announcement)
        acted, figures = acted or shown.wrote, shown.figures
        since = announcement.acted_at or announcement.finished_at
        given_up = since is not None and now - since > CLOSE_AFTER
        if figures is None or (figures.on_the_way + figures.recalling and not given_up):
            return acted
        if is_landing(announcement, now=now):
            return acted
        if recalled and await self._recalling.recall_the_last(announcement):
            return True
        async with self._office.database.transaction() as connection:
            await Storage(connection).mailings.close(announcement, at=now)
        self._showing.forget(announcement)
        self._recalling.forget(announcement)
        return True
