"""The file: opened by one process, whole or refused; a transaction is done wholly or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database, opened
from storage.errors import DamagedError, InUseError, TooNewError, UnavailableError, UnopenableError
from storage.migrating import MIGRATIONS, migrate, statements
from storage.opening import connected

PAGE_BYTES = 4096


async def put(database: Database, key: str) -> None:
    async with database.transaction() as connection:
        await connection.execute_fetchall("insert into setting (key, value) values (?, '')", (key,))


async def put_and_fail(database: Database, key: str) -> None:
    async with database.transaction() as connection:
        await connection.execute_fetchall("insert into setting (key, value) values (?, '')", (key,))
        raise ZeroDivisionError


async def put_much(database: Database) -> None:
    """A row, and in a part of its own one that is larger than what a test leaves free."""
    async with database.transaction() as connection:
        await connection.execute_fetchall("insert into setting (key, value) values ('much', '')")
        async with database.savepoint():
            await connection.execute_fetchall("insert into setting values ('more', zeroblob(100000))")


async def keys(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return [row[0] for row in await connection.execute_fetchall("select key from setting order by key")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "bot.db"


async def made(path: Path, *what: str) -> bytes:
    """A closed database with these keys; its bytes."""
    async with opened(path) as database:
        for key in what:
            await put(database, key)
    return path.read_bytes()


async def test_a_new_database_is_made_in_its_folder_and_keeps_what_was_committed(path: Path) -> None:
    async with opened(path) as database:
        await put(database, "a")
        with pytest.raises(ZeroDivisionError):
            await put_and_fail(database, "b")
    async with opened(path) as database:
        assert await keys(database) == ["a"]
    assert sorted(file.name for file in path.parent.iterdir()) == ["bot.db", "bot.db.lock"]


async def test_f30_what_is_committed_is_on_the_disk_and_rows_that_are_referred_to_stay(path: Path) -> None:
    async with opened(path) as database, database.transaction() as connection:
        pragmas = [
            next(iter(await connection.execute_fetchall(f"pragma {name}")))[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    full = 2
    assert pragmas == ["wal", full, 1]


async def test_a_task_cancelled_anywhere_leaves_a_whole_transaction_or_none(path: Path) -> None:
    async with opened(path) as database:

        async def both(key: str) -> None:
            async with database.transaction() as connection:
                await connection.execute_fetchall("insert into setting (key, value) values (?, '')", (key,))
                await asyncio.sleep(0)
                async with database.savepoint():
                    await connection.execute_fetchall("insert into setting (key, value) values (?, '')", (key * 2,))
                    await asyncio.sleep(0)

        outcomes = []
        for turns, key in enumerate("abcdefgh"):
            task = asyncio.create_task(both(key))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            outcomes.append([found for found in await keys(database) if key in found])
            assert outcomes[-1] in ([], [key, key * 2])
        assert outcomes[0] == []
        assert outcomes[-1] == ["h", "hh"]  # it was cancelled in its commit, or later


async def test_a_snapshot_sees_what_was_there_and_holds_nobody_up(path: Path) -> None:
    async with opened(path) as database:
        async with database.transaction() as connection:
            await connection.execute_fetchall("insert into setting (key, value) values ('a', '')")
        async with database.snapshot() as snapshot:
            async with database.transaction() as connection:
                await connection.execute_fetchall("insert into setting (key, value) values ('b', '')")
            assert len(await snapshot.execute_fetchall("select key from setting")) == 1
        assert await keys(database) == ["a", "b"]


async def test_a_snapshot_only_reads(path: Path) -> None:
    async with opened(path) as database:
        with pytest.raises(UnavailableError, match="readonly"):
            async with database.snapshot() as snapshot:
                await snapshot.execute_fetchall("insert into setting (key, value) values ('a', '')")
        async with database.snapshot() as snapshot:
            assert await snapshot.execute_fetchall("select key from setting") == []


async def test_a_part_that_fails_leaves_the_rest_of_its_transaction(path: Path) -> None:
    async with opened(path) as database:

        async def part(key: str) -> None:
            async with database.savepoint():
                await database._connection.execute_fetchall("insert into setting values (?, '')", (key,))
                assert key != "b", "this part fails"

        async with database.transaction():
            await part("a")
            with pytest.raises(AssertionError, match="this part fails"):
                await part("b")
            await part("c")
        assert await keys(database) == ["a", "c"]


async def test_tasks_at_once_take_turns(path: Path) -> None:
    async with opened(path) as database:

        async def double(key: str) -> None:
            async with database.transaction() as connection:
                before = len(list(await connection.execute_fetchall("select key from setting")))
                await asyncio.sleep(0)
                await connection.execute_fetchall("insert into setting (key, value) values (?, ?)", (key, str(before)))

        await asyncio.gather(*(double(str(number)) for number in range(20)))
        async with database.transaction() as connection:
            counts = await connection.execute_fetchall("select value from setting")
    assert sorted(int(row[0]) for row in counts) == list(range(20))


async def test_a_mistake_in_a_statement_of_ours_is_not_taken_for_a_full_disk(path: Path) -> None:
    async with opened(path) as database:

        async def run(statement: str) -> None:
            async with database.transaction() as connection:
                await connection.execute_fetchall(statement)

        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await run("select * from nowhere")
        with pytest.raises(sqlite3.IntegrityError):
            await run("insert into setting (key) values ('a')")
        await put(database, "b")
        assert await keys(database) == ["b"]


async def test_f25_a_full_disk_undoes_the_transaction_and_later_writes_succeed(path: Path) -> None:
    async with opened(path) as database:
        await put(database, "a")
        await _set_limit(database, 1)
        with pytest.raises(UnavailableError, match="full"):
            await put_much(database)
        assert await keys(database) == ["a"]
        await _set_limit(database, 1_000_000)
        await put_much(database)
        assert await keys(database) == ["a", "more", "much"]


async def test_f25_a_step_that_hides_a_full_disk_does_not_commit_half(path: Path) -> None:
    async with opened(path) as database:
        await _set_limit(database, 1)

        async def hiding() -> None:
            async with database.transaction() as connection:
                await connection.execute_fetchall("insert into setting (key, value) values ('b', '')")
                async with database.savepoint():
                    with contextlib.suppress(sqlite3.OperationalError):
                        await connection.execute_fetchall("insert into setting values ('c', zeroblob(100000))")

        with pytest.raises(UnavailableError):
            await hiding()
        assert await keys(database) == []


async def _set_limit(database: Database, pages: int) -> None:
    """SQLite refuses to grow beyond so many pages as it does on a full disk; never below what is there."""
    await database._connection.execute_fetchall(f"pragma max_page_count = {pages}")


async def test_f27_a_write_waits_while_another_process_holds_the_file(path: Path) -> None:
    async with opened(path) as database:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            writing = asyncio.create_task(put(database, "a"))
            await asyncio.sleep(0)
            assert not writing.done()
            other.execute("commit")
            await writing
        assert await keys(database) == ["a"]


async def test_f27_a_file_held_for_too_long_fails_the_write_and_nothing_else(path: Path) -> None:
    async with opened(path) as database:
        database.patience_s = 0.01
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin exclusive")
            with pytest.raises(UnavailableError, match="locked"):
                await put(database, "a")
            other.execute("rollback")
        await put(database, "b")
        assert await keys(database) == ["b"]


async def test_f31_one_bot_at_a_time_and_commands_beside_it(path: Path) -> None:
    async with opened(path) as database:
        with pytest.raises(InUseError, match="другой процесс"):
            async with opened(path):
                pytest.fail("two bots on one database")
        async with opened(path, alone=False) as beside:
            await put(beside, "a")
        assert await keys(database) == ["a"]
    async with opened(path) as database:
        assert await keys(database) == ["a"]


async def test_two_that_make_or_migrate_the_file_at_once_do_it_once(path: Path) -> None:
    async def command(key: str) -> None:
        async with opened(path, alone=False) as database:
            await put(database, key)

    await asyncio.gather(*(command(str(number)) for number in range(4)))
    async with opened(path) as database:
        assert await keys(database) == ["0", "1", "2", "3"]


async def test_an_older_database_is_migrated_by_one_of_two_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text("create table first (a text);\n", encoding="utf-8")
    connections = [await connected(tmp_path / "bot.db") for _ in range(2)]
    try:
        await connections[0].execute_fetchall("pragma user_version = 0")
        await asyncio.gather(*(migrate(connection, folder) for connection in connections))
        assert list(await connections[1].execute_fetchall("select * from first")) == []
    finally:
        for connection in connections:
            await connection.close()


async def test_a_migration_that_fails_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    script = folder / "0001_first.sql"
    script.write_text("create table first (a text);\ncreate table setting (a text);\n", encoding="utf-8")
    connection = await connected(tmp_path / "bot.db")
    try:
        await connection.execute_fetchall("pragma user_version = 0")
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            await migrate(connection, folder)
        script.write_text("create table first (a text);\n", encoding="utf-8")
        await migrate(connection, folder)
    finally:
        await connection.close()


def test_statements_are_found_whatever_their_texts_contain() -> None:
    script = "create table a (b text default ';');\n-- a remark; and more\ninsert into a\n  values ('x;\ny');\n"
    assert [one.strip().splitlines()[-1] for one in statements(script)] == ["create table a (b text default ';');",
                                                                             "y');"]  # fmt: skip
    shipped = [one for file in MIGRATIONS.glob("*.sql") for one in statements(file.read_text(encoding="utf-8"))]
    assert all(sqlite3.complete_statement(one) for one in shipped)
    assert len(shipped) > len(list(MIGRATIONS.glob("*.sql")))


async def test_a_database_of_a_newer_version_is_refused_and_stays(path: Path) -> None:
    await made(path, "a")
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("pragma user_version = 99")
    before = path.read_bytes()
    with pytest.raises(TooNewError, match="обновите бота"):
        async with opened(path):
            pytest.fail("an old bot on a new database")
    assert path.read_bytes() == before


def _page_3(whole: bytes) -> bytes:
    return whole[: 2 * PAGE_BYTES] + b"\xa5" * PAGE_BYTES + whole[3 * PAGE_BYTES :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a page overwritten": _page_3,
    "cut to nothing": lambda _whole: b"",
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "a text": lambda _whole: "не база".encode() * 1000,
    "a header and rubbish": lambda whole: whole[:16] + b"\xa5" * (len(whole) - 16),
    "a page of zeros": lambda whole: whole[:PAGE_BYTES] + bytes(PAGE_BYTES) + whole[2 * PAGE_BYTES :],
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_f28_a_damaged_file_is_refused_with_the_way_to_restore_and_not_touched(path: Path, damage: str) -> None:
    damaged = DAMAGES[damage](await made(path, "a"))
    path.write_bytes(damaged)
    with pytest.raises(DamagedError) as refused:
        async with opened(path):
            pytest.fail("opened")
    assert str(path) in str(refused.value)
    assert "Восстановите последнюю копию" in str(refused.value)
    assert path.read_bytes() == damaged


async def test_f28_after_the_copy_is_put_in_its_place_the_bot_starts(path: Path) -> None:
    copy = await made(path, "a")
    path.write_bytes(_page_3(copy))
    with pytest.raises(DamagedError):
        async with opened(path):
            pytest.fail("opened")
    for file in path.parent.glob("bot.db*"):
        file.unlink()
    path.write_bytes(copy)
    async with opened(path) as database:
        assert await keys(database) == ["a"]


async def test_f28_a_file_that_is_gone_while_its_journal_is_there_is_not_made_anew(path: Path) -> None:
    async with opened(path) as database:
        await put(database, "a")
        journal = path.with_name("bot.db-wal").read_bytes()
    path.unlink()
    path.with_name("bot.db-wal").write_bytes(journal)
    with pytest.raises(DamagedError, match=r"bot\.db-wal"):
        async with opened(path):
            pytest.fail("opened")
    assert not path.exists()


async def test_what_a_start_that_was_killed_left_beside_the_place_is_no_obstacle(path: Path) -> None:
    path.parent.mkdir()
    for name in ("bot.db.new", "bot.db.new-wal", "bot.db.new-journal"):
        path.with_name(name).write_bytes(b"half")
    async with opened(path) as database:
        await put(database, "a")
    assert sorted(file.name for file in path.parent.iterdir()) == ["bot.db", "bot.db.lock"]


@pytest.mark.parametrize("name", ["folder", "file/bot.db"])
async def test_a_path_that_leads_to_no_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnopenableError) as refused:
        async with opened(tmp_path / name):
            pytest.fail("opened")
    assert str(tmp_path / name) in str(refused.value)
