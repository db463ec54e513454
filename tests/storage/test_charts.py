"""What pictures are drawn from: sums by the quarter of an hour, and drafts are nobody's application yet."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from storage.storage import Storage
from tests.storage.world import NOON, apply

QUARTER_S = 15 * 60


async def test_applications_are_counted_by_the_quarter_of_an_hour(storage: Storage) -> None:
    assert await storage.charts.quarters("scratch") == {}
    assert not await storage.charts.has_any("scratch")
    for minutes in (0, 14, 15, 60 * 24):
        await apply(storage, at=NOON + timedelta(minutes=minutes))
    await apply(storage, state=ApplicationState.DRAFT)
    first = int(NOON.timestamp()) // QUARTER_S
    assert await storage.charts.quarters("scratch") == {first: 2, first + 1: 1, first + 96: 1}
    assert await storage.charts.totals() == {"scratch": 4}
    assert await storage.charts.has_any("scratch")
    assert not await storage.charts.has_any("webinar")
