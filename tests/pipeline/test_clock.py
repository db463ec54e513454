"""F37: the machine's clock is set while messages wait: nothing goes early, nothing waits for the old hour."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from bot.pipeline.clock import MindTheClock
from bot.pipeline.receiving import Receiving
from bot.talk.case import Desk
from bot.vk.pace import Pace
from storage.storage import Storage
from tests.pipeline.line import BOOK, NOON, Line, wrote

ANNA = 101


class Monotonic:
    """A clock that nobody sets."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def monotonic() -> Monotonic:
    return Monotonic()


async def _look(line: Line, mind: MindTheClock, now: datetime) -> list[str]:
    """What may go now, after the chore has looked."""
    async with line.database.transaction() as connection:
        storage = Storage(connection)
        await mind(Desk(now=now, storage=storage, texts=BOOK.texts, facts=None))  # type: ignore[arg-type]
        return [row.body["text"] for row in await storage.outbox.due(10, now=now)]


async def _put(line: Line, text: str, person: int, *, at: datetime, due_at: datetime) -> None:
    async with line.database.transaction() as connection:
        await Storage(connection).outbox.add(person, {"text": text}, at=at, due_at=due_at)


@pytest.mark.parametrize(
    ("step", "goes"),
    [
        (timedelta(), ["now"]),
        (timedelta(hours=1), ["now"]),
        (timedelta(hours=-1), ["now"]),
        (timedelta(seconds=-1), []),  # a clock that is kept right: a second's wait
    ],
)
async def test_f37_what_was_due_goes_whatever_the_clock_is_set_to(
    line: Line, monotonic: Monotonic, step: timedelta, goes: list[str]
) -> None:
    mind = MindTheClock(monotonic=monotonic)
    await _look(line, mind, NOON)
    await _put(line, "now", ANNA, at=NOON, due_at=NOON)
    await _put(line, "in two hours", ANNA + 1, at=NOON, due_at=NOON + timedelta(hours=2))
    assert await _look(line, mind, NOON + step) == goes
    monotonic.at += 5
    assert await _look(line, mind, NOON + step + timedelta(seconds=5)) == ["now"]


async def test_f37_a_start_with_a_clock_that_was_ten_years_ahead_sends_what_it_owes(
    line: Line, monotonic: Monotonic
) -> None:
    ahead = NOON + timedelta(days=3650)
    await _put(line, "owed", ANNA, at=ahead, due_at=ahead)
    await _put(line, "an hour later", ANNA + 1, at=ahead, due_at=ahead + timedelta(hours=1))
    mind = MindTheClock(monotonic=monotonic)
    assert await _look(line, mind, NOON) == ["owed"]
    monotonic.at += 3600
    assert await _look(line, mind, NOON + timedelta(hours=1)) == ["owed", "an hour later"]


async def test_f37_the_pace_goes_by_a_clock_that_nobody_sets() -> None:
    with time_machine.travel(NOON, tick=False) as traveller:
        pace = Pace(20)
        await pace.turn()
        waits = pace.wait_s()
        traveller.shift(timedelta(days=3650))
        assert 0 < pace.wait_s() <= waits
        traveller.shift(timedelta(days=-7300))
        assert pace.wait_s() <= waits


async def test_f37_the_audit_log_keeps_its_order_though_the_clock_goes_back(line: Line) -> None:
    async with line.database.transaction() as connection:
        audit = Storage(connection).audit
        for number, at in enumerate((NOON, NOON - timedelta(hours=1), NOON + timedelta(days=3650))):
            await audit.add(ANNA, f"act {number}", "x", {}, at=at)
        assert await audit.verify() is None
        assert [entry.action for entry in await audit.tail(3)] == ["act 2", "act 1", "act 0"]


async def test_f37_an_update_is_kept_with_the_clock_a_year_off(line: Line) -> None:
    line.now = NOON + timedelta(days=365)
    receiving = Receiving(line.database, now=lambda: line.now, arrived=lambda: None)
    await receiving.store([wrote(ANNA, 1, "поездка")], "1")
    line.now = NOON - timedelta(days=365)
    await line.works()
    assert await line.sent(ANNA) == ["Куда?"]
