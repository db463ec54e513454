"""What the machine does to a running bot: full disks, a copy taken in the midst of work, a log that takes nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.commands.backup import make_backup
from bot.settings import EXIT_CONFIG, EXIT_IN_USE
from storage.copying import copied, put_back
from storage.errors import DamagedError, InUseError, TooNewError, UnopenableError
from tests.faults import invariants
from tests.faults.child import Child, run_bot_with, run_command
from tests.faults.stage import Stage, environment_of, staged
from tests.fresh import fresh

ROUNDS, PEOPLE = 3, 3
#: Where a file may not grow beyond this, a copy fails in its midst, as on a full disk.
LITTLE_BYTES = 100_000


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as found:
        yield found


async def command(stage: Stage, *arguments: str, file_bytes: int | None = None) -> tuple[int, str]:
    """`python -m bot …` beside the bot, perhaps with a limit on the size of files; its exit code and what it said."""
    environment = {**environment_of(stage.url, stage.database), **stage.settings}
    output = stage.folder / "command.log"
    output.unlink(missing_ok=True)
    child = Child(run_command, environment, stage.folder, arguments, file_bytes, output=output)
    return await child.ended, child.said()


async def test_f36_copies_taken_while_people_write_are_whole_and_agree_with_themselves(stage: Stage) -> None:
    people = [stage.person("Анна", f"Смирнова-{number}") for number in range(PEOPLE)]
    await fresh(stage.database)
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


async def test_f26_f36_a_copy_is_refused_where_it_would_destroy_or_mislead_or_be_cut_short(stage: Stage) -> None:
    stage.start()
    await stage.ready()
    copy = stage.folder / "copy.db"
    if sys.platform != "win32":
        code, said = await command(stage, "backup", str(copy), file_bytes=LITTLE_BYTES)
        assert code == 1
        assert said.startswith(f"Копия не записана, прежние копии целы.\n{copy}: не записывается (")
        assert list(stage.folder.glob("copy*")) == []
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
    await fresh(stage.database)
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
    assert not (stage.folder / "bot.db.restoring").exists()
    invariants.check_invariants(stage.database)


async def test_f26_where_a_copy_lacks_room_nothing_is_begun(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await fresh(stage.database)
    for name, value in environment_of(stage.url, stage.database).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=1 << 20, total=1 << 40))
    assert make_backup(stage.folder / "copy.db") == 1
    assert "мало места, нужно 17 МБ, свободно 1 МБ" in capsys.readouterr().err
    assert not (stage.folder / "copy.db").exists()


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


@pytest.mark.parametrize("name", ["nothing.db", ""])
async def test_a_copy_that_is_not_there_is_named(stage: Stage, name: str) -> None:
    with pytest.raises((UnopenableError, IsADirectoryError)):
        await put_back(stage.folder / name, stage.database, at=datetime.now(UTC))
