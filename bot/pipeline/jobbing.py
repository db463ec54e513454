"""Work on the network, outside any transaction; what comes of it enters by the inbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.faultpoints import fault_point
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
        self._asked.set()

    def wake(self) -> None:
        """There is work."""
        self._asked.set()

    def stop(self) -> None:
        """End `run` after the work in hand."""
        self._stopping = True
        self._asked.set()

    async def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._asked.wait()
            except TimeoutError:
                pass
            self._asked.clear()
            try:
                while await self.work() and not self._stopping:
                    pass
            except UnavailableError as error:
                log.warning("jobs: the database can't be written: %s", error)

    async def work(self) -> int:
        """Do what is due now; how many jobs that were."""
        async with self._database.transaction() as connection:
            jobs = await Storage(connection).jobs.due(MOST_AT_ONCE, now=self._now())
        if jobs:
            await asyncio.gather(*(self._do(job) for job in jobs))
            self._arrived()
        return len(jobs)

    async def _do(self, job: Job) -> None:
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
        await storage.inbox.store([Arrival(f"job:{job.id}", person_id, None, raw)], at=now)


def job_done(kind: str, person_id: int, result: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The update that brings a job's result back to a talk: stored in the inbox like the messenger's own."""
    thing = {"kind": kind, "person_id": person_id, "result": dict(result)}
    return {"type": "job_done", "object": thing, "at": round(at.timestamp() * 1000)}
