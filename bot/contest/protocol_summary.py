"""The summary protocol of a jury as a paper (domain.md §3.3): who took part, points, places, the decision.

Whatever way an event comes to its outcomes, it has one: with points, with tests, with the sum of places, or with a
list of those who came. So that it fits a page, columns give way by rule: a school and its teacher share a column, and
of too many members of a jury each work names those who judged it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.contest.calendar import local
from bot.contest.event.scoring import Aggregation, Measure
from bot.contest.protocol_facts import Entry, Field, SheetState, Source, Way
from bot.contest.protocol_layout import LANDSCAPE_MM, Align, Cell, Column, Paper, Section, Signature, Table, shown
from bot.contest.protocol_snapshot import Snapshot, WordKind
from bot.contest.protocol_wording import counted_how, decision, not_judged, rounds, ties, trials_of
from bot.contest.trials import written

#: More members of the jury than this don't get a column each.
MOST_JURORS = 9
DRAFT = "ПРОЕКТ"
_NUMBER_MM, _APPLICATION_MM, _GRADE_MM, _GROUP_OF_MM, _JUROR_MM, _TEST_MM = 8, 23, 13, 27, 10.5, 19
_RESULT_MM, _PLACE_MM = 18, 13
#: A group of a kindergarten has a longer name than a class.
_CLASS_MOST = 7
#: What stands above the members' columns needs so much, however few they are.
_GROUP_MM = 32
_AWARD_SHARE, _WHO_SHARE = 0.9, 1.2
_NO_RESULT = "—"


@dataclass(frozen=True, slots=True)
class Issue:
    """Which version a paper is of."""

    zone: ZoneInfo
    #: Empty: nothing is approved, the paper is a draft.
    number: str = ""
    approved_at: datetime | None = None
    #: Why it takes the place of the version before it.
    reason: str = ""
    #: The number of the version that has taken its place.
    replaced_by: int | None = None

    @property
    def mark(self) -> str:
        """What is set over the page."""
        if not self.number:
            return DRAFT
        return f"заменён версией {self.replaced_by}" if self.replaced_by else ""


def dated(at: datetime, zone: ZoneInfo) -> str:
    """«12 мая 2026 г.»."""
    return format_date(local(at, zone), "d MMMM y 'г.'", locale="ru")


def summary(snapshot: Snapshot, issue: Issue) -> Paper:
    """The summary protocol."""
    facts = snapshot.facts
    number = f"№ {issue.number} от {dated(issue.approved_at, issue.zone)}" if issue.approved_at else "№ _____ от _____"
    return Paper(
        name="Протокол",
        title="Сводный протокол жюри" if facts.jury else "Протокол",
        subtitle=number,
        mark=issue.mark,
        head=tuple(_head(snapshot)),
        tables=tuple(_tables(snapshot)),
        sections=tuple(_sections(snapshot, issue)),
        signatures=signatures(snapshot),
        footer=f"{facts.event.title}. Сводный протокол {number if issue.approved_at else '(проект)'}",
    )


def event_name(snapshot: Snapshot) -> str:
    """«Создавай со Scratch» — III открытый конкурс."""
    event = snapshot.facts.event
    return f"{event.title} ({event.status})" if event.status and event.status != event.title else event.title


def signatures(snapshot: Snapshot) -> tuple[Signature, ...]:
    """The chair, each member of the jury once, the secretary; without a jury the organising committee signs."""
    chair, secretary = snapshot.word(WordKind.CHAIR), snapshot.word(WordKind.SECRETARY)
    members = [snapshot.juror(one) for one in snapshot.facts.jury]
    return (
        Signature("Председатель жюри" if members else "Председатель оргкомитета", chair),
        *(Signature("Член жюри", name) for name in members if name not in (chair, secretary)),
        Signature("Ответственный секретарь", secretary),
    )


def _head(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    facts, event = snapshot.facts, snapshot.facts.event
    compared = sum(len(field.entries) for field in facts.fields)
    yield "Событие", event_name(snapshot)
    yield "Организатор", event.organiser
    if event.stage:
        yield "Этап", event.stage
    yield "Место проведения", ", ".join(part for part in (event.city, event.place) if part)
    if facts.jury:
        named = [f"{index}) {snapshot.juror(one)}" for index, one in enumerate(facts.jury, 1)]
        yield "Состав жюри", "; ".join(named)
    if facts.rules.way is Way.ATTENDANCE:
        yield "Принято заявок", str(facts.accepted)
    else:
        label = "Допущено работ" if facts.rules.way is Way.POINTS else "Допущено участников"
        yield label, f"{compared} (принято заявок {facts.accepted})"


def _tables(snapshot: Snapshot) -> Iterator[Table]:
    facts = snapshot.facts
    for field in facts.fields:
        yield _compared(snapshot, field)
        if facts.rules.way is Way.PLACES:
            yield _results(snapshot, field)
    if facts.others:
        title = "Участники" if facts.rules.way is Way.ATTENDANCE else "Заявки без места"
        yield _others(snapshot, title, facts.others)


def _compared(snapshot: Snapshot, field: Field) -> Table:
    """The works of one comparison from the best; the school and the teacher share a column where room is short."""
    for together in (False, True):
        table = _drawn_up(snapshot, field, together=together)
        if table.least_mm <= LANDSCAPE_MM:
            break
    return table


def _drawn_up(snapshot: Snapshot, field: Field, *, together: bool) -> Table:
    scores = _Scores(snapshot, field)
    people = _People(snapshot, field.entries, together=together)
    columns = (*people.columns, *scores.columns, *_ends(snapshot, field))
    rows = tuple(
        (index, *people.cells(entry), *scores.cells(entry), *_end_cells(entry))
        for index, entry in enumerate(field.entries, 1)
    )
    return Table(field.title, (Column("№", _NUMBER_MM, align=Align.CENTER), *columns), rows)


def _others(snapshot: Snapshot, title: str, found: Sequence[Entry]) -> Table:
    people = _People(snapshot, found, together=False)
    columns = (Column("№", _NUMBER_MM, align=Align.CENTER), *people.columns, Column("Итог", share=_AWARD_SHARE))
    return Table(title, columns, tuple((index, *people.cells(one), _award(one)) for index, one in enumerate(found, 1)))


def _results(snapshot: Snapshot, field: Field) -> Table:
    """Raw results: of trials by the numbers under which they are listed below, then what else was measured."""
    trials = trials_of(field)
    others = [line for line in field.lines if line not in trials]
    heads = [
        Column(str(index), share=0.6, align=Align.CENTER, group="Результаты в испытаниях")
        for index, _ in enumerate(trials, 1)
    ]
    heads += [Column(line.title, _TEST_MM, align=Align.CENTER) for line in others]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            index,
            snapshot.who(entry),
            *(
                written(entry.values[line.code], line.measure) if line.code in entry.values else _NO_RESULT
                for line in (*trials, *others)
            ),
        )
        for index, entry in enumerate(field.entries, 1)
    )
    first = (Column("№", _NUMBER_MM, align=Align.CENTER), Column("Участник", share=_WHO_SHARE))
    return Table(f"{field.title}: результаты" if field.title else "Результаты", (*first, *heads), rows)


class _People:
    """The columns that say who it is."""

    def __init__(self, snapshot: Snapshot, found: Sequence[Entry], *, together: bool) -> None:
        grades = [snapshot.grades(one) for one in found]
        taught = any(snapshot.word(WordKind.SUPERVISOR, one.application) for one in found)
        longest = max((len(part) for grade in grades for part in grade.split(", ")), default=0)
        self._snapshot = snapshot
        self._grades = any(grades)
        self._together = together and taught
        self._apart = taught and not together
        school = Column("Организация, руководитель", share=_WHO_SHARE) if self._together else Column("Организация")
        grade = Column("Класс", _GRADE_MM if longest <= _CLASS_MOST else _GROUP_OF_MM, align=Align.CENTER)
        self.columns = (
            Column("№ заявки", _APPLICATION_MM),
            Column("Участник", share=_WHO_SHARE),
            *((grade,) if self._grades else ()),
            school,
            *((Column("Руководитель", share=_AWARD_SHARE),) if self._apart else ()),
        )

    def cells(self, entry: Entry) -> tuple[Cell, ...]:
        """What they say of one."""
        teacher = self._snapshot.word(WordKind.SUPERVISOR, entry.application)
        both = f"{entry.school}; {teacher}" if teacher else entry.school
        school = (both,) if self._together else (entry.school, teacher) if self._apart else (entry.school,)
        grade = (self._snapshot.grades(entry),) if self._grades else ()
        return (entry.number, self._snapshot.who(entry), *grade, *school)


class _Scores:
    """The columns between who it is and what became of it: members of the jury, tests, places in trials."""

    def __init__(self, snapshot: Snapshot, field: Field) -> None:
        facts = snapshot.facts
        self._way = facts.rules.way
        self._ordinals = {juror: index for index, juror in enumerate(facts.jury, 1)}
        self._jurors = list(
            dict.fromkeys(
                sheet.juror for juror in facts.jury for one in field.entries for sheet in one.sheets
                if sheet.juror == juror
            )
        )  # fmt: skip
        self._tests = [line for line in field.lines if line.source is Source.TEST and line.measure is Measure.POINTS]
        self._trials = trials_of(field)
        self._each = len(self._jurors) <= MOST_JURORS
        self.columns = tuple(self._columns())

    def _columns(self) -> Iterator[Column]:
        if self._way is Way.PLACES:
            for index, _ in enumerate(self._trials, 1):
                yield Column(str(index), _JUROR_MM, align=Align.CENTER, group="Места в испытаниях")
            return
        if self._each:
            for juror in self._jurors:
                ordinal = str(self._ordinals[juror])
                width = max(_JUROR_MM, _GROUP_MM / len(self._jurors))
                yield Column(ordinal, width, align=Align.CENTER, group="Баллы членов жюри")
        elif self._jurors:
            yield Column("Баллы членов жюри", align=Align.LEFT)
        for line in self._tests:
            yield Column(line.title, _TEST_MM, align=Align.CENTER)

    def cells(self, entry: Entry) -> tuple[Cell, ...]:
        """What they say of one work."""
        if self._way is Way.PLACES:
            return tuple(entry.places.get(line.code, _NO_RESULT) for line in self._trials)
        given = {sheet.juror: _given(sheet.state, sheet.total) for sheet in entry.sheets}
        tests = tuple(entry.values.get(line.code, _NO_RESULT) for line in self._tests)
        if self._each:
            return (*(given.get(juror, "") for juror in self._jurors), *tests)
        found = "; ".join(f"{self._ordinals[one]}) {shown(given[one])}" for one in self._jurors if one in given)
        return ((found, *tests) if self._jurors else tests)  # fmt: skip


def _given(state: SheetState, total: Cell | None) -> Cell:
    if state is SheetState.CONFLICT:
        return "к/и"
    return _NO_RESULT if total is None or state is SheetState.OPEN else total


def _ends(snapshot: Snapshot, field: Field) -> tuple[Column, ...]:
    rules = snapshot.facts.rules
    result = "Сумма мест" if rules.way is Way.PLACES else "Сумма"
    if rules.way is Way.POINTS and rules.aggregation is Aggregation.MEAN:
        tested = any(line.source is Source.TEST for line in field.lines)
        result = "Итоговый балл" if tested else "Средний балл"
    return (
        Column(result, _RESULT_MM, align=Align.CENTER),
        Column("Место", _PLACE_MM, align=Align.CENTER),
        Column("Награда", share=_AWARD_SHARE),
    )


def _end_cells(entry: Entry) -> tuple[Cell, ...]:
    points: Cell = _NO_RESULT if entry.points is None else entry.points
    return (points, _NO_RESULT if entry.place is None else entry.place, _award(entry))


def _award(entry: Entry) -> str:
    return "не решено" if entry.decided is None else entry.decided.label


def _sections(snapshot: Snapshot, issue: Issue) -> Iterator[Section]:
    facts = snapshot.facts
    yield Section("Порядок подсчёта", counted_how(facts))
    if found := rounds(snapshot):
        yield Section("Предыдущие этапы", found)
    if facts.rules.way is not Way.ATTENDANCE:
        yield Section("Равенство результатов", ties(snapshot) or ("Решать между равными не потребовалось.",))
    if facts.jury:
        nobody = ("Воздержавшихся нет, о конфликте интересов никто не заявил.",)
        yield Section("Кто не оценивал", not_judged(snapshot) or nobody)
    yield Section("Решение", decision(facts))
    if issue.reason:
        yield Section("Исправление", (f"Эта версия заменяет предыдущую. Причина: {issue.reason}",))
    yield Section("Особые мнения", blanks=2)
