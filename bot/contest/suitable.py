"""Which events are for whom, and in which months they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.contest.calendar import local
from bot.contest.consents import Applicant
from bot.contest.event.base import Category
from bot.contest.event.model import Event

#: How many applications say whom a person acts for now; older ones may be of another year.
LATEST = 10


@dataclass(frozen=True, slots=True, order=True)
class Interest:
    """Somebody for whom events are looked for."""

    category: Category
    #: Of a pupil; None: of any class.
    grade: int | None = None


def is_suitable(event: Event, interests: Iterable[Interest]) -> bool:
    """Whether the event takes at least one of these people; what is unknown of them shuts nobody out."""
    return any(event.audience.admits(one.category, grade=one.grade) for one in interests)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody for whom an application was sent, and who sent it."""

    category: str
    grade: int | None
    by: Applicant


def derived(entered: Iterable[Entered]) -> tuple[Interest, ...]:
    """For whom somebody looks who has entered these, the latest last; a teacher looks for teachers too."""
    last = list(entered)[-LATEST:]
    found = {Interest(Category(one.category), one.grade) for one in last}
    if any(one.by is Applicant.TEACHER for one in last):
        found.add(Interest(Category.TEACHER))
    return tuple(sorted(found, key=_order))


def _order(one: Interest) -> tuple[str, int]:
    return one.category.value, one.grade or 0


def months(event: Event, closes_at: datetime, zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """The months (year and number) in which one can apply to the event or be at its meeting, in order.

    `closes_at`: the deadline in force.
    """
    spans = [(event.opens_at, max(event.opens_at, closes_at))]
    if event.meeting is not None:
        spans.append((event.meeting.starts_at, event.meeting.ends_at))
    found: set[tuple[int, int]] = set()
    for start, end in spans:
        first, last = local(start, zone), local(end, zone)
        month, until = (first.year, first.month), (last.year, last.month)
        while month <= until:
            found.add(month)
            month = (month[0], month[1] + 1) if month[1] < 12 else (month[0] + 1, 1)  # noqa: PLR2004 - of a year
    return tuple(sorted(found))
