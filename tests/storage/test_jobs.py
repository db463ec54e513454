"""Jobs: asked for once, done when they are due, tried again, or given up."""

from __future__ import annotations

from storage.jobs import Job
from storage.storage import Storage
from tests.storage.world import HOUR, NOON

ARGUMENT = {"url": "https://scratch.mit.edu/projects/1", "person_id": 1}


async def test_a_job_is_done_once_however_often_it_was_asked_for(storage: Storage) -> None:
    id_ = await storage.jobs.add("check_link", ARGUMENT, at=NOON, key="link:1")
    assert id_ is not None
    assert await storage.jobs.add("check_link", ARGUMENT, at=NOON, key="link:1") is None
    assert await storage.jobs.due(8, now=NOON) == [Job(id_, "check_link", ARGUMENT, 0)]
    await storage.jobs.settle(id_, at=NOON)
    assert await storage.jobs.due(8, now=NOON) == []
    assert await storage.jobs.add("check_link", ARGUMENT, at=NOON, key="link:1") is None


async def test_jobs_are_done_in_the_order_in_which_they_are_due(storage: Storage) -> None:
    late = await storage.jobs.add("a", {}, at=NOON, due_at=NOON + 2 * HOUR)
    soon = await storage.jobs.add("b", {}, at=NOON, due_at=NOON + HOUR)
    assert await storage.jobs.due(8, now=NOON) == []
    assert await storage.jobs.next_due_at() == NOON + HOUR
    assert [job.id for job in await storage.jobs.due(8, now=NOON + 3 * HOUR)] == [soon, late]
    assert [job.id for job in await storage.jobs.due(1, now=NOON + 3 * HOUR)] == [soon]


async def test_a_job_that_failed_is_due_again_at_its_time_with_its_tries(storage: Storage) -> None:
    id_ = await storage.jobs.add("a", {}, at=NOON)
    assert id_ is not None
    await storage.jobs.later(id_, NOON + HOUR, "TimeoutError")
    assert await storage.jobs.due(8, now=NOON) == []
    [job] = await storage.jobs.due(8, now=NOON + HOUR)
    assert (job.id, job.tries) == (id_, 1)
    await storage.jobs.settle(id_, at=NOON + HOUR, state="dead", error="TimeoutError")
    assert await storage.jobs.count_due() == 0
    assert await storage.jobs.next_due_at() is None
