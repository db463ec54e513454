"""Kills in parts that the story of one evening does not pass often: jobs, and the making of the database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.faultpoints import arm
from storage.connection import Connection
from storage.migrating import migrate
from tests.faults import invariants
from tests.faults.child import KILLED, Child
from tests.pipeline.line import line_on, wrote

ANNA, JOBS = 101, 3
#: Of the many statements that make a database, a kill at so many-th suffices.
EVERY = 60
JOB_POINTS = ["job.before_run", "job.after_run", "job.after_commit"]
OLD = "create table note (text text not null);\ninsert into note values ('old');\n"
NEW = "create table tag (text text);\nalter table note add column at integer;\nupdate note set at = 1;\n"


def work_jobs(database: Path, fault: str) -> int:
    """Ask for some jobs and do all there is; a fault may end it."""
    arm(fault)

    async def work() -> None:
        async def echo(argument: object) -> dict[str, str]:
            assert isinstance(argument, dict)
            return {"said": f"эхо {argument['number']}"}

        async with line_on(database, {"echo": echo}) as line:
            await line.comes(*(wrote(ANNA, number, f"спроси {number}") for number in range(1, JOBS + 1)))
            await line.works()

    asyncio.run(work())
    return 0


def make_database(database: Path, fault: str) -> int:
    """Make a database of this version; a fault may end it."""
    arm(fault)

    async def make() -> None:
        async with line_on(database):
            pass

    asyncio.run(make())
    return 0


def upgrade(database: Path, fault: str) -> int:
    """Bring a database with one migration to two; a fault may end it."""
    arm(fault)

    async def work() -> None:
        old = Connection.at(database)
        await migrate(old, database.parent / "migrations")
        await old.close()

    asyncio.run(work())
    return 0


async def ends(target: Callable[[Path, str], int], database: Path, fault: str = "") -> bool:
    """Run it in a process; whether the fault ended it."""
    child = Child(target, database, fault, output=database.parent / "child.log")
    code = await child.ended
    assert code == 0 or code in KILLED, child.said()
    return code != 0


async def each(
    target: Callable[[Path, str], int], folder: Path, point: str, check: Callable[[Path], None], *, step: int = 1
) -> list[Path]:
    """Kill at the first pass of the point, and so on; after each kill `check`, then run again. The databases."""
    databases: list[Path] = []
    for nth in range(1, 1000, step):
        database = folder / f"{nth}.db"
        if not await ends(target, database, f"{point}#{nth}"):
            return [*databases, database]
        check(database)
        assert not await ends(target, database)
        databases.append(database)
    raise AssertionError("a run that never ends")


@pytest.mark.parametrize("point", JOB_POINTS)
async def test_f1_a_kill_around_a_job_brings_its_result_back_exactly_once(point: str, tmp_path: Path) -> None:
    databases = await each(work_jobs, tmp_path, point, invariants.check_invariants)
    assert len(databases) == JOBS + 1
    for database in databases:
        async with line_on(database) as line:
            asked, answers = ["Спросил"] * JOBS, [f"Ответ {number}: эхо {number}" for number in range(1, JOBS + 1)]
            assert sorted(await line.sent(ANNA)) == sorted(asked + answers)
            assert await line.count("job", "done") == JOBS
            assert await line.count("inbox", "done") == 2 * JOBS


async def test_f3_a_kill_while_the_database_is_made_leaves_none_and_the_next_start_makes_it(tmp_path: Path) -> None:
    def is_none(database: Path) -> None:
        assert not database.exists()

    for point in ("migration.statement", "migration.before_commit"):
        folder = tmp_path / point
        folder.mkdir()
        databases = await each(make_database, folder, point, is_none, step=EVERY)
        assert len(databases) > 1
        assert {_schema(database) for database in databases} == {_schema(databases[0])}


async def test_f3_a_kill_in_a_migration_leaves_the_old_schema_with_its_rows_until_the_new_one_is_whole(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_old.sql").write_text(OLD, encoding="utf-8")
    before = tmp_path / "before.db"
    await ends(upgrade, before)
    old = _schema(before)
    (folder / "0002_new.sql").write_text(NEW, encoding="utf-8")

    kills = 0
    for point in ("migration.statement", "migration.before_commit"):
        for nth in range(1, 10):
            database = tmp_path / f"{point}-{nth}.db"
            database.write_bytes(before.read_bytes())
            if not await ends(upgrade, database, f"{point}#{nth}"):
                break
            kills += 1
            assert _schema(database) == old
            assert not await ends(upgrade, database)
            assert _schema(database) != old
            with closing(sqlite3.connect(database)) as connection:
                assert connection.execute("select text, at from note").fetchall() == [("old", 1)]
    assert kills == NEW.count(";") + 1


def _schema(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("select sql from sqlite_schema where sql is not null order by name").fetchall()
        return f"{connection.execute('pragma user_version').fetchone()} {rows}"
