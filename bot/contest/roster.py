"""Reading a list of people as it is typed or pasted: a line each, with the class at its end.

«1. Соколова Вера Ильинична, 6А»: numbers and bullets before a name are let pass, and so are a heading, cells of a
spreadsheet (tabs), semicolons, and a class in brackets or without a comma. What cannot be read is said by line; the
lines that can are kept.

Refusal keys: `roster.grade_missing` (name), `roster.extra` (extra), and those of `bot.contest.names` and
`bot.contest.grades`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.contest.grades import Grade, read_grade
from bot.contest.names import FullName, read_full_name
from bot.contest.refusal import Refusal
from bot.contest.text import clean, fold, inert, shorten

#: A word in which two letters may be mistyped.
LONG = 6
#: So much of a line is repeated to whoever wrote it.
MOST_SHOWN = 40
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●◦✓]+\s*|№?\s*\d{1,3}\s*[.)\]:]\s*|№\s*\d{1,3}\s+|\d{1,3}\s+(?=[^\W\d_]{2}))+")
_HEADING = re.compile(r"^\W*(?:№\W*)?(?:п/п\W*)?(?:фио|ф\.\s*и\.|фамилия\b.*\bимя\b)", re.IGNORECASE)
_DASH = re.compile(r"\s+[–—-]\s+")
_DATE = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)")
#: Words that may stand before the number or the name of a class: «ученица 6А класса», «группа старшая».
_BEFORE_GRADE = frozenset(("класс", "класса", "кл", "группа", "гр", "ученик", "ученица", "воспитанник", "воспитанница"))
_FATHERS_NAME = re.compile(r"(?:вич|ьич|мич|[вч]на|оглы|кызы|улы|қызы|ұлы)$", re.IGNORECASE)
_NAME_WORDS = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list."""

    #: Counts the lines with something on them from 1.
    line: int
    name: FullName
    #: None where the line has no class.
    grade: Grade | None
    #: Further cells in their order, dates among them: what they mean is the reader's to say.
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that could not be read."""

    line: int
    #: As it was written, shortened.
    text: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Roster:
    """What a list says."""

    people: tuple[Listed, ...]
    mistakes: tuple[Mistake, ...]


def read_roster(text: str, *, needs_grade: bool = True, columns: int = 0) -> Roster:
    """The people of `text`, a line each, and the lines that are not understood.

    `needs_grade`: a line without a class is a mistake. `columns`: so many further cells a line may have; what is
    beyond them is a mistake, so that a second name on a line is not lost.
    """
    lines = [line for line in clean(text).split("\n") if any(char.isalnum() for char in line)]
    people: list[Listed] = []
    mistakes: list[Mistake] = []
    for number, line in enumerate(lines, start=1):
        if _HEADING.search(line):
            continue
        found = _read_line(number, line, needs_grade=needs_grade, columns=columns)
        if isinstance(found, Refusal):
            mistakes.append(Mistake(number, shorten(" ".join(line.split()), MOST_SHOWN), found))
        else:
            people.append(found)
    return Roster(tuple(people), tuple(mistakes))


def same_person(one: FullName, other: FullName) -> bool:
    """Whether two names seem to be of one person; namesakes are told apart by their patronymics."""
    if one.key != other.key:
        return False
    return not (one.patronymic and other.patronymic and one.patronymic != other.patronymic)


def is_put_right(before: FullName, after: FullName) -> bool:
    """Whether `after` is the name of the same person without a slip, and not of somebody else in their place.

    What was decided about a person must not pass to another one: a doubt is no.
    """
    pairs = ((before.surname, after.surname), (before.name, after.name))
    crossed = ((before.surname, after.name), (before.name, after.surname))
    return all(_is_slip(*pair) for pair in pairs) or all(fold(one) == fold(other) for one, other in crossed)


def _is_slip(one: str, other: str) -> bool:
    """Whether a word was mistyped: one letter, in a long word two."""
    one, other = fold(one), fold(other)
    most = 1 if min(len(one), len(other)) < LONG else 2
    return OSA.distance(one, other, score_cutoff=most) <= most


def twin_of(name: FullName, others: Iterable[FullName]) -> FullName | None:
    """The first of `others` who seems to be the same person."""
    return next((other for other in others if same_person(name, other)), None)


def _read_line(number: int, line: str, *, needs_grade: bool, columns: int) -> Listed | Refusal:
    name_cell, *cells = _named(_cells(_BULLET.sub("", line, count=1)))
    name_text, grade_text, dates = _apart(name_cell)
    rest = [*([grade_text] if grade_text else []), *cells, *dates]
    name = read_full_name(name_text)
    if isinstance(name, Refusal):
        return name
    place = next((index for index, cell in enumerate(rest) if isinstance(read_grade(cell), Grade)), None)
    grade = None if place is None else read_grade(rest.pop(place))
    rest = [cell for cell in rest if cell] if columns == 0 else rest
    if isinstance(grade, Grade) or not needs_grade:
        return _listed(number, name, grade if isinstance(grade, Grade) else None, rest, columns)
    return _grade_refusal(name, rest)


def _listed(number: int, name: FullName, grade: Grade | None, rest: list[str], columns: int) -> Listed | Refusal:
    while rest and not rest[-1]:
        rest.pop()
    if len(rest) > columns:
        return Refusal("roster.extra", {"extra": inert(shorten(rest[columns], MOST_SHOWN))})
    return Listed(number, name, grade, tuple(rest))


def _grade_refusal(name: FullName, rest: list[str]) -> Refusal:
    """What is wrong with the class: something that means to be one, or none at all."""
    meant = (cell for cell in rest if any(char.isdigit() for char in cell) and not _DATE.fullmatch(cell))
    found = read_grade(next(meant, ""))
    if isinstance(found, Refusal) and found.key not in ("grade.expected", "text.too_long"):
        return found
    return Refusal("roster.grade_missing", {"name": name.formal})


def _cells(line: str) -> list[str]:
    """Tabs part a line before semicolons, and these before commas and dashes: a cell may hold the weaker signs."""
    for sign in ("\t", ";", "|"):
        if sign in line:
            return [cell.strip() for cell in line.split(sign)]
    return [cell.strip() for cell in _DASH.sub(",", line).split(",")]


def _named(cells: list[str]) -> list[str]:
    """The cells with surname, name and patronymic put together, where each has a cell of its own."""
    filled = next((index for index, cell in enumerate(cells) if any(char.isalpha() for char in cell)), 0)
    name, *cells = cells[filled:] or [""]
    while cells and _continues(name.split(), cells[0]):
        name = f"{name} {cells.pop(0)}"
    return [name, *cells]


def _continues(words: list[str], cell: str) -> bool:
    first, *_ = cell.split() or [""]
    if not re.fullmatch(r"[^\W\d_]+(?:[ ’-]+[^\W\d_]+)*", cell) or _begins_grade(first):
        return False
    return len(words) < _NAME_WORDS or (len(words) == _NAME_WORDS and bool(_FATHERS_NAME.search(cell)))


def _apart(cell: str) -> tuple[str, str, list[str]]:
    """The name, the class behind it («6 «А» класс», «старшая группа»; empty where there is none), and dates."""
    dates = _DATE.findall(cell)
    words = _DATE.sub(" ", cell).split()
    for index, word in enumerate(words):
        if (index and any(char.isdigit() for char in word)) or (index >= _NAME_WORDS and _begins_grade(word)):
            return " ".join(words[:index]), " ".join(words[index:]), dates
    return " ".join(words), "", dates


def _begins_grade(word: str) -> bool:
    return word.strip("(«\"'.,").casefold() in _BEFORE_GRADE or isinstance(read_grade(word), Grade)
