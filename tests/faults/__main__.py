"""`python -m tests.faults`: the long loops, too long for the suite. Every fault point, then kills at random moments."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import sys
import tempfile
from itertools import count
from pathlib import Path
from random import Random

from bot.faultpoints import POINTS
from tests.faults import machine
from tests.faults.evidence import kept
from tests.faults.expected import Expected
from tests.faults.roles import PLAYED, rehearsed
from tests.faults.scenario import play, played
from tests.faults.soak import Soak
from tests.faults.stage import staged
from tests.faults.stories import STORIES
from tests.faults.stories.model import Story
from tests.faults.storm import begun, storm

#: So many plays at a time.
AT_ONCE = 4


def main() -> int:
    """Run what was asked for; an assertion that fails ends it."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=("kills", "soak", "machine"),
        default="kills",
        help="kills, a soak with restores, or full disks and two bots at once",
    )
    parser.add_argument("--minutes", type=float, default=10, help="of the soak (10)")
    parser.add_argument("--kills", type=int, default=100, help="random kills (100)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time, kills or not")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of the random moments")
    parser.add_argument("--points", action="store_true", help="first every fault point at each of its passes")
    parser.add_argument("--stories", nargs="*", choices=STORIES, default=list(STORIES), help="of --points (all)")
    parser.add_argument("--calm", action="store_true", help="kills alone: no lost answers, errors, doubled updates")
    asked = parser.parse_args()
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # whoever asked was killed before the answer
    with tempfile.TemporaryDirectory(dir=_in_memory()) as folder:
        if asked.points:
            asyncio.run(_points(Path(folder), asked.stories))
        print(f"seed {asked.seed}", flush=True)
        if asked.what == "machine":
            asyncio.run(machine.run_all(Path(folder), Random(asked.seed), _say))
        else:
            asyncio.run(_storms(Path(folder), asked))
    return 0


def _in_memory() -> str | None:
    """A kill of the process loses nothing that was written, wherever that lies; memory is faster."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


async def _points(folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / name).mkdir()
        expected = await played(folder / name, STORIES[name])
        for point in POINTS:
            passes = await _passes(folder / name, STORIES[name], expected, point)
            if passes:
                print(f"{name}: {point}: {passes} passes, a kill at each", flush=True)


async def _passes(folder: Path, story: Story, expected: Expected, point: str) -> int:
    """Kill at the first pass of the point, at the second …, until it is not passed so often; how often it was."""

    async def struck(nth: int) -> bool:
        place = folder / f"{point}-{nth}"
        place.mkdir()
        async with staged(place) as stage:
            return await play(stage, story, expected, f"{point}#{nth}")

    for first in count(1, AT_ONCE):
        async with asyncio.TaskGroup() as together:
            plays = [together.create_task(struck(nth)) for nth in range(first, first + AT_ONCE)]
        if not all(task.result() for task in plays):
            return first - 1 + sum(task.result() for task in plays)
    raise AssertionError


async def _storms(folder: Path, asked: argparse.Namespace) -> None:
    (folder / "storm").mkdir()
    roles = await rehearsed(folder, list(PLAYED))
    try:
        async with (
            staged(folder / "storm") as stage,
            begun(stage, Random(asked.seed), roles, troubles=not asked.calm) as found,
        ):
            if asked.what == "soak":
                await Soak(found, _say).run(asked.minutes)
            else:
                await storm(found, kills=asked.kills, seconds=asked.seconds, say=_say)
            _say(found.closing())
    except BaseException:
        _say(kept(folder / "storm"))
        raise


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
