"""A picture as plain values: the same values give the same picture.

Lengths along an axis are shares of it, 0 to 1; all texts are shown as they are, never read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its name written at its end. `is_main` stands out; the others are told apart by their dashes."""

    label: str
    points: tuple[tuple[float, float], ...]
    is_main: bool = False
    #: How high it was on the day of the picture, and what is written there.
    then: Tick | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over two axes."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    #: What `across` counts.
    axis: str
    #: The day of the picture, where it is not the end.
    now: Tick | None = None
    kind: str = "lines"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, what is written at its end, and its parts as shares of the longest row."""

    label: str
    text: str
    parts: tuple[float, ...]
    #: What is written within the parts, where there is room.
    inside: tuple[str, ...] = ()
    #: Less than the others: a rest, or what is not known.
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of bars; where they have several parts, `parts` names these in their order."""

    bars: tuple[Bar, ...]
    parts: tuple[str, ...] = ()
    kind: str = "bars"


@dataclass(frozen=True, slots=True)
class Spread:
    """A row of points with the box of its quartiles."""

    label: str
    text: str
    median: float
    quartiles: tuple[float, float]
    #: Where each point stands, and how far from the middle of the row, in points' breadths.
    points: tuple[tuple[float, int], ...]
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Spreads:
    """Rows of points over one axis."""

    spreads: tuple[Spread, ...]
    across: tuple[Tick, ...]
    #: The median of all.
    middle: float | None = None
    kind: str = "spreads"


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole picture. `title` says what was found, `about` of which event, `note` what is counted and when."""

    title: str
    about: str
    note: str
    body: Lines | Bars | Spreads
