"""What an official paper is made of: headings, paragraphs, lists, tables. Plain values, whoever draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Style(StrEnum):
    """How a paragraph stands; the values are the names of the document's own styles."""

    BODY = "Normal"
    #: A line of a title page.
    HEAD = "Шапка"
    TITLE = "Title"
    SUBTITLE = "Subtitle"
    #: Under a table: what was counted, and how.
    NOTE = "Примечание"
    #: Where the figures are from; keeps to the lines to be signed.
    SOURCE = "Источник"
    #: Of the working copy alone: what is still missing.
    GAP = "Пометка"
    #: Facts one below the other, without an indent.
    PLAIN = "Без отступа"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the contents; level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words; `label` stands before them in bold."""

    text: str
    style: Style = Style.BODY
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with dashes or numbered from 1."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A numbered table; its head is repeated on each page."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    #: Shares of the page's width.
    widths: tuple[int, ...]
    #: Columns of figures, from 0: they stand in the middle.
    figures: frozenset[int] = frozenset()
    #: What was counted, and how; a line under the table.
    note: str = ""
    #: The last row sums up the others.
    total: bool = False
    #: Has a number of its own; a sheet of facts has none.
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: of the headings of levels 1 and 2."""

    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a page of its own."""


@dataclass(frozen=True, slots=True)
class Space:
    """So many empty points."""

    points: int


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to be signed: who, and the name if it is known."""

    lines: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Items | Table | Contents | PageBreak | Space | Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper."""

    title: str
    author: str
    #: On every page but the first.
    header: str
    blocks: tuple[Block, ...]
    #: The day that it is about: the only time in the file, so that the same data give the same bytes.
    made_at: datetime
    #: Whether the first page is a title page: without header and number.
    title_page: bool = False
    keywords: str = field(default="")
