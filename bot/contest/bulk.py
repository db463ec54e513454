"""Tables of participants: finding the heading, reading the rows under it, keeping together what belongs together.

Columns have the titles that people know; a teacher's own list, with other columns between and beside them, is read
just as well. Nothing is taken from a column that is not known (an explicit list of what may be set: OWASP ASVS 15.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.contest.text import fold

#: A heading stands among the first rows, under whatever the school has written above it.
HEADING_WITHIN = 20
Cells = Mapping[str, str]
Rows = Sequence[Sequence[str | None]]
_TAIL = re.compile(r"\(.*|[*:№.,]")


@dataclass(frozen=True, slots=True)
class Column:
    """One question of the table."""

    #: What its answer is called.
    key: str
    title: str
    #: Other titles that people give it.
    aliases: tuple[str, ...] = ()
    #: Each member of a team has an answer; otherwise the team has one.
    of_member: bool = False
    #: The same for many: alone it does not make a row a participant.
    shared: bool = False
    required: bool = True
    choices: tuple[str, ...] = ()
    #: What is expected, for whoever fills it in.
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the columns are."""

    #: Index of the row in its sheet.
    row: int
    #: By the column's key, the index of its cell.
    places: Mapping[str, int]
    #: Titles of columns that are not taken.
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A filled row."""

    #: As the spreadsheet counts it, from 1.
    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes one application: a row, or the rows of a team."""

    lines: tuple[Line, ...]
    #: What is known besides the cells, by the names of answers.
    given: Mapping[str, object] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The row that it begins in."""
        return self.lines[0].number

    def common(self, keys: Collection[str]) -> dict[str, str]:
        """The cells of the whole: of each key the first that is filled in."""
        return {
            key: next(line.cells[key] for line in self.lines if line.cells.get(key))
            for key in keys
            if any(line.cells.get(key) for line in self.lines)
        }


def find_heading(rows: Rows, columns: Sequence[Column], needed: Collection[str]) -> Heading | None:
    """The row with the titles, if all of `needed` are among them; the one with most of them where several are."""
    found = [_heading(number, row, columns) for number, row in enumerate(rows[:HEADING_WITHIN])]
    fitting = [one for one in found if set(needed) <= set(one.places)]
    return max(fitting, key=lambda one: len(one.places), default=None)


def lines_of(rows: Rows, heading: Heading, columns: Sequence[Column]) -> list[Line]:
    """The filled rows under the heading. A row with nothing but what many share is still to be filled in."""
    telling = {column.key for column in columns if not column.shared}
    lines = []
    for index, row in enumerate(rows[heading.row + 1 :], start=heading.row + 2):
        cells = {
            key: value
            for key, place in heading.places.items()
            if place < len(row) and (value := row[place]) is not None
        }
        if telling & set(cells):
            lines.append(Line(index, cells))
    return lines


def entries_of(lines: Sequence[Line], *, title: str | None, alone: bool) -> list[Entry]:
    """Lines put together: those with the same `title` (a key) are one team; without such a key each is by itself.

    `alone`: a line without a title is a person by itself; otherwise it goes on with the team above it.
    """
    if title is None:
        return [Entry((line,)) for line in lines]
    groups: dict[str, list[Line]] = {}
    last = ""
    for line in lines:
        name = fold(line.cells.get(title, ""))
        if name:
            last = name
        elif alone or not last:
            name = f"\n{line.number}"
        else:
            name = last
        groups.setdefault(name, []).append(line)
    return [Entry(tuple(group)) for group in groups.values()]


def contradictions(entry: Entry, keys: Collection[str]) -> list[tuple[int, str]]:
    """Lines of a team that say something else than its first one: their numbers with the keys."""
    said = entry.common(keys)
    return [
        (line.number, key)
        for line in entry.lines
        for key in keys
        if line.cells.get(key) and fold(line.cells[key]) != fold(said[key])
    ]


def _heading(number: int, row: Sequence[str | None], columns: Sequence[Column]) -> Heading:
    by_title = {_plain(title): column.key for column in columns for title in (column.title, *column.aliases)}
    places: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(row):
        key = by_title.get(_plain(cell or ""))
        if key is not None and key not in places:
            places[key] = place
        elif cell:
            ignored.append(cell)
    return Heading(number, places, tuple(ignored))


def _plain(title: str) -> str:
    """«Класс (3Б) *» as «класс»."""
    return fold(_TAIL.sub(" ", title.replace("\n", " ")))
