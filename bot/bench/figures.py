"""Figures beside their targets, as a table for the terminal or for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = ("показатель", "цель", "измерено", "")
_WORDS = {True: "достигнута", False: "не достигнута", None: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `reached` None: there is no target, it stands beside others."""

    name: str
    target: str
    measured: str
    reached: bool | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What stands in the line."""
        return (self.name, self.target or "–", self.measured, _WORDS[self.reached])


def all_reached(figures: Sequence[Figure]) -> bool:
    """Is there none that missed its target?"""
    return all(figure.reached is not False for figure in figures)


def plain(figures: Sequence[Figure]) -> str:
    """Columns of equal width."""
    rows = [_HEAD, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def markdown(figures: Sequence[Figure]) -> str:
    """A table of Markdown."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(figure.cells for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def number(value: float) -> str:
    """«1 234», «4,7», «0,31»: three digits are enough."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2  # noqa: PLR2004 - powers of ten
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def milliseconds(seconds: float) -> str:
    """«47 мс»."""
    return f"{number(1000 * seconds)} мс"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of all do not exceed. Raises ValueError for no values."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
