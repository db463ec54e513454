"""Reading a moment to come as an organizer types it: «завтра», «30 апреля», «30.04 18:00», «через 3 дня»."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.contest.calendar import local
from bot.contest.dates import read_date
from bot.contest.refusal import Refusal
from bot.contest.text import clean

#: The last second of a day, itself still in time.
DAY_END = time(23, 59, 59)
#: Farther off is more often a slip than a plan.
FARTHEST = timedelta(days=366)
LIMIT = 40
LAST_HOUR = 23
#: A year to come is of this century.
TWO_DIGITS = 2

_CLOCK = re.compile(r"[\s,]*(?:\bв\s+|\bдо\s+)?([0-2]?[0-9])[:.]([0-5][0-9])$")
_NEAR = {"сегодня": 0, "завтра": 1, "послезавтра": 2}
_AFTER = re.compile(r"через ([0-9]{1,3}) (?:день|дня|дней)")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{2}|[0-9]{4}))?")
_YEAR = re.compile(r"[0-9]{4}")


def read_coming(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | Refusal:
    """The moment meant, on the clock of `zone`; a day without a time is its last second.

    Without a year the next such day is meant. What lies in the past, or more than a year off, is refused.
    """
    typed = " ".join(clean(text).lower().replace("ё", "е").split())
    if not typed or len(typed) > LIMIT:
        return Refusal("org.moment.expected")
    day_text, at = _split(typed)
    day = _day(day_text, local(now, zone).date())
    if day is None:
        return Refusal("org.moment.expected")
    moment = datetime.combine(day, at, zone)
    if moment <= now:
        return Refusal("org.moment.past")
    return Refusal("org.moment.far") if moment - now > FARTHEST else moment


def _split(typed: str) -> tuple[str, time]:
    """The day as it was typed, and the time; «30.04» alone is a day."""
    found = _CLOCK.search(typed)
    if found is None or _DAY_AND_MONTH.fullmatch(typed) or int(found[1]) > LAST_HOUR:
        return typed, DAY_END
    return typed[: found.start()].strip(" ,"), time(int(found[1]), int(found[2]))


def _day(typed: str, today: date) -> date | None:
    if not typed or typed in _NEAR:
        return today + timedelta(days=_NEAR.get(typed, 0))
    if found := _AFTER.fullmatch(typed):
        return today + timedelta(days=int(found[1]))
    if found := _DAY_AND_MONTH.fullmatch(typed):
        year = found[3] or ""
        typed = ".".join(filter(None, (found[1], found[2], f"20{year}" if len(year) == TWO_DIGITS else year)))
    if _YEAR.search(typed):
        return _read(typed, today)
    separator = "." if typed[-1:].isdigit() else " "
    days = [_read(f"{typed}{separator}{year}", today) for year in (today.year, today.year + 1)]
    return next((day for day in days if day is not None and day >= today), None)


def _read(typed: str, today: date) -> date | None:
    found = read_date(typed, today=today)
    return None if isinstance(found, Refusal) else found
