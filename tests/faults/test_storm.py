"""Kills at random moments under load; `python -m tests.faults` does so for as long as one likes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.faults.roles import rehearsed
from tests.faults.stage import staged
from tests.faults.stories.evening import open_events
from tests.faults.storm import begun, storm

KILLS = 4


@pytest.mark.parametrize("seed", [1])
async def test_f1_kills_at_random_moments_under_load_lose_double_and_reorder_nothing(seed: int, tmp_path: Path) -> None:
    lines: list[str] = []
    place = tmp_path / "storm"
    place.mkdir()
    roles = await rehearsed(tmp_path, ["chats"], open_events)
    async with staged(place) as stage, begun(stage, Random(seed), roles, announces=False) as found:
        try:
            await storm(found, kills=KILLS, say=lines.append)
        except BaseException:
            print(f"seed {seed}", *lines, sep="\n")
            raise
    assert found.kills >= KILLS
    assert found.messages > 0
