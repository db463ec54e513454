"""What the bot holds in memory; a system that has too little of it kills, and that is a kill like any other (F1)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.soak import memory_mb
from tests.faults.stage import staged

MOST_MB = 300
PEOPLE, MESSAGES = 20, 2


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read from /proc")
async def test_f41_memory_stays_below_its_bound_under_load(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        people = [stage.person("Анна", f"Смирнова-{number}") for number in range(PEOPLE)]
        stage.start()
        await stage.ready()
        for person in people:
            stage.starts(person)
            for _ in range(MESSAGES):
                stage.write(person, "помощь")
        last = people[-1]
        await stage.until(lambda: len(stage.world.ledger.accepted) == PEOPLE * (2 + MESSAGES))
        assert 0 < memory_mb(stage.child.pid) < MOST_MB
        assert len(stage.seen(last)) == 2 + MESSAGES
        assert await stage.stop() == 0
