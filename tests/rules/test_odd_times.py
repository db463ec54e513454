"""Leap days, New Year, hours that a clock skips or shows twice: what is due then happens once (docs/faults.md F40)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.announcing.model import Announcement, AnnouncementState
from bot.contest.announcing.steps import Todo, todo
from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.event.moments import TOMSK
from bot.contest.quiet import is_quiet, not_before
from tests.talks.scenes import EVENTS, SCRATCH

#: The last two change their clocks twice a year, one of them by half an hour.
ZONES = [ZoneInfo(name) for name in ("Asia/Tomsk", "America/New_York", "Australia/Lord_Howe")]
YEARS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
MINUTE = timedelta(minutes=1)
#: A leap day, a New Year, 2:30 that New York skips, and 1:30 that it shows twice: the first time, the second.
ODD = (
    datetime(2028, 2, 29, 12, tzinfo=TOMSK),
    datetime(2027, 1, 1, 0, 30, tzinfo=TOMSK),
    datetime(2026, 3, 8, 2, 30, tzinfo=ZONES[1]),
    datetime(2026, 11, 1, 1, 30, tzinfo=ZONES[1]),
    datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZONES[1]),
)


@given(YEARS, st.sampled_from(ZONES))
def test_f40_what_waits_for_the_morning_waits_for_one_and_never_twice(moment: datetime, zone: ZoneInfo) -> None:
    at = not_before(moment, zone)
    assert not is_quiet(at, zone)
    assert at >= moment
    assert not_before(at, zone) == at
    assert at == moment or is_quiet(at - MINUTE, zone)
    assert at - moment <= timedelta(hours=11)  # ten hours of night, and the one that a clock shows twice


@pytest.mark.parametrize("starts_at", ODD, ids=str)
@pytest.mark.parametrize("asleep", [timedelta(), timedelta(hours=3)], ids=["awake", "the bot was down"])
def test_f40_an_announcement_for_an_odd_hour_begins_once_and_what_was_missed_is_made_up_for_once(
    starts_at: datetime, asleep: timedelta
) -> None:
    due = starts_at.astimezone(UTC)
    one = Announcement(
        id=1, event_code=None, author_id=1, version=1, text="", attachments=(), audience={}, live=True,
        state=AnnouncementState.SCHEDULED, created_at=due - timedelta(days=1), starts_at=due,
    )  # fmt: skip
    began: list[datetime] = []
    for minute in range(-90, 300):
        now = due + minute * MINUTE
        if due <= now < due + asleep:
            continue
        if todo(one, now=now, blocked=False) is Todo.BEGIN:
            began.append(now)
            one = replace(one, state=AnnouncementState.GATHERING)
    assert began == [due + asleep]


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_f40_an_event_can_begin_on_any_day_of_any_year(first: date) -> None:
    event = read_event(EVENTS / SCRATCH)
    assert isinstance(event, Event)
    moved = event.moved_to(first)
    assert moved.opens_at.astimezone(TOMSK).date() == first
    assert moved.closes_at - moved.opens_at == event.closes_at - event.opens_at
