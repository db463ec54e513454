"""The bot dies at every point of the way of an update, at its first, second, third … pass, and nothing shows it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.faultpoints import POINTS
from tests.faults.expected import Expected
from tests.faults.scenario import play, played
from tests.faults.stage import staged

#: Points that every update passes; jobs and migrations have tests of their own.
ON_THE_WAY = [point for point in POINTS if not point.startswith(("job.", "migration."))]
AT_ONCE = 2


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    """What the story leads to without faults."""
    return asyncio.run(played(tmp_path_factory.mktemp("expected")))


@pytest.mark.parametrize("point", ON_THE_WAY)
async def test_f1_a_kill_at_this_point_loses_doubles_and_halves_nothing(
    point: str, expected: Expected, tmp_path: Path
) -> None:
    async def struck(nth: int) -> bool:
        folder = tmp_path / str(nth)
        folder.mkdir()
        async with staged(folder) as stage:
            return await play(stage, expected, f"{point}#{nth}")

    nth, hits = 1, [True]
    while all(hits):
        async with asyncio.TaskGroup() as together:
            plays = [together.create_task(struck(n)) for n in range(nth, nth + AT_ONCE)]
        hits = [task.result() for task in plays]
        nth += AT_ONCE
    assert nth > AT_ONCE, "the story does not pass this point"
