"""What all pictures share: which are offered, how long a list may be, round numbers for axes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
#: A picture on a phone holds so many rows that can still be read.
MOST_ROWS = 12
#: Lines across a picture, beside the one at nothing.
MOST_TICKS = 5


class Chart(StrEnum):
    """The pictures of an event."""

    DAYS = "days"
    PLACES = "places"
    LOAD = "load"
    SPREAD = "spread"

    @property
    def is_of_jury(self) -> bool:
        """Whether it is about the jury's sheets."""
        return self in (Chart.LOAD, Chart.SPREAD)


def offered(*, has_sheets: bool) -> tuple[Chart, ...]:
    """The pictures that an event can have: without sheets there is nothing of a jury to show."""
    return tuple(one for one in Chart if has_sheets or not one.is_of_jury)


def first_rows(rows: Sequence[T], most: int = MOST_ROWS) -> tuple[Sequence[T], Sequence[T]]:
    """The rows that are shown, and those that «ещё N» stands for: that line takes the place of a row."""
    if len(rows) <= most:
        return rows, ()
    return rows[: most - 1], rows[most - 1 :]


def ticks(most: float, count: int = MOST_TICKS) -> tuple[int, ...]:
    """Round whole numbers from 0 up to the first that is not below `most`, at most `count` beside the 0."""
    step = 1
    while step * count < most:
        step = next_round(step)
    last = max(1, -(-int(-(-most // 1)) // step))
    return tuple(step * number for number in range(last + 1))


def next_round(number: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50, 100 …; `number` is one of them."""
    return number * 5 // 2 if str(number).startswith("2") else number * 2
