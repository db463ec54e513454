"""What suits whom, in which months an event is, when to remind of it, and what a calendar file says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.event import Category, Event
from bot.contest.event.loading import read_event
from bot.contest.event.moments import TOMSK
from bot.contest.reminding import BEFORE, WAKING, is_needed, matters_at, possible, told_at
from bot.contest.suitable import Entered, Interest, derived, is_suitable, months
from bot.documents.ics import Entry, calendar_file

EVENTS = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
NOW = datetime(2026, 4, 18, 5, 20, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SENT, OUT = ApplicationState.SENT, ApplicationState.WITHDRAWN


def event(file: str) -> Event:
    found = read_event(EVENTS / file)
    assert isinstance(found, Event), found
    return found.moved_to(date(2026, 4, 1))


SCRATCH, WEBINAR = event("scratch.yaml"), event("webinar-scratch.yaml")


@pytest.mark.parametrize(
    ("interest", "scratch", "webinar"),
    [
        (Interest(Category.PUPIL, 3), True, False),
        (Interest(Category.PUPIL), True, False),
        (Interest(Category.TEACHER), True, True),
        (Interest(Category.PRESCHOOLER), False, False),
    ],
)
def test_an_event_suits_those_whom_it_takes(interest: Interest, scratch: bool, webinar: bool) -> None:
    assert (is_suitable(SCRATCH, [interest]), is_suitable(WEBINAR, [interest])) == (scratch, webinar)
    assert not is_suitable(SCRATCH, [])


def test_earlier_applications_say_for_whom_somebody_looks() -> None:
    entered = [Entered("pupil", 3, Applicant.PARENT), Entered("pupil", 3, Applicant.PARENT)]
    assert derived(entered) == (Interest(Category.PUPIL, 3),)
    assert derived([*entered, Entered("pupil", 7, Applicant.TEACHER)]) == (
        Interest(Category.PUPIL, 3),
        Interest(Category.PUPIL, 7),
        Interest(Category.TEACHER),
    )
    assert derived([]) == ()


def test_months_are_those_of_intake_and_of_the_meeting() -> None:
    assert months(SCRATCH, SCRATCH.closes_at, TOMSK) == ((2026, 4),)
    assert months(SCRATCH, SCRATCH.closes_at + DAY, TOMSK) == ((2026, 4), (2026, 5))
    late = SCRATCH.moved_to(date(2026, 12, 20))
    assert months(late, late.closes_at, TOMSK) == ((2026, 12), (2027, 1))
    assert WEBINAR.meeting is not None
    assert months(WEBINAR, WEBINAR.opens_at + DAY, TOMSK) == ((2026, 4),)


@pytest.mark.parametrize(
    ("about", "applications", "needed"),
    [
        (SCRATCH, [], True),
        (SCRATCH, [(SENT, False)], True),
        (SCRATCH, [(SENT, True), (SENT, False)], True),
        (SCRATCH, [(SENT, True)], False),
        (SCRATCH, [(OUT, False)], False),
        (WEBINAR, [], True),
        (WEBINAR, [(SENT, False)], True),
        (WEBINAR, [(OUT, False)], False),
    ],
)
def test_nobody_is_reminded_of_what_is_done(
    about: Event, applications: list[tuple[ApplicationState, bool]], needed: bool
) -> None:
    assert is_needed(about, applications) is needed


def test_who_takes_part_is_reminded_of_the_meeting_and_the_others_of_the_deadline() -> None:
    assert WEBINAR.meeting is not None
    closes_at = WEBINAR.closes_at
    assert matters_at(WEBINAR, closes_at, []) == closes_at
    assert matters_at(WEBINAR, closes_at, [OUT]) == closes_at
    assert matters_at(WEBINAR, closes_at, [SENT]) == WEBINAR.meeting.starts_at
    assert matters_at(SCRATCH, closes_at, [SENT]) == closes_at
    assert possible(NOW + 2 * DAY, NOW, TOMSK) == (DAY, HOUR)
    assert possible(NOW + HOUR, NOW, TOMSK) == ()


@pytest.mark.parametrize(
    ("before", "happens", "told"),
    [
        (DAY, (23, 59), (19, 0)),
        (7 * DAY, (23, 59), (19, 0)),
        (DAY, (20, 1), (19, 0)),
        (DAY, (20, 0), (20, 0)),
        (DAY, (15, 30), (15, 30)),
        (3 * DAY, (8, 0), (10, 0)),
        (DAY, (0, 0), (10, 0)),
        (HOUR, (23, 59), (22, 59)),
        (3 * HOUR, (8, 0), (5, 0)),
    ],
)
def test_days_before_are_told_while_people_are_up_and_hours_exactly(
    before: timedelta, happens: tuple[int, int], told: tuple[int, int]
) -> None:
    moment = datetime(2026, 4, 30, *happens, tzinfo=TOMSK)
    day = (moment - before).date()
    assert told_at(moment, before, TOMSK) == datetime(day.year, day.month, day.day, *told, tzinfo=TOMSK)


@given(st.integers(0, 366 * 24 * 60), st.sampled_from(BEFORE))
def test_a_reminder_comes_before_what_it_is_about_and_on_its_day(minutes: int, before: timedelta) -> None:
    moment = NOW.astimezone(TOMSK) + timedelta(minutes=minutes)
    told = told_at(moment, before, TOMSK).astimezone(TOMSK)
    assert told < moment
    assert told.date() == (moment - before).date()
    assert before < DAY or WAKING[0] <= told.time() <= WAKING[1]


def test_a_calendar_file_is_read_back_with_moments_and_alarms() -> None:
    starts = datetime(2026, 4, 27, 15, 0, tzinfo=TOMSK)
    entry = Entry("a@bot", "Вебинар; «Scratch», часть 1", starts, starts + HOUR, "О чём", "https://x.example", (DAY,))
    file = calendar_file([entry], name="webinar", title="Мои события", made_at=NOW)
    assert file.name == "webinar.ics"
    (found,) = Calendar.from_ical(file.data).walk("VEVENT")
    assert (found["summary"], found["uid"]) == (entry.title, "a@bot")
    assert found.decoded("dtstart") == datetime(2026, 4, 27, 8, 0, tzinfo=UTC)
    assert found.decoded("dtend") - found.decoded("dtstart") == HOUR
    assert b"DTSTART:20260427T080000Z" in file.data
    (alarm,) = found.walk("VALARM")
    assert alarm.decoded("trigger") == -DAY
    with pytest.raises(ValueError, match="zone"):
        calendar_file([Entry("a", "б", NOW.replace(tzinfo=None), NOW)], name="x", title="y", made_at=NOW)
