"""`python -m tests.faults`: the long loops, too long for the suite. Every fault point, then kills at random moments."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
from itertools import count
from pathlib import Path
from random import Random

from bot.faultpoints import POINTS
from tests.faults.scenario import play, played
from tests.faults.stage import staged
from tests.faults.stories import STORIES
from tests.faults.storm import storm


def main() -> int:
    """Run what was asked for; an assertion that fails ends it."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="random kills (100)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time, kills or not")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of the random moments")
    parser.add_argument("--points", action="store_true", help="first every fault point at each of its passes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.points:
            asyncio.run(_points(Path(folder)))
        print(f"seed {asked.seed}", flush=True)
        asyncio.run(_kills(Path(folder), asked.seed, asked.kills, asked.seconds))
    return 0


async def _points(folder: Path) -> None:
    for name, story in STORIES.items():
        (folder / name).mkdir()
        expected = await played(folder / name, story)
        for point in POINTS:
            for nth in count(1):
                place = folder / f"{name}-{point}-{nth}"
                place.mkdir()
                async with staged(place) as stage:
                    if not await play(stage, story, expected, f"{point}#{nth}"):
                        break
            if nth > 1:
                print(f"{name}: {point}: {nth - 1} passes, a kill at each", flush=True)


async def _kills(folder: Path, seed: int, kills: int, seconds: float) -> None:
    (folder / "storm").mkdir()
    async with staged(folder / "storm") as stage:
        tally = await storm(stage, Random(seed), kills=kills, seconds=seconds, say=lambda line: print(line, flush=True))
        print(f"sound after {tally.kills} kills: {tally.messages} messages, none lost, none doubled, none out of order")


if __name__ == "__main__":
    sys.exit(main())
