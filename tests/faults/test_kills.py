"""The bot dies at every point of the way of an update, now at this pass of it and now at that, and nothing shows it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.faultpoints import POINTS
from tests.faults.expected import Expected
from tests.faults.scenario import play, played
from tests.faults.stage import staged
from tests.faults.stories import STORIES

#: Points that the stories pass; papers and migrations have tests of their own.
ON_THE_WAY = [point for point in POINTS if not point.startswith(("migration.", "papers.", "restoring."))]
#: Each story takes some of the points; `python -m tests.faults --points` takes every pass of every point in each.
SAMPLES = {
    "call": ("inbox.before_commit", "inbox.after_commit"),
    "registration": ("step.before_commit", "step.after_commit"),
    "contest": ("outbox.before_send", "outbox.after_send"),
    "scoring": ("outbox.before_mark", "outbox.after_mark"),
    "announcement": ("mailing.before_commit", "mailing.after_commit"),
    "import": ("job.before_run", "job.after_run", "job.after_commit"),
}
AT_ONCE = 2
#: These pass their points a few times only, and a table is read in a process of its own each time.
SELDOM = ("import", "announcement")


@pytest.fixture(scope="module", params=SAMPLES)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Expected]:
    """A story's name, and what it leads to without faults."""
    name = str(request.param)
    return name, asyncio.run(played(tmp_path_factory.mktemp(name), STORIES[name]))


def test_every_point_is_taken_by_a_story() -> None:
    assert sorted(point for points in SAMPLES.values() for point in points) == sorted(ON_THE_WAY)


async def test_f1_a_kill_at_a_point_loses_doubles_and_halves_nothing(
    story: tuple[str, Expected], tmp_path: Path
) -> None:
    name, expected = story

    async def struck(point: str, nth: int) -> bool:
        folder = tmp_path / f"{point}-{nth}"
        folder.mkdir()
        async with staged(folder) as stage:
            return await play(stage, STORIES[name], expected, f"{point}#{nth}")

    stride = 1 if name in SELDOM else len(STORIES[name].all) // AT_ONCE
    passes = 1 if name in SELDOM else AT_ONCE
    for point in SAMPLES[name]:
        async with asyncio.TaskGroup() as together:
            plays = [together.create_task(struck(point, 1 + nth * stride)) for nth in range(passes)]
        assert plays[0].result(), f"the story does not pass {point}"
