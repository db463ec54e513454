"""Moments of an event file: a bare date means the beginning or the end of that day in Tomsk."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from bot.contest.event.base import expected

#: The zone in which event files are written.
TOMSK = ZoneInfo("Asia/Tomsk")
#: The last second of a day, itself still in time.
DAY_END = time(23, 59, 59)
_WRITTEN = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_YEARS = range(2000, 2100)
_EXPECTED = "нужна дата вида 2021-04-30 или дата со временем вида 2021-04-30 18:00 (время томское)"


def _moment(value: object, *, bare: time) -> object:
    """`value` as an aware UTC moment; what is not a text is left to pydantic.

    Raises PydanticCustomError when the text is no date.
    """
    if not isinstance(value, str):
        return value
    try:
        return read_moment(value, bare=bare)
    except ValueError:
        raise expected(_EXPECTED) from None


def read_moment(text: str, *, bare: time) -> datetime:
    """The UTC moment that `text` means; `bare` is the Tomsk time of a date without one.

    Raises ValueError when it is no date of the years 2000 to 2099.
    """
    if not _WRITTEN.fullmatch(text):
        raise ValueError(text)
    if len(text) == len("2021-04-30"):
        moment = datetime.combine(date.fromisoformat(text), bare, TOMSK)
    else:
        moment = datetime.fromisoformat(text)
    if moment.year not in _YEARS:
        raise ValueError(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=TOMSK)
    return aware.astimezone(UTC)


def day_start(value: object) -> object:
    """A bare date is 00:00 of that day in Tomsk."""
    return _moment(value, bare=time.min)


def day_end(value: object) -> object:
    """A bare date is 23:59:59 of that day in Tomsk, itself still in time."""
    return _moment(value, bare=DAY_END)


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise expected(_EXPECTED)
    return value.astimezone(UTC)


From = Annotated[datetime, BeforeValidator(day_start), AfterValidator(_utc)]
To = Annotated[datetime, BeforeValidator(day_end), AfterValidator(_utc)]


def moved(moment: datetime, by: timedelta) -> datetime:
    """`moment` later by whole days `by`, at the same time of the clock in Tomsk."""
    wall = moment.astimezone(TOMSK).replace(tzinfo=None) + by
    return wall.replace(tzinfo=TOMSK).astimezone(UTC)
