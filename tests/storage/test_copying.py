"""A copy taken while the bot works is whole; one that can't be is not left behind."""

from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.copying import copied
from storage.database import opened
from storage.errors import DamagedError, UnavailableError, UnopenableError
from tests.storage.test_database import keys, put

NOON = datetime(2026, 4, 20, 5, tzinfo=UTC)


async def test_a_copy_holds_what_was_committed_while_the_bot_works_and_opens_as_a_database(tmp_path: Path) -> None:
    place, copy = tmp_path / "a b#c?%.db", tmp_path / "copy of #1?.db"
    async with opened(place) as database:
        await put(database, "a")
        async with database.transaction() as connection:
            await connection.execute_fetchall("insert into setting (key, value) values ('b', '')")
            assert await copied(place, copy, at=NOON) > 0
        await put(database, "c")
    async with opened(copy) as restored:
        assert await keys(restored) == ["a", "copied_at"]
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


async def test_a_damaged_database_is_not_copied(tmp_path: Path) -> None:
    place, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    place.write_bytes(b"")
    with pytest.raises(DamagedError):
        await copied(place, copy, at=NOON)
    assert not copy.exists()


async def test_a_place_that_takes_no_file_is_named(tmp_path: Path) -> None:
    async with opened(tmp_path / "bot.db"):
        pass
    with pytest.raises(UnavailableError):
        await copied(tmp_path / "bot.db", tmp_path / "no" / "copy.db", at=NOON)
    with pytest.raises(UnopenableError):
        await copied(tmp_path / "nothing.db", tmp_path / "copy.db", at=NOON)
