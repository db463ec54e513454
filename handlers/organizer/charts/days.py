"""Applications by day beside earlier events, as a picture and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.contest import calendar
from bot.contest.charts.days import DAY, MOST_DAYS, Arrivals, distance
from bot.contest.charts.scales import ticks
from bot.contest.text import shorten
from bot.documents.charts.figure import Line, Lines, Tick
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.charts.said import Said

WEEK = timedelta(days=7)
#: Of an event's name beside its line.
NAME_CHARS = 22


@dataclass(frozen=True, slots=True)
class Held:
    """An event with when its applications came."""

    running: Running
    arrivals: Arrivals


def by_day(desk: Desk, own: Held, earlier: Sequence[Held]) -> Said:
    """The sums of this event, and of the earlier ones at the same distance to the deadline."""
    left = distance(own.running.closes_at, desk.now)
    key = "earlier" if left else "earlier_whole"
    compared = [desk.say(f"charts.days.{key}", **_values(own, one, left)) for one in earlier]
    week = own.arrivals.total - own.arrivals.until(desk.now - WEEK)
    recent = [desk.say("charts.days.week", count=week, left=calendar.left(own.running.closes_at, desk.now))]
    return Said(
        title=_title(desk, own, earlier[0] if earlier else None, left),
        lines=[*(recent if left else []), *compared],
        body=_lines(desk, own, earlier, left),
        note=desk.say("charts.days.note") + (" " + desk.say("charts.days.note_compared") if earlier else ""),
    )


def _values(own: Held, one: Held, left: timedelta) -> dict[str, object]:
    return {"name": _full_name(own, one), "then": one.arrivals.at_distance(left), "total": one.arrivals.total}


def _title(desk: Desk, own: Held, other: Held | None, left: timedelta) -> str:
    total = own.arrivals.total
    if other is None:
        return desk.say("charts.days.title" if left else "charts.days.title_over", count=total)
    difference = total - other.arrivals.at_distance(left)
    way = "more" if difference > 0 else "less" if difference < 0 else "same"
    compared = desk.say(f"charts.days.title_{way}", count=total, difference=abs(difference))
    than = desk.say(
        f"charts.days.{_than(own, other)}", year=other.running.event.year, title=other.running.event.short_title
    )
    return compared + " " + than + (" " + desk.say("charts.days.by_now") if left else "")


def _than(own: Held, other: Held) -> str:
    if not _is_same(own, other):
        return "than_other"
    return "than_last_year" if own.running.event.year - other.running.event.year == 1 else "than_year"


def _is_same(own: Held, other: Held) -> bool:
    return own.running.event.slug == other.running.event.slug


def _full_name(own: Held, one: Held) -> str:
    """By what an event is told from the others: the year, or its own name."""
    return str(one.running.event.year) if _is_same(own, one) else one.running.event.short_title


def _lines(desk: Desk, own: Held, earlier: Sequence[Held], left: timedelta) -> Lines:
    days = days_shown(own)
    up = ticks(max(one.arrivals.total for one in (own, *earlier)))
    is_same = all(_is_same(own, one) for one in earlier)
    own_name = str(own.running.event.year) if is_same else desk.say("charts.days.own")
    is_open = timedelta() < left <= days * DAY
    then = [one.arrivals.at_distance(left) for one in earlier[:1]] if is_open else []

    def line(held: Held, name: str, nth: int) -> Line:
        points = held.arrivals.curve(now=desk.now, days=days)
        return Line(
            f"{name}: {held.arrivals.total}",
            tuple((1 - point.days_left / days, point.count / up[-1]) for point in points if point.days_left <= days),
            is_main=held is own,
            then=Tick(then[nth] / up[-1], str(then[nth])) if held is not own and nth < len(then) else None,
        )

    last_day = desk.say("charts.days.deadline")
    return Lines(
        lines=(
            line(own, own_name, 0),
            *(line(one, shorten(_full_name(own, one), NAME_CHARS), nth) for nth, one in enumerate(earlier)),
        ),
        across=tuple(Tick(1 - day / days, str(day) if day else last_day) for day in ticks(days) if day <= days),
        up=tuple(Tick(value / up[-1], str(value)) for value in up),
        axis=desk.say("charts.days.axis"),
        now=Tick(1 - left / DAY / days, calendar.left(own.running.closes_at, desk.now)) if is_open else None,
    )


def days_shown(own: Held) -> int:
    """How many days the picture has: the whole intake. What came earlier to an event of longer intake is one sum."""
    running = own.running
    intake = -(-(running.closes_at - running.event.opens_at) // DAY)
    return max(1, own.arrivals.first_day, min(MOST_DAYS, intake))
