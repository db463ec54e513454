"""A paper of the jury as it is to be printed: lines above, tables, lines below, who signs. Drawn elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

#: What stands in a cell: a number stays a number, everything else is text as it stands.
Cell = str | int | Decimal
#: What a page has between its margins, in millimetres.
PORTRAIT_MM, LANDSCAPE_MM = 180.0, 273.0
#: Columns of text share what the others leave; with less than this they are unreadable.
_SHARE_LEAST_MM = 26.0


class Align(StrEnum):
    """How a column stands."""

    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    #: In millimetres; 0: a share of what the others leave.
    width_mm: float = 0.0
    #: How large the share is.
    share: float = 1.0
    align: Align = Align.LEFT
    #: What stands above this column and its neighbours of the same group; empty: nothing.
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Works in rows; the head is repeated on every page."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def least_mm(self) -> float:
        """So wide it must be for its columns of text to be readable."""
        return sum(one.width_mm or one.share * _SHARE_LEAST_MM for one in self.columns)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines below; `blanks`: so many empty lines to write on."""

    heading: str
    lines: tuple[str, ...] = ()
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on; without a name there is a line for the name too."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document."""

    #: Of the file or of the worksheet: short, and its own among those of one file.
    name: str
    title: str
    #: Below the title: number and date.
    subtitle: str
    #: Set over the page: «ПРОЕКТ», «заменён версией 2»; empty: it holds.
    mark: str
    #: Label and value, one below the other.
    head: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    #: At the foot of each page, beside its number.
    footer: str

    @property
    def wide(self) -> bool:
        """Whether some table needs the page to lie on its side."""
        return any(table.least_mm > PORTRAIT_MM for table in self.tables)


def shown(value: Cell) -> str:
    """A cell as people read it: «31,5»."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
