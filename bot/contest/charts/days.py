"""Applications by day, and beside them those of earlier events at the same distance to the deadline.

A day here is 24 hours counted back from the deadline, so that events of other months, and of other hours of the
deadline, lie upon each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

#: Arrivals are counted by the quarter of an hour: as fine as a picture needs, few enough for 100 000 of them.
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
#: Earlier days than these are one point: a picture has no room for more.
MOST_DAYS = 120
#: So many earlier years of the same event are drawn.
MOST_EARLIER = 2
#: So many other events are offered to compare with.
MOST_SIMILAR = 6
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Point:
    """So many applications there were when so many days were left."""

    days_left: float
    count: int


class Arrivals:
    """When an event's applications came, against its deadline."""

    def __init__(self, closes_at: datetime, quarters: Mapping[int, int]) -> None:
        """`quarters`: how many came in each quarter of an hour, numbered from 1970 UTC."""
        self.closes_at = closes_at
        self._quarters = sorted(quarters)
        self._sums = list(accumulate(quarters[one] for one in self._quarters))

    @property
    def total(self) -> int:
        """All of them."""
        return self._sums[-1] if self._sums else 0

    def until(self, moment: datetime) -> int:
        """How many had come by `moment`, to the quarter of an hour."""
        found = bisect_right(self._quarters, (moment - _START) // QUARTER)
        return self._sums[found - 1] if found else 0

    def at_distance(self, left: timedelta) -> int:
        """How many there were when `left` remained; all of them once nothing remains, those who were late too."""
        return self.until(self.closes_at - left) if left > timedelta() else self.total

    @property
    def first_day(self) -> int:
        """How many whole days before the deadline the first came, within what is drawn."""
        if not self._quarters:
            return 0
        before = self.closes_at - (_START + self._quarters[0] * QUARTER)
        return min(MOST_DAYS, max(0, -(-before // DAY)))

    def curve(self, *, now: datetime, days: int) -> tuple[Point, ...]:
        """The sums from `days` before the deadline to the deadline, or to now where that is earlier."""
        left = max(timedelta(), self.closes_at - now)
        whole = [number for number in range(days, -1, -1) if number * DAY > left]
        points = [Point(number, self.at_distance(number * DAY)) for number in whole]
        return (*points, Point(left / DAY, self.at_distance(left)))


def distance(closes_at: datetime, now: datetime) -> timedelta:
    """How much is left; nothing once the deadline has passed."""
    return max(timedelta(), closes_at - now)


@dataclass(frozen=True, slots=True)
class Other:
    """An event that this one may be compared with."""

    code: str
    #: The code without the year: the same for the same event of other years.
    slug: str
    closes_at: datetime
    module: str | None
    kind: str


def earlier(event: Other, others: Iterable[Other]) -> tuple[Other, ...]:
    """The same event's earlier years, the last one first."""
    return tuple(_newest(one for one in others if one.slug == event.slug and one.closes_at < event.closes_at))


def similar(event: Other, others: Iterable[Other]) -> tuple[Other, ...]:
    """Other events that ended before this one: of its module first, then of its kind, then the latest."""
    found = _newest(one for one in others if one.slug != event.slug and one.closes_at < event.closes_at)
    return tuple(sorted(found, key=lambda one: -_likeness(event, one)))[:MOST_SIMILAR]


def _newest(found: Iterable[Other]) -> Sequence[Other]:
    return sorted(found, key=lambda one: (one.closes_at, one.code), reverse=True)


def _likeness(event: Other, other: Other) -> int:
    return 2 * (event.module is not None and event.module == other.module) + (event.kind == other.kind)
