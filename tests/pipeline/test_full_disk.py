"""F25, F27: while the file takes no writes nothing is acknowledged and nothing is half done; then all goes on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3

import pytest

from bot.pipeline.throttle import MESSAGE_BURST
from storage.errors import UnavailableError
from tests.pipeline.line import NOON, Line, written, wrote

ANNA, BORIS = 101, 102


async def _leave_room(line: Line, pages: int | None) -> None:
    """SQLite refuses to grow by more pages than this, as on a full disk; None: as much as it likes."""
    connection = line.database._connection
    [[now]] = await connection.execute_fetchall("pragma page_count")
    limit = 1_000_000 if pages is None else now + pages
    await connection.execute_fetchall(f"pragma max_page_count = {limit}")


async def test_an_update_that_can_not_be_kept_is_not_acknowledged(line: Line) -> None:
    await _leave_room(line, 0)
    [long] = written(ANNA, ["ы" * 8000])
    with pytest.raises(UnavailableError):
        await line.receiving.store([long], "7")
    assert await line.receiving.load_ts() is None
    assert await line.count("inbox", "waiting") == 0

    await _leave_room(line, None)
    await line.receiving.store([long], "7")
    assert await line.receiving.load_ts() == "7"
    assert await line.count("inbox", "waiting") == 1


async def test_a_batch_that_finds_the_disk_full_is_done_later_as_a_whole_and_once(line: Line) -> None:
    """However often it is tried meanwhile: a try that the disk spoils is neither the step's fault nor an act."""
    updates = [update for person in range(1, 40) for update in written(person, ["поездка", "Томск", "завтра"])]
    await line.comes(*updates)
    await _leave_room(line, 1)
    for _ in range(2 * MESSAGE_BURST):
        with pytest.raises(UnavailableError):
            await line.worker.work()
    assert await line.count("inbox", "waiting") == len(updates)
    assert await line.count("outbox", "due") == 0

    await _leave_room(line, None)
    await line.works()
    for person in range(1, 40):
        assert await line.sent(person) == ["Куда?", "Когда?", "Кто?"]
    assert await line.count("inbox", "done") == len(updates)


async def test_a_full_disk_is_not_a_try_of_a_poisoned_update(line: Line) -> None:
    await line.comes(wrote(ANNA, 1, "яд" + " " * 100), *(wrote(n, 1, "поездка") for n in range(1, 60)))
    await _leave_room(line, 1)
    for _ in range(5):
        with pytest.raises(UnavailableError):
            await line.worker.work()
    await _leave_room(line, None)
    await line.works()
    assert await line.sent(ANNA) == ["Что-то пошло не так"]
    assert await line.count("inbox", "quarantined") == 1


class Heard(logging.Handler):
    """Sets `both` when the worker and the receiving have said that they wait."""

    def __init__(self) -> None:
        super().__init__()
        self.both = asyncio.Event()
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self._said.add(record.getMessage().partition(":")[0])
        if {"inbox", "receiving"} <= self._said:
            self.both.set()


async def test_f27_a_file_that_is_held_too_long_stops_nobody_and_all_go_on_when_it_is_free(line: Line) -> None:
    await line.comes(wrote(ANNA, 1, "поездка", at=NOON))
    line.database.patience_s = 0.001
    heard = Heard()
    logging.getLogger("bot.pipeline").addHandler(heard)
    with contextlib.closing(sqlite3.connect(line.database.path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        working = asyncio.create_task(line.worker.run())
        reading = asyncio.create_task(line.receiving.load_ts())
        await heard.both.wait()
        other.execute("rollback")
    logging.getLogger("bot.pipeline").removeHandler(heard)
    assert await reading is None
    await line.worked.wait()
    line.worker.stop()
    await working
    assert await line.sent(ANNA) == ["Куда?"]
