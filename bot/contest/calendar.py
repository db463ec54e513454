"""Dates and spans as people read them, in Russian and in their own zone.

Every function takes aware moments and the `zone` in which to say them; a naive moment raises ValueError.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta, get_timezone_location

_RU = Locale("ru")
_MINUTE_S = 60
_UNITS: tuple[tuple[int, Literal["day", "hour", "minute"]], ...] = (
    (86_400, "day"),
    (3600, "hour"),
    (_MINUTE_S, "minute"),
)
_NO_ROUNDING = 1e9
_WITH_YEAR = "d MMMM y 'года'"
_NEAR_DAYS = {0: "сегодня", 1: "завтра", -1: "вчера"}
#: How people call the time of these zones; others are called by their city.
_NAMES = {
    "Asia/Tomsk": "томское время",
    "Asia/Novokuznetsk": "кузбасское время",
    "Asia/Krasnoyarsk": "красноярское время",
    "Asia/Novosibirsk": "новосибирское время",
    "Europe/Moscow": "московское время",
}


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` on the clock of `zone`. Raises ValueError if it has no zone of its own."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(zone)


def offset(moment: datetime, zone: ZoneInfo) -> str:
    """«UTC+7», «UTC+5:30», «UTC»: what the clock of `zone` was ahead at that very moment."""
    ahead = local(moment, zone).utcoffset() or timedelta()
    minutes = abs(ahead) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    sign = "+" if ahead > timedelta() else "−"
    hours, rest = divmod(minutes, 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def zone_name(moment: datetime, zone: ZoneInfo) -> str:
    """«томское время, UTC+7»; where Russian has no name for the zone, «UTC+5:30» alone."""
    called = _called(zone.key)
    ahead = offset(moment, zone)
    return f"{called}, {ahead}" if called else ahead


@lru_cache(maxsize=64)
def _called(key: str) -> str | None:
    if key in _NAMES:
        return _NAMES[key]
    city = get_timezone_location(key, locale=_RU, return_city=True)
    return None if city.isascii() else f"время города {city}"


def day(moment: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """«30 апреля»; with the year if it is not the year of `now`: «30 апреля 2021 года»."""
    here = local(moment, zone)
    other_year = now is not None and local(now, zone).year != here.year
    return format_date(here, _WITH_YEAR if other_year else "d MMMM", locale=_RU)


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """«09:05»."""
    return format(local(moment, zone), "%H:%M")


def at(moment: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """«18 апреля, 19:20»."""
    return f"{day(moment, zone, now=now)}, {clock(moment, zone)}"


def deadline(moment: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """«30 апреля, 23:59 (томское время, UTC+7)»."""
    return f"{at(moment, zone, now=now)} ({zone_name(moment, zone)})"


def period(start: datetime, end: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """«с 1 по 30 апреля», «с 19 октября по 2 ноября», a single day as «30 апреля».

    The year is said when the two differ or when it is not the year of `now`.
    """
    first, last = local(start, zone), local(end, zone)
    if first.date() == last.date():
        return day(start, zone, now=now)
    if first.year != last.year:
        return f"с {day(start, zone, now=end)} по {format_date(last, _WITH_YEAR, locale=_RU)}"
    if first.month == last.month:
        return f"с {first.day} по {day(end, zone, now=now)}"
    return f"с {day(start, zone)} по {day(end, zone, now=now)}"


def near(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """«завтра в 10:00», «сегодня в 10:00», otherwise «30 апреля в 10:00»."""
    days = (local(moment, zone).date() - local(now, zone).date()).days
    return f"{_NEAR_DAYS.get(days) or day(moment, zone, now=now)} в {clock(moment, zone)}"


def left(until: datetime, now: datetime) -> str:
    """«осталось 12 дней», «остался 1 час», «осталось меньше минуты», «срок прошёл».

    Whole units, rounded down: nobody is promised more time than there is. At `until` itself it is not
    over yet.
    """
    if until.utcoffset() is None or now.utcoffset() is None:
        raise ValueError("a moment without a zone")
    seconds = (until - now) // timedelta(seconds=1)
    if until < now:
        return "срок прошёл"
    if seconds < _MINUTE_S:
        return "осталось меньше минуты"
    size_s, unit = next((size_s, unit) for size_s, unit in _UNITS if seconds >= size_s)
    count = seconds // size_s
    # Babel would round 12 days up to 2 weeks: the threshold keeps it to the unit asked for.
    span = timedelta(seconds=count * size_s)
    whole = format_timedelta(span, granularity=unit, threshold=_NO_ROUNDING, locale=_RU)
    return f"{_remains(count, feminine=unit == 'minute')} {whole}"


def _remains(count: int, *, feminine: bool) -> str:
    if _RU.plural_form(count) != "one":
        return "осталось"
    return "осталась" if feminine else "остался"
