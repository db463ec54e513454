"""An event in another year: every moment moved by the same days, and its codes renamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.contest.event.base import Part
from bot.contest.event.moments import TOMSK, moved

if TYPE_CHECKING:
    from bot.contest.event.model import Event

#: A year at the end of a code: `scratch-2021`.
YEAR_OF_CODE = re.compile(r"-(\d{4})$")
_NEAR_YEARS = 1


def later_parts(part: Part, by: timedelta) -> dict[str, object]:
    """What of a part changes when its time is moved by whole days; a part without moments has nothing to change."""
    each = ((name, value, _later(value, by)) for name, value in part)
    return {name: after for name, before, after in each if after != before}


def _later(value: object, by: timedelta) -> object:
    """`value` with every moment and day in it, at any depth, later by `by`."""
    match value:
        case datetime():
            return moved(value, by)
        case date():
            return value + by
        case Part():
            return value.model_copy(update=later_parts(value, by))
        case tuple():
            return tuple(_later(one, by) for one in value)
    return value


def code_of_year(code: str, *, near: int, years: int) -> str:
    """`code` with its year later by `years`; one far from the year `near` is no year of intake: `victory-1945`."""

    def later(old: re.Match[str]) -> str:
        return f"-{int(old[1]) + years}" if abs(int(old[1]) - near) <= _NEAR_YEARS else old[0]

    return YEAR_OF_CODE.sub(later, code)


def moved_together(events: Sequence[Event], start: date) -> tuple[Event, ...]:
    """Every event moved so that its intake begins on `start`; children keep their distance from their parent."""
    return tuple(
        event.moved_by(by, years=years) for event, (by, years) in zip(events, steps_to(events, start), strict=True)
    )


def steps_to(events: Sequence[Event], start: date) -> tuple[tuple[timedelta, int], ...]:
    """By how much each event moves, in days and in years of its codes; a parent's step is that of its children."""
    by_code = {event.code: event for event in events}
    firsts = [by_code.get(event.parent or "", event) for event in events]
    return tuple((start - first.opens_at.astimezone(TOMSK).date(), start.year - first.year) for first in firsts)
