"""What the machine does to a running bot: full disks, a copy taken in the midst of work, a log that takes nothing."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import EXIT_CONFIG, EXIT_IN_USE
from storage.copying import copied, put_back
from storage.errors import DamagedError, InUseError, TooNewError, UnavailableError, UnopenableError
from tests.faults import invariants
from tests.faults.child import Child, run_bot_with, run_command
from tests.faults.stage import Stage, environment_of, staged
from tests.vk.world import until

ROUNDS, PEOPLE = 3, 10
SMALL_BYTES = 4 << 20


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as found:
        yield found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes, where this machine lets one be made."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_BYTES}", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


async def command(stage: Stage, *arguments: str) -> tuple[int, str]:
    """`python -m bot …` beside the bot; its exit code and what it said."""
    environment = {**environment_of(stage.url, stage.database), **stage.settings}
    output = stage.folder / "command.log"
    output.unlink(missing_ok=True)
    child = Child(run_command, environment, stage.folder, arguments, output=output)
    return await child.ended, child.said()


async def test_f36_copies_taken_while_people_write_are_whole_and_agree_with_themselves(stage: Stage) -> None:
    people = [stage.person("Анна", f"Смирнова-{number}") for number in range(PEOPLE)]
    stage.start()
    await stage.ready()
    for person in people:
        stage.starts(person)
    folder = stage.folder / "copies"
    folder.mkdir()
    for number in range(ROUNDS):
        for person in people:
            stage.write(person, "меню")
        copy = folder / f"{number}.db"
        await copied(stage.database, copy, at=datetime.now(UTC))
        invariants.check_invariants(copy)
        assert copy.stat().st_mode & 0o077 == 0
    await stage.until(lambda: all(len(stage.seen(one)) == 2 + ROUNDS for one in people))
    code, said = await command(stage, "backup", str(folder), "--keep", "2")
    assert (code, "копия записана и проверена" in said) == (0, True)
    assert await stage.stop() == 0
    stage.look()
    assert sorted(path.suffix for path in folder.iterdir()) == [".db"] * (ROUNDS + 1)

    stage.database.write_bytes(b"not a database any more")
    code, said = await command(stage, "restore", str(folder / "1.db"))
    assert code == 0
    assert "bot.db.before-restore-" in said
    invariants.check_invariants(stage.database)
    [former] = stage.folder.glob("bot.db.before-restore-*Z")
    assert former.read_bytes() == b"not a database any more"


async def test_f36_a_copy_is_refused_where_it_would_destroy_or_mislead(stage: Stage) -> None:
    stage.start()
    await stage.ready()
    copy = stage.folder / "copy.db"
    assert (await command(stage, "backup", str(copy)))[0] == 0
    before = copy.read_bytes()
    code, said = await command(stage, "backup", str(copy))
    assert (code, said) == (1, f"{copy} уже есть: копия не записана, чтобы не затереть прежнюю.\n")
    assert copy.read_bytes() == before
    with pytest.raises(InUseError, match="Сначала остановите его"):
        await put_back(copy, stage.database, at=datetime.now(UTC))
    assert (await command(stage, "restore", str(copy)))[0] == EXIT_IN_USE
    assert await stage.stop() == 0

    whole = stage.database.read_bytes()
    foreign = stage.folder / "foreign.db"
    for made, refusal in ((before[: len(before) // 2], DamagedError), (b"", DamagedError)):
        foreign.write_bytes(made)
        with pytest.raises(refusal, match="эта копия не годится"):
            await put_back(foreign, stage.database, at=datetime.now(UTC))
    newer = bytearray(before)
    newer[60:64] = (99).to_bytes(4, "big")  # user_version, at its place in the header
    foreign.write_bytes(newer)
    with pytest.raises(TooNewError, match="обновите бота"):
        await put_back(foreign, stage.database, at=datetime.now(UTC))
    assert stage.database.read_bytes() == whole


async def test_f36_a_restore_that_was_killed_halfway_is_finished_before_anything_starts(stage: Stage) -> None:
    stage.start()
    await stage.ready()
    assert await stage.stop() == 0
    copy = stage.folder / "copy.db"
    await copied(stage.database, copy, at=datetime.now(UTC))
    (stage.folder / "bot.db.restoring").write_bytes(copy.read_bytes())
    stage.database.rename(stage.folder / "bot.db.before-restore-x")
    child = Child(
        run_bot_with, dict(environment_of(stage.url, stage.database)), stage.folder, output=stage.folder / "r.log"
    )
    assert await child.ended == EXIT_CONFIG
    assert "восстановление не закончено" in child.said()
    assert not stage.database.exists()
    await put_back(copy, stage.database, at=datetime.now(UTC))
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)


async def test_f26_a_full_disk_for_copies_is_said_and_the_bot_goes_on(stage: Stage, small_disk: Path) -> None:
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    (small_disk / "filling").write_bytes(b"x" * (SMALL_BYTES - (1 << 19)))
    code, said = await command(stage, "backup", str(small_disk / "copy.db"))
    assert code == 1
    assert "мало места" in said
    with pytest.raises(UnavailableError):
        await copied(stage.database, small_disk / "copy.db", at=datetime.now(UTC))
    assert [path.name for path in small_disk.iterdir()] == ["filling"]
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    assert await stage.stop() == 0


async def test_f26_a_log_that_takes_nothing_stops_nobody(stage: Stage) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    anna = stage.person("Анна", "Смирнова")
    environment = {**environment_of(stage.url, stage.database), "LOG_LEVEL": "DEBUG"}
    stage.adopt(Child(run_bot_with, environment, stage.folder, output=Path("/dev/full")))
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    stage.child.kill()
    await stage.child.ended
    stage.look()


async def test_f25_a_disk_that_is_really_full_loses_nothing_and_goes_on_when_there_is_room(
    stage: Stage, small_disk: Path
) -> None:
    anna = stage.person("Анна", "Смирнова")
    stage.database = small_disk / "bot.db"
    stage.start()
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2 and stage.told_ts == stage.world.log.ts)
    told, filling = stage.told_ts, small_disk / "filling"
    _fill(filling)
    for _ in range(20):
        stage.write(anna, "ы" * 4000)
    await until(lambda: "takes no writes" in stage.child.said())
    assert stage.told_ts == told or len(stage.seen(anna)) >= 2
    invariants.check_invariants(stage.database)
    filling.unlink()
    await stage.until(lambda: stage.told_ts == stage.world.log.ts and len(stage.seen(anna)) > 2)
    assert await stage.stop() == 0
    stage.look()


def _fill(path: Path) -> None:
    """Take the last byte of the disk."""
    with path.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        file.writelines(itertools.repeat(b"x" * 4096))


@pytest.mark.parametrize("name", ["nothing.db", ""])
async def test_a_copy_that_is_not_there_is_named(stage: Stage, name: str) -> None:
    with pytest.raises((UnopenableError, IsADirectoryError)):
        await put_back(stage.folder / name, stage.database, at=datetime.now(UTC))
