"""What a machine does to a bot, for the long runs: a disk that is really full, two starts at once again and again.

The suite shows the same of a full disk with a limit on the size of files, which needs nobody's permission.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.settings import EXIT_IN_USE
from storage.copying import copied
from storage.errors import UnavailableError
from tests.faults import invariants
from tests.faults.child import Child, run_bot_with
from tests.faults.stage import Stage, environment_of, staged
from tests.vk.world import until

SMALL_BYTES = 4 << 20
STARTS = 20
#: The second of two starts comes at most so much later; the first has the database open by then, or nearly.
SKEW_S = 0.3


async def run_all(folder: Path, random: Random, say: Callable[[str], None]) -> None:
    """Everything of this file, a line each."""
    for number in range(STARTS):
        place = folder / f"pair-{number}"
        place.mkdir()
        async with staged(place) as stage:
            await two_start_at_once(stage, skew_s=random.uniform(0, SKEW_S))
    say(f"two bots at once, {STARTS} times: one worked, one was refused, nothing was doubled")
    (folder / "lock").mkdir()
    async with staged(folder / "lock") as stage:
        await lock_deleted(stage)
    say("the lock deleted by hand: the bot that came later works, the first one stops, nothing was doubled")
    for name, story in (("the database's disk", full_disk), ("the copies' disk", full_disk_for_copies)):
        place = folder / story.__name__
        place.mkdir()
        with small_disk(place) as disk:
            if disk is None:
                say(f"{name}, really full: not tried, this machine lets nobody mount one")
                continue
            async with staged(place) as stage:
                await story(stage, disk)
            say(f"{name}, really full: nothing lost, goes on when there is room")


async def two_start_at_once(stage: Stage, *, skew_s: float = 0.0) -> None:
    """F31: one works, the other is refused, whoever of them was first."""
    anna = stage.person("Анна", "Смирнова")
    environment = dict(environment_of(stage.url, stage.database))
    pair = []
    for name in "ab":
        pair.append(Child(run_bot_with, environment, stage.folder, output=stage.folder / f"{name}.log"))
        if not pair[1:] and skew_s:
            await asyncio.sleep(skew_s)
    done, running = await asyncio.wait([child.ended for child in pair], return_when=asyncio.FIRST_COMPLETED)
    assert [task.result() for task in done] == [EXIT_IN_USE]
    [winner] = [child for child in pair if child.ended in running]
    stage.adopt(winner)
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    assert await stage.stop() == 0
    stage.look()


async def lock_deleted(stage: Stage) -> None:
    """F31: whoever deletes the lock may start a second bot; the first one sees it and goes, and nothing is doubled."""
    people = [stage.person("Анна", f"Смирнова-{number}") for number in range(10)]
    environment = dict(environment_of(stage.url, stage.database))
    stage.start()
    await stage.ready()
    for person in people:
        stage.starts(person)
    await stage.until(lambda: all(len(stage.seen(one)) == 2 for one in people))
    first = stage.child
    stage.database.with_name("bot.db.lock").unlink()
    stage.adopt(Child(run_bot_with, environment, stage.folder, output=stage.folder / "second.log"))
    rounds = 0
    while not first.ended.done():
        rounds += 1
        for person in people:
            stage.write(person, "помощь")
        await stage.until(
            lambda wanted=2 + rounds: all(len(stage.seen(one)) >= wanted for one in people),  # type: ignore[misc]
            restarts=False,
        )
    assert first.ended.result() == EXIT_IN_USE, first.said()
    await stage.settled()
    assert await stage.stop() == 0
    stage.look()
    invariants.check_finished(stage.database)
    assert {one: len(stage.seen(one)) for one in people} == dict.fromkeys(people, 2 + rounds)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of four megabytes; None where this machine lets us make none."""
    place = folder / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_BYTES}", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


async def full_disk(stage: Stage, disk: Path) -> None:
    """F25: nothing is lost while the last byte is taken, and all goes on when there is room."""
    anna = stage.person("Анна", "Смирнова")
    stage.database = disk / "bot.db"
    stage.start()
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2 and stage.told_ts == stage.world.log.ts)
    filling = disk / "filling"
    fill(filling)
    for _ in range(20):
        stage.write(anna, "ы" * 4000)
    await until(lambda: "takes no writes" in stage.child.said())
    stage.look()
    assert stage.told_ts != stage.world.log.ts
    filling.unlink()
    await stage.until(lambda: stage.told_ts == stage.world.log.ts and len(stage.seen(anna)) > 2)
    assert await stage.stop() == 0
    stage.look()


async def full_disk_for_copies(stage: Stage, disk: Path) -> None:
    """F26: no half copy is left, and the bot goes on."""
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    fill(disk / "filling")
    try:
        await copied(stage.database, disk / "copy.db", at=datetime.now(UTC))
    except UnavailableError:
        pass
    else:
        raise AssertionError("a copy on a full disk")
    assert [path.name for path in disk.iterdir()] == ["filling"]
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    assert await stage.stop() == 0
    invariants.check_finished(stage.database)


def fill(path: Path) -> None:
    """Take the last byte of the disk."""
    with path.open("wb", buffering=0) as file:
        try:
            file.writelines(itertools.repeat(b"x" * 4096))
        except OSError:
            os.fsync(file.fileno())
