"""What is due by the clock: asked of the database every few seconds, made unique by the keys of what it sends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.contest.facts import Facts
from bot.pipeline.stepping import ask_all, post_all
from bot.talk.case import Desk
from bot.talk.engine import Engine
from bot.talk.texts import Texts
from storage.database import Database
from storage.errors import UnavailableError
from storage.storage import Storage

log = logging.getLogger(__name__)

#: Looks for what is due now and puts it on the desk. A missed or doubled look must not matter. True: there is more, and
#: it goes on in a transaction of its own.
Chore = Callable[[Desk[Storage]], Awaitable[bool | None]]

LOOK_EVERY_S = 5.0
#: So often one chore goes on at one look: the others have their turn, and who talks has it in between.
MOST_AT_ONCE = 10
#: VK repeats no update so old; docs/faults.md, F20, asks for a week at least.
UPDATES_KEPT = timedelta(days=30)


class Chores:
    """Does the chores until it is stopped."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        texts: Texts,
        facts: Facts,
        chores: Sequence[Chore],
        *,
        now: Callable[[], datetime],
        done: Callable[[], None],
        after_copy: Callable[[], bool] = bool,
    ) -> None:
        """`done` is called after a commit that may have messages to send; `after_copy`: see `post_all`."""
        self._after_copy = after_copy
        self._database = database
        self._engine = engine
        self._texts = texts
        self._facts = facts
        self._chores = chores
        self._now = now
        self._done = done
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """End `run`."""
        self._stopped.set()

    async def run(self) -> None:
        """Look every few seconds until `stop`."""
        while not self._stopped.is_set():
            await self.look()
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._stopped.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Do each chore, in transactions of its own."""
        for chore in self._chores:
            try:
                for _ in range(MOST_AT_ONCE):
                    if not await self._do(chore):
                        break
                    self._done()
                    await asyncio.sleep(0)
            except UnavailableError as error:
                log.warning("chores: the database can't be written: %s", error)
            except Exception:
                log.exception("chore %s", getattr(chore, "__name__", "?"))
        self._done()

    async def _do(self, chore: Chore) -> bool:
        async with self._database.transaction() as connection:
            storage = Storage(connection)
            desk = Desk(now=self._now(), storage=storage, texts=self._texts, facts=self._facts)
            more = await chore(desk)
            posts = [post for notice in desk.notices for post in self._engine.notice(notice)]
            await post_all(storage, posts, now=desk.now, after_copy=self._after_copy())
            await ask_all(storage, desk.tasks, now=desk.now)
        return bool(more)


async def forget_old_updates(desk: Desk[Storage]) -> None:
    """What people wrote is not kept in the inbox longer than a repetition of it could come."""
    await desk.storage.inbox.forget_before(desk.now - UPDATES_KEPT)
