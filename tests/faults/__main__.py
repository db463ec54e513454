"""`python -m tests.faults`: the long loops, too long for the suite. Every fault point, then kills at random moments."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from bot.faultpoints import POINTS
from tests.faults import machine
from tests.faults.evidence import kept
from tests.faults.expected import Expected
from tests.faults.roles import PLAYED, Role, rehearsed
from tests.faults.scenario import play, played
from tests.faults.soak import Soak
from tests.faults.stage import staged
from tests.faults.stories import STORIES
from tests.faults.stories.model import Story
from tests.faults.storm import Storm, begun, storm

#: So many plays at a time.
AT_ONCE = 4
#: Then a storm begins anew.
KILLS_A_STORM = 125


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
    """The kills, each so many on a database of their own: all of it is looked at after each of them; or one soak."""
    roles = await rehearsed(folder, list(PLAYED))
    random = Random(asked.seed)
    began_at, kills, messages = time.monotonic(), 0, 0
    if asked.what == "soak":
        await _one(folder / "soak", random, roles, asked, lambda found: Soak(found, _say).run(asked.minutes))
        return
    while kills < asked.kills and (left_s := asked.seconds - (time.monotonic() - began_at)) > 0:
        some = min(KILLS_A_STORM, asked.kills - kills)
        place = folder / f"storm-{kills}"
        found = await _one(place, random, roles, asked, partial(storm, kills=some, seconds=left_s, say=_say))
        kills, messages = kills + found.kills, messages + found.messages
    _say(f"{kills} kills, {messages} messages in {time.monotonic() - began_at:.0f} s, seed {asked.seed}: all sound")


async def _one(
    place: Path,
    random: Random,
    roles: Sequence[Role],
    asked: argparse.Namespace,
    rages: Callable[[Storm], Awaitable[None]],
) -> Storm:
    """A storm from its beginning to its end; what it leaves is kept where it fails."""
    place.mkdir()
    try:
        async with staged(place) as stage, begun(stage, random, roles, troubles=not asked.calm) as found:
            await rages(found)
            _say(found.closing())
    except BaseException:
        _say(kept(place))
        raise
    shutil.rmtree(place)
    return found


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
