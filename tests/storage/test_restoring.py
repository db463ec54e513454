"""F35: what a database that was put back learns of the time after its copy, and what it does with it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.contest.restoring import Mark
from bot.restored import Recovery, Where
from storage.database import Database, opened
from storage.errors import InUseError
from storage.inbox import Arrival
from storage.outbox import Priority
from storage.restoring import Said
from storage.sidecar import read_mark, sidecar_of, write_mark
from storage.storage import Storage
from tests.fresh import fresh

NOON = datetime(2026, 4, 20, 5, tzinfo=UTC)
ANNA, BORIS = 101, 102
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete a file that is in use")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(await fresh(tmp_path / "bot.db")) as found:
        yield found


def _said(peer_id: int, cmid: int, text: str, *, random_id: int = 7) -> Said:
    return Said(peer_id, cmid, 1000 + cmid, random_id, NOON, text)


async def test_f35_a_row_that_was_sent_after_the_copy_is_sent_and_no_other_is_touched(database: Database) -> None:
    async with database.transaction() as connection:
        storage = Storage(connection)
        ids = [await storage.outbox.add(ANNA, {"text": text}, at=NOON) for text in ("one", "two")]
        first, second = [await storage.outbox.row(one or 0) for one in ids]
        assert first is not None
        assert second is not None
        await storage.restoring.keep([_said(ANNA, 5, "one", random_id=first["random_id"])], at=NOON)
        rows = [await storage.outbox.row(one or 0) for one in ids]
        assert [(row["state"], row["cmid"]) for row in rows if row] == [("sent", 5), ("due", None)]
        assert await storage.restoring.count() == 0


async def test_f35_what_was_said_is_known_again_once_for_each_time_it_was_said(database: Database) -> None:
    async with database.transaction() as connection:
        restoring = Storage(connection).restoring
        for _ in range(2):  # read twice, for the first reading was cut short
            await restoring.keep([_said(ANNA, 5, "news"), _said(ANNA, 6, "news"), _said(BORIS, 3, "")], at=NOON)
        assert await restoring.count() == 3
        assert await restoring.had("news ") == {ANNA}
        assert await restoring.had("") == frozenset()
        found = []
        while said := await restoring.said_already(ANNA, "news"):
            await restoring.take(said.id, 1)
            found.append(said.cmid)
        assert found == [5, 6]
        assert [line.said for line in await restoring.newest(10)] == ["", "news", "news"]
        await restoring.forget_before(NOON + timedelta(seconds=1))
        assert await restoring.count() == 0


async def test_f35_bulk_waits_until_somebody_has_looked_and_everything_else_goes(database: Database) -> None:
    async with database.transaction() as connection:
        storage = Storage(connection)
        await storage.outbox.add(ANNA, {"text": "bulk"}, at=NOON, priority=Priority.BULK)
        await storage.outbox.add(ANNA, {"text": "notice"}, at=NOON, priority=Priority.NOTICE)
        await storage.restoring.begin("copy", copy_at=NOON, at=NOON)
        assert [row.body["text"] for row in await storage.outbox.due(10, now=NOON)] == ["notice"]
        await storage.restoring.found(12, 5)
        await storage.restoring.searched(fully=True)
        state = await storage.restoring.confirm()
        assert state is not None
        assert (state.found, state.answered, state.searched) == (12, 5, True)
        assert await storage.restoring.confirm() is None
        assert [row.body["text"] for row in await storage.outbox.due(10, now=NOON)] == ["notice", "bulk"]
        with pytest.raises(LookupError):
            await storage.restoring.found(1, 1)


async def test_f35_what_waits_in_the_copy_and_was_answered_after_it_is_muted(database: Database) -> None:
    async with database.transaction() as connection:
        storage = Storage(connection)
        arrivals = [Arrival(f"m:{person}:{cmid}", person, cmid, {}) for person in (ANNA, BORIS) for cmid in (1, 3)]
        await storage.inbox.store(arrivals, at=NOON)
        await storage.restoring.mute({ANNA: 2})
        waiting = await storage.inbox.waiting(10)
        assert {(one.person_id, one.order_key): one.muted for one in waiting} == {
            (ANNA, 1): True, (ANNA, 3): False, (BORIS, 1): False, (BORIS, 3): False
        }  # fmt: skip
        assert await storage.restoring.known(NOON) == {ANNA: 3, BORIS: 3}


def test_f35_the_file_beside_the_database_may_be_anything(tmp_path: Path) -> None:
    place = tmp_path / "bot.db"
    assert read_mark(place) is None
    write_mark(place, Mark("first", 3, 4))
    assert read_mark(place) == Mark("first", 3, 4)
    for text in ("", "{}", "[]", '{"epoch": "x", "inbox": "many", "outbox": 1}', "\x00" * 40):
        sidecar_of(place).write_text(text, encoding="utf-8")
        assert read_mark(place) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Заявка принята", "Заявка принята"),
        (f"{'х' * 72} Ветрова Анна", f"{'х' * 72} Ветрова"),
        (f"{'х' * 75} Ветрова", "х" * 75),
        ("х" * 81, ""),
    ],
    ids=["short", "a word ends there", "in the midst of a word", "one long word"],
)
async def test_a_name_is_shown_whole_or_not_at_all_so_that_it_can_be_forgotten(
    database: Database, text: str, shown: str
) -> None:
    async with database.transaction() as connection:
        restoring = Storage(connection).restoring
        await restoring.keep([_said(ANNA, 5, text)], at=NOON)
        assert [line.said for line in await restoring.newest(10)] == [shown]


class Silent:
    """VK, where nobody asks it."""

    async def request(self, method: str, data: dict[str, Any]) -> dict[str, Any]:
        raise AssertionError(f"{method} {data}")


def _recovery(database: Database) -> Recovery:
    return Recovery(database, Silent(), Where(1, polls=True), now=lambda: NOON, sleep=lambda _: asyncio.sleep(0))


@on_posix
async def test_f31_a_bot_whose_lock_was_deleted_gives_way_to_the_one_that_came_later(database: Database) -> None:
    first = _recovery(database)
    await first.begin()
    assert await first.keep_mark()
    database.path.with_name("bot.db.lock").unlink()
    async with opened(database.path) as other:
        second = _recovery(other)
        await second.begin()
        mark = read_mark(database.path)
        with pytest.raises(InUseError, match="другой процесс"):
            await first.run()
        assert read_mark(database.path) == mark
        assert await second.keep_mark()


@on_posix
async def test_f31_a_bot_whose_file_was_replaced_stops_before_more_is_lost(database: Database, tmp_path: Path) -> None:
    recovery = _recovery(database)
    await recovery.begin()
    database.path.rename(tmp_path / "aside.db")
    with pytest.raises(InUseError, match="её файл заменили"):
        await recovery.run()
    await fresh(database.path)
    assert not await recovery.keep_mark()
