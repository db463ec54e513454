"""The worker: takes what waits in the inbox, many updates to a commit, each in a savepoint of its own.

An update whose step raises stays and is tried again, before anything newer of the same person; after the third
time it is set aside with its traceback, the person gets a neutral answer, and the others have long gone on.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.faultpoints import fault_point
from bot.pipeline.stepping import Stepping
from bot.watching.correlation import on_behalf_of
from storage.database import Database
from storage.errors import UnavailableError
from storage.inbox import Update
from storage.storage import Storage

log = logging.getLogger(__name__)

#: Updates to a commit: more share the price of a disk write, fewer let the sender start sooner.
MOST_AT_ONCE, FEWEST_AT_ONCE = 64, 8
#: A batch ends after this time even if more waits: the others' turn, and the sender's, comes after its commit.
LONGEST_BATCH_S = 0.015
#: How long to wait when the database can't take a write.
BACK_OFF_S = 1.0


class _StepRaisedError(Exception):
    """A step of the batch raised something, or the file failed under it."""


class Worker:
    """Works the inbox off until it is stopped."""

    def __init__(
        self,
        database: Database,
        stepping: Stepping,
        *,
        now: Callable[[], datetime],
        done: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`done` is called after a commit that may have messages to send or work to do."""
        self._database = database
        self._stepping = stepping
        self._now = now
        self._monotonic = monotonic
        self._done = done
        #: No more are read than will probably be worked off.
        self._at_once = MOST_AT_ONCE
        self._arrived = asyncio.Event()
        self._stopping = False
        self._arrived.set()

    def wake(self) -> None:
        """There is something in the inbox."""
        self._arrived.set()

    def stop(self) -> None:
        """End `run` after the batch in hand."""
        self._stopping = True
        self._arrived.set()

    async def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping:
            await self._arrived.wait()
            self._arrived.clear()
            try:
                while await self.work() and not self._stopping:
                    pass
            except UnavailableError as error:
                log.warning("inbox: the database can't be written: %s", error)
                await asyncio.sleep(BACK_OFF_S)
                self._arrived.set()

    async def work(self) -> int:
        """Work one batch off; how many updates it had.

        First without savepoints, which cost a tenth of a step; if anything raises, the batch is undone as a whole and
        worked off anew with them.
        """
        try:
            return await self._batch(self._plainly)
        except _StepRaisedError:
            return await self._batch(self._try)

    async def _batch(self, step: Callable[[Storage, Update, datetime], Awaitable[bool]]) -> int:
        now = self._now()
        async with self._database.transaction() as connection:
            storage = Storage(connection)
            updates = await storage.inbox.waiting(self._at_once)
            done: list[int] = []
            held: set[int] = set()
            ends_at = self._monotonic() + LONGEST_BATCH_S
            for update in updates:
                if update.person_id in held:
                    continue
                if done and self._monotonic() > ends_at:
                    break
                if await step(storage, update, now):
                    done.append(update.id)
                else:
                    held.add(update.person_id)
            if done:
                await storage.inbox.done(done, at=now)
            if updates:
                fault_point("step.before_commit")
        self._stepping.committed()
        self._at_once = min(MOST_AT_ONCE, 2 * len(done) + FEWEST_AT_ONCE)
        if updates:
            fault_point("step.after_commit")
            self._done()
        return len(updates)

    async def _plainly(self, storage: Storage, update: Update, now: datetime) -> bool:
        with on_behalf_of("update", update.id):
            try:
                await self._stepping.step(storage, update, now=now)
            except UnavailableError:
                raise
            except Exception as error:
                raise _StepRaisedError from error
            log.debug("done")
            return True

    async def _try(self, storage: Storage, update: Update, now: datetime) -> bool:
        with on_behalf_of("update", update.id):
            try:
                async with self._database.savepoint():
                    await self._stepping.step(storage, update, now=now)
            except UnavailableError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever a step raises, the others go on
                await self._failed(storage, update, error, now)
                return False
            log.debug("done")
            return True

    async def _failed(self, storage: Storage, update: Update, error: Exception, now: datetime) -> None:
        log.warning("update %s: the step raised %s (try %s)", update.id, type(error).__name__, update.tries + 1)
        trace = "".join(traceback.format_exception(error))
        if await storage.inbox.failed(update, trace, at=now):
            try:
                async with self._database.savepoint():
                    await self._stepping.apologize(storage, update, now=now)
            except UnavailableError:
                raise
            except Exception as second:  # noqa: BLE001 - not even the apology may stop the others
                log.warning("update %s: the apology raised %s", update.id, type(second).__name__)
