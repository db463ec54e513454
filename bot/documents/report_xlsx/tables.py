"""The long sheets: one row is one thing that is counted, the numbers of its columns add up to the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.contest.awards import OutcomeKind
from bot.contest.event.base import Category
from bot.contest.report.figures import outcome_word
from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.model import Report, RowsKey
from bot.contest.report.places import Places
from bot.contest.report.rows import (
    DIRECTION,
    OUTCOME,
    STAGE,
    UNDECIDED,
    YEAR,
    ApplicationRow,
    DocumentRow,
    ExpertRow,
    ParticipationRow,
)

Cell = str | int | None
#: Above the first row of a long sheet there is its heading.
FIRST_ROW = 2
_CATEGORIES = {
    Category.PRESCHOOLER: "воспитанник",
    Category.PUPIL: "школьник",
    Category.STUDENT: "студент",
    Category.TEACHER: "педагог",
}
_NOT_NAMED, _DESTROYED, _BY_NUMBER = "не называется", "обезличено", "без имён"


@dataclass(frozen=True, slots=True)
class Long:
    """One long sheet."""

    sheet: Sheet
    titles: tuple[str, ...]
    widths: tuple[int, ...]
    #: Keys of the columns that add up, in their order after the others.
    sums: tuple[str, ...]
    count: int
    _cells: Callable[[int], Sequence[Cell]]
    _numbers: tuple[Sequence[int], ...]

    @property
    def first_sum(self) -> int:
        """Index of the first column that adds up."""
        return len(self.titles) - len(self.sums)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each row; a nought among the numbers is left empty."""
        for place in range(self.count):
            yield [*self._cells(place), *(numbers[place] or None for numbers in self._numbers)]


def long_sheets(report: Report, places: Places, *, names: bool) -> dict[Sheet, Long]:
    """The row sheets of a report; `names`: with people by name, except for those who may not be named."""
    notes = _notes(report)
    return {
        Sheet.APPLICATIONS: _long(report, Sheet.APPLICATIONS, *_applications(report, places, notes, names=names)),
        Sheet.PARTICIPATIONS: _long(report, Sheet.PARTICIPATIONS, *_participations(report, places, notes, names=names)),
        Sheet.EXPERTS: _long(report, Sheet.EXPERTS, *_experts(report, names=names)),
        Sheet.DOCUMENTS: _long(report, Sheet.DOCUMENTS, *_documents(report)),
    }


def column_title(key: str, titles: Mapping[str, str]) -> str:
    """What a column that adds up is headed by; `titles` are those of the directions."""
    if key.startswith(YEAR):
        return f"В итог года: {Measure(key.removeprefix(YEAR)).label.lower()}"
    if key.startswith(DIRECTION):
        _, code, measure = key.split(":")
        return f"{titles[code]}: {Measure(measure).label.lower()}"
    if key == UNDECIDED:
        return "Итог не назван"
    if key.startswith(OUTCOME):
        return outcome_word(OutcomeKind(key.removeprefix(OUTCOME)))
    if key.startswith(STAGE):
        return f"Этап {int(key.removeprefix(STAGE)) + 1}"
    return Measure(key).label


Columns = tuple[tuple[tuple[str, int], ...], Callable[[int], Sequence[Cell]]]


def _long(
    report: Report, sheet: Sheet, heads: Sequence[tuple[str, int]], cells: Callable[[int], Sequence[Cell]]
) -> Long:
    columns = {key: numbers for (of, key), numbers in report.rows.columns.items() if of is sheet}
    directions = {one.code: one.title.split(":")[0] for one in report.directions}
    titles = [column_title(key, directions) for key in columns]
    return Long(
        sheet,
        (*(title for title, _ in heads), *titles),
        (*(width for _, width in heads), *(14 for _ in titles)),
        tuple(columns),
        len(report.rows.of(sheet)),
        cells,
        tuple(columns.values()),
    )


def _notes(report: Report) -> dict[tuple[Sheet, int], str]:
    """The numbers of the warnings about a row."""
    found: dict[tuple[Sheet, int], str] = {}
    for number, caution in enumerate(report.warnings, start=1):
        for place in caution.places if caution.rows else ():
            key = (caution.rows.sheet, place) if caution.rows else (Sheet.APPLICATIONS, place)
            found[key] = f"{found[key]}, {number}" if key in found else str(number)
    return found


