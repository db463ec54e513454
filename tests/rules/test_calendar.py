"""Dates as people read them, in Tomsk and elsewhere."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest import calendar
from bot.contest.event.moments import read_moment

TOMSK = ZoneInfo("Asia/Tomsk")
DEADLINE = datetime(2026, 4, 30, 16, 59, 59, tzinfo=UTC)
_CENTURY = datetime(2001, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 4, 18, 12, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Tomsk", "30 апреля, 23:59 (томское время, UTC+7)"),
        ("Europe/Moscow", "30 апреля, 19:59 (московское время, UTC+3)"),
        ("Asia/Qyzylorda", "30 апреля, 21:59 (время города Кызылорда, UTC+5)"),
        ("America/New_York", "30 апреля, 12:59 (время города Нью-Йорк, UTC−4)"),
        ("Asia/Kolkata", "30 апреля, 22:29 (UTC+5:30)"),
        ("UTC", "30 апреля, 16:59 (UTC)"),
    ],
)
def test_f39_a_deadline_is_said_with_its_zone(zone: str, expected: str) -> None:
    assert calendar.deadline(DEADLINE, ZoneInfo(zone)) == expected


def test_the_year_is_said_only_where_it_is_another() -> None:
    assert calendar.day(DEADLINE, TOMSK, now=NOW) == "30 апреля"
    assert calendar.day(DEADLINE, TOMSK, now=NOW.replace(year=2027)) == "30 апреля 2026 года"
    new_year = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert calendar.at(new_year, TOMSK, now=NOW) == "1 января 2027 года, 01:00"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2014-10-25T17:00+00:00", "26 октября, 00:00 (томское время, UTC+7)"),
        ("2014-10-25T18:30+00:00", "26 октября, 01:30 (томское время, UTC+7)"),
        ("2014-10-25T19:30+00:00", "26 октября, 01:30 (томское время, UTC+6)"),
        ("2016-05-28T19:59+00:00", "29 мая, 01:59 (томское время, UTC+6)"),
        ("2016-05-28T20:00+00:00", "29 мая, 03:00 (томское время, UTC+7)"),
        ("2021-04-30T16:59+00:00", "30 апреля, 23:59 (томское время, UTC+7)"),
    ],
)
def test_f39_tomsk_has_the_offset_it_had_at_that_moment(moment: str, expected: str) -> None:
    assert calendar.deadline(datetime.fromisoformat(moment), TOMSK) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2015-06-01", "2015-05-31T18:00:00+00:00"),
        ("2016-05-28", "2016-05-27T18:00:00+00:00"),
        ("2016-05-30", "2016-05-29T17:00:00+00:00"),
        ("2021-04-30 18:00", "2021-04-30T11:00:00+00:00"),
        ("2021-04-30T18:00+03:00", "2021-04-30T15:00:00+00:00"),
        ("2021-04-30T18:00:00Z", "2021-04-30T18:00:00+00:00"),
    ],
)
def test_f39_a_written_date_becomes_utc_by_the_offset_of_its_day(written: str, expected: str) -> None:
    assert read_moment(written, bare=time.min).isoformat() == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "завтра",
        "2021-02-29",
        "2021-13-01",
        "30.04.2021",
        "1999-12-31",
        "9999-12-31",
        "2021-04-30 25:00",
        "20210430",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_moment(written, bare=time.min)


@given(moment=st.integers(0, 98 * 365 * 86_400).map(lambda passed_s: _CENTURY + timedelta(seconds=passed_s)))
def test_f39_a_moment_survives_the_way_through_tomsk(moment: datetime) -> None:
    there = calendar.local(moment, TOMSK)
    assert there.astimezone(UTC) == moment
    assert read_moment(there.isoformat(), bare=time.min) == moment


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-04-01T00:00", "2026-04-30T23:59", "с 1 по 30 апреля"),
        ("2026-10-19T00:00", "2026-11-02T23:59", "с 19 октября по 2 ноября"),
        ("2026-12-20T00:00", "2027-01-10T23:59", "с 20 декабря 2026 года по 10 января 2027 года"),
        ("2026-04-30T00:00", "2026-04-30T23:59", "30 апреля"),
        ("2027-04-01T00:00", "2027-04-30T23:59", "с 1 по 30 апреля 2027 года"),
    ],
)
def test_a_period_is_said_as_shortly_as_it_can_be(start: str, end: str, expected: str) -> None:
    first, last = (datetime.fromisoformat(f"{text}+07:00") for text in (start, end))
    assert calendar.period(first, last, TOMSK, now=NOW) == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=12, hours=4), "осталось 12 дней"),
        (timedelta(days=21), "остался 21 день"),
        (timedelta(days=2), "осталось 2 дня"),
        (timedelta(hours=23, minutes=59), "осталось 23 часа"),
        (timedelta(hours=1), "остался 1 час"),
        (timedelta(minutes=59, seconds=59), "осталось 59 минут"),
        (timedelta(minutes=1), "осталась 1 минута"),
        (timedelta(seconds=59), "осталось меньше минуты"),
        (timedelta(0), "осталось меньше минуты"),
        (timedelta(microseconds=-1), "срок прошёл"),
    ],
)
def test_what_is_left_is_never_more_than_there_is(left: timedelta, expected: str) -> None:
    assert calendar.left(DEADLINE, DEADLINE - left) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-04-18T23:00", "сегодня в 23:00"),
        ("2026-04-19T10:00", "завтра в 10:00"),
        ("2026-04-17T09:05", "вчера в 09:05"),
        ("2026-04-20T10:00", "20 апреля в 10:00"),
    ],
)
def test_near_days_are_called_by_their_words(moment: str, expected: str) -> None:
    assert calendar.near(datetime.fromisoformat(f"{moment}+07:00"), NOW, TOMSK) == expected


def test_tomorrow_is_tomorrow_of_the_reader() -> None:
    late = datetime(2026, 4, 18, 16, 30, tzinfo=UTC)
    soon = late + timedelta(hours=1)
    assert calendar.near(soon, late, TOMSK) == "завтра в 00:30"
    assert calendar.near(soon, late, ZoneInfo("Europe/Moscow")) == "сегодня в 20:30"


def test_a_moment_without_a_zone_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="zone"):
        calendar.deadline(DEADLINE.replace(tzinfo=None), TOMSK)
    with pytest.raises(ValueError, match="zone"):
        calendar.left(DEADLINE.replace(tzinfo=None), NOW)
