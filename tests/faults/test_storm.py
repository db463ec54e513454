"""Kills at random moments under load; `python -m tests.faults` does so for as long as one likes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.faults.stage import staged
from tests.faults.storm import storm


@pytest.mark.parametrize("seed", [1, 2])
async def test_f1_kills_at_random_moments_under_load_lose_double_and_reorder_nothing(seed: int, tmp_path: Path) -> None:
    lines: list[str] = []
    async with staged(tmp_path) as stage:
        try:
            tally = await storm(stage, Random(seed), kills=5, say=lines.append)
        except BaseException:
            print(f"seed {seed}", *lines, sep="\n")
            raise
    assert tally.kills >= 5
    assert tally.messages > 0