def _applications(report: Report, places: Places, notes: dict[tuple[Sheet, int], str], *, names: bool) -> Columns:
    heads = (
        ("Событие", 9), ("Часть", 24), ("Заявка", 15), ("Состояние", 14), ("Кто", 12), ("Номинация", 18),
        ("Организация", 38), ("Муниципалитет", 22), ("Регион", 20), ("Страна", 12), ("Название", 24),
        ("Руководитель", 28), ("Людей", 8), ("Итог", 20), ("Предупр.", 9),
    )  # fmt: skip
    rows: tuple[ApplicationRow, ...] = report.rows.applications

    def cells(place: int) -> Sequence[Cell]:
        entry = rows[place].entry
        where = places.of(entry)
        is_shown = names and not any(one.hidden or one.forgotten for one in entry.people)
        return (
            rows[place].event, entry.event, entry.number, entry.state.label, _CATEGORIES[entry.category],
            entry.nomination, where.name, where.municipality, where.region, where.country,
            entry.title if is_shown else None, entry.supervisor if is_shown else None, entry.size,
            (entry.outcome_title or entry.fate.label) if entry.fate else None, notes.get((Sheet.APPLICATIONS, place)),
        )  # fmt: skip

    return heads, cells


def _participations(report: Report, places: Places, notes: dict[tuple[Sheet, int], str], *, names: bool) -> Columns:
    shown = (("Фамилия, имя, отчество", 34),) if names else ()
    heads = (
        ("Событие", 9), ("Часть", 24), ("Заявка", 15), ("Человек №", 11), *shown,
        ("Кто", 12), ("Класс", 7), ("Организация", 38), ("Муниципалитет", 22), ("Людей", 8), ("Предупр.", 9),
    )  # fmt: skip
    rows: tuple[ParticipationRow, ...] = report.rows.participations

    def cells(place: int) -> Sequence[Cell]:
        row = rows[place]
        entry, where = row.entry, places.of(row.entry)
        return (
            row.event, entry.event, entry.number, row.number, *((_name(row),) if names else ()),
            _CATEGORIES[entry.category], row.someone.grade if row.someone else None, where.name, where.municipality,
            row.people, notes.get((Sheet.PARTICIPATIONS, place)),
        )  # fmt: skip

    return heads, cells


def _name(row: ParticipationRow) -> str:
    one = row.someone
    if one is None:
        return _BY_NUMBER
    if one.forgotten is not None:
        return _DESTROYED
    if one.hidden:
        return _NOT_NAMED
    return " ".join(filter(None, (one.surname, one.name, one.patronymic)))


def _experts(report: Report, *, names: bool) -> Columns:
    heads = (("Событие", 9), ("Часть", 24), *((("Эксперт", 34),) if names else ()), ("Организация", 38), ("Оценено", 9))
    rows: tuple[ExpertRow, ...] = report.rows.experts

    def cells(place: int) -> Sequence[Cell]:
        one = rows[place].expert
        shown = (one.name,) if names else ()
        return rows[place].event, one.event, *shown, one.organisation, one.scored

    return heads, cells


def _documents(report: Report) -> Columns:
    rows: tuple[DocumentRow, ...] = report.rows.documents

    def cells(place: int) -> Sequence[Cell]:
        one = rows[place].document
        return rows[place].event, one.event, one.number, one.kind, f"{one.issued_on:%d.%m.%Y}"

    return (("Событие", 9), ("Часть", 24), ("Номер", 22), ("Вид", 26), ("Выдан", 12)), cells


def place_of(key: RowsKey, longs: dict[Sheet, Long], report: Report) -> tuple[int, int, int] | None:
    """The column's index, the first and the last row (from 1) of a figure's numbers; None: there are no rows."""
    long = longs[key.sheet]
    span = report.rows.span(key.sheet, key.event)
    if not span or key.column not in long.sums:
        return None
    column = long.first_sum + long.sums.index(key.column)
    return column, span.start + FIRST_ROW, span.stop + FIRST_ROW - 1
