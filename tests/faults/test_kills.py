"""The bot dies at every point of the way of an update, at its first, second, third … pass, and nothing shows it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.faultpoints import POINTS
from tests.faults.expected import Expected
from tests.faults.scenario import play, played
from tests.faults.stage import staged
from tests.faults.stories import STORIES

#: Points that every update passes; jobs, papers and migrations have tests of their own.
ON_THE_WAY = [point for point in POINTS if not point.startswith(("job.", "migration.", "papers."))]
AT_ONCE = 4
#: A sample of the passes; `python -m tests.faults --points` kills at every one.
STEP = {"call": 7, "registration": 20}


@pytest.fixture(scope="module", params=STORIES)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Expected]:
    """A story's name, and what it leads to without faults."""
    name = str(request.param)
    return name, asyncio.run(played(tmp_path_factory.mktemp(name), STORIES[name]))


@pytest.mark.parametrize("point", ON_THE_WAY)
async def test_f1_a_kill_at_this_point_loses_doubles_and_halves_nothing(
    point: str, story: tuple[str, Expected], tmp_path: Path
) -> None:
    name, expected = story

    async def struck(nth: int) -> bool:
        folder = tmp_path / str(nth)
        folder.mkdir()
        async with staged(folder) as stage:
            return await play(stage, STORIES[name], expected, f"{point}#{nth}")

    nth, hits = 1, [True]
    while all(hits):
        async with asyncio.TaskGroup() as together:
            passes = range(nth, nth + AT_ONCE * STEP[name], STEP[name])
            plays = [together.create_task(struck(one)) for one in passes]
        hits = [task.result() for task in plays]
        assert hits[0] or nth > 1, "the story does not pass this point"
        nth += AT_ONCE * STEP[name]
