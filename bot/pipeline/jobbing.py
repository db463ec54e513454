"""Work on the network, outside any transaction; what comes of it enters by the inbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.faultpoints import fault_point
from bot.pipeline.stepping import MUTED
from bot.watching.correlation import on_behalf_of
from storage.database import Database
from storage.errors import UnavailableError
from storage.inbox import Arrival
from storage.jobs import Job
from storage.storage import Storage

log = logging.getLogger(__name__)

#: Does one kind of work: the argument in, a JSON-able result out. It may be run again after a crash.
Work = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]

MOST_AT_ONCE = 8
MOST_TRIES = 5
#: How often to look for jobs whose time has come, when nobody wakes us.
LOOK_EVERY_S = 5.0


class Jobbing:
    """Does what is due until it is stopped."""

    def __init__(
        self,
        database: Database,
        works: Mapping[str, Work],
        *,
        now: Callable[[], datetime],
        arrived: Callable[[], None],
    ) -> None:
        """`arrived` is called when a result is in the inbox."""
        self._database = database
        self._works = works
        self._now = now
        self._arrived = arrived
        self._asked = asyncio.Event()
        self._stopping = False
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._broken: BaseException | None = None
        self._asked.set()

    def wake(self) -> None:
        """There is work."""
        self._asked.set()

    def stop(self) -> None:
        """End `run` after the work in hand."""
        self._stopping = True
        self._asked.set()

    async def run(self) -> None:
        """Work until `stop`; what takes long holds nothing else up. Raises what a job's end in the database raised."""
        try:
            while not self._stopping:
                self._asked.clear()
                try:
                    await self._begin()
                except UnavailableError as error:
                    log.warning("jobs: the database can't be written: %s", error)
                await self._asked_or_late()
                if self._broken is not None:
                    raise self._broken
            await asyncio.gather(*self._in_hand.values(), return_exceptions=True)
        finally:
            for task in self._in_hand.values():
                task.cancel()

    async def work(self) -> int:
        """Do what is due now, to its end; how many jobs that were."""
        await self._begin()
        tasks = list(self._in_hand.values())
        await asyncio.gather(*tasks)
        return len(tasks)

    async def _begin(self) -> None:
        """Begin what is due, as far as there is room."""
        if len(self._in_hand) >= MOST_AT_ONCE:
            return
        async with self._database.transaction() as connection:
            jobs = await Storage(connection).jobs.due(MOST_AT_ONCE + len(self._in_hand), now=self._now())
            fresh = [job for job in jobs if job.id not in self._in_hand]
            for job in fresh[: MOST_AT_ONCE - len(self._in_hand)]:
                self._in_hand[job.id] = asyncio.create_task(self._do(job))
                self._in_hand[job.id].add_done_callback(partial(self._ended, job.id))

    async def _asked_or_late(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._asked.wait()
        except TimeoutError:
            return

    def _ended(self, job_id: int, task: asyncio.Task[None]) -> None:
        """One that could not be written down is still due: it is done again at the next look."""
        del self._in_hand[job_id]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, UnavailableError):
            log.warning("jobs: the database can't be written: %s", error)
            return
        self._broken = self._broken or error
        self._arrived()
        self._asked.set()

    async def _do(self, job: Job) -> None:
        with on_behalf_of("job", job.id):
            await self._done(job)

    async def _done(self, job: Job) -> None:
        fault_point("job.before_run")
        try:
            result = await self._works[job.kind](job.argument)
        except Exception as error:  # noqa: BLE001 - one job must not stop the others
            log.warning("job %s (%s): %s", job.id, job.kind, type(error).__name__)
            await self._failed(job, type(error).__name__)
            return
        fault_point("job.after_run")
        async with self._database.transaction() as connection:
            await self._settle(Storage(connection), job, result)
        fault_point("job.after_commit")

    async def _failed(self, job: Job, error: str) -> None:
        async with self._database.transaction() as connection:
            storage = Storage(connection)
            if job.tries + 1 < MOST_TRIES:
                pause = timedelta(seconds=2 ** (job.tries + 1))
                await storage.jobs.later(job.id, self._now() + pause, error)
            else:
                await self._settle(storage, job, {"failed": True}, error)

    async def _settle(self, storage: Storage, job: Job, result: Mapping[str, Any], error: str = "") -> None:
        """The end of the job and its result in the inbox belong together."""
        now = self._now()
        await storage.jobs.settle(job.id, at=now, state="dead" if error else "done", error=error)
        person_id = int(job.argument["person_id"])
        raw = job_done(job.kind, person_id, {**job.argument, **result}, now)
        arrival = Arrival(f"job:{job.id}", person_id, None, raw, muted=bool(job.argument.get(MUTED)))
        await storage.inbox.store([arrival], at=now)


def job_done(kind: str, person_id: int, result: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The update that brings a job's result back to a talk: stored in the inbox like the messenger's own."""
    thing = {"kind": kind, "person_id": person_id, "result": dict(result)}
    return {"type": "job_done", "object": thing, "at": round(at.timestamp() * 1000)}
