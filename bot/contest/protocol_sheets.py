"""The score sheet of one member of the jury as a paper (domain.md §3.3): each work, each criterion, to be signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.contest.event.scoring import Measure
from bot.contest.protocol_facts import Entry, Field, Line, Sheet, SheetState, Source
from bot.contest.protocol_layout import Align, Cell, Column, Paper, Section, Signature, Table, shown
from bot.contest.protocol_snapshot import Snapshot, WordKind
from bot.contest.protocol_summary import DRAFT, Issue, dated, event_name
from bot.contest.trials import written

#: More criteria than this, or longer titles, are columns with numbers and a list below.
MOST_TITLED, LONGEST_TITLE = 8, 34
_NUMBER_MM, _WORK_MM, _TITLED_MM, _NUMBERED_MM, _SUM_MM = 8, 25, 19, 11, 14


def score_sheet(snapshot: Snapshot, juror: int, issue: Issue) -> Paper | None:
    """What this member has written; None: no work was given to them.

    A sheet of which everything is saved is no draft, though the protocol is not approved yet: it is signed before.
    """
    own = tuple(_own(snapshot, juror))
    if not own:
        return None
    saved = [one.sheet.saved_at for one in own if one.sheet.saved_at is not None]
    unfinished = any(one.sheet.state is SheetState.OPEN for one in own)
    name = snapshot.juror(juror)
    tables = tuple(_tables(snapshot, own))
    protocol = f"к протоколу № {issue.number}" if issue.number else ""
    return Paper(
        name=name,
        title="Оценочный лист",
        subtitle=protocol,
        mark=issue.mark if issue.number else DRAFT if unfinished else "",
        head=(
            ("Событие", event_name(snapshot)),
            ("Член жюри", name),
            ("Дата", dated(max(saved), issue.zone) if saved else "___________________"),
        ),
        tables=tables,
        sections=tuple(_legends(own)),
        signatures=(Signature("Член жюри", name),),
        footer=f"{snapshot.facts.event.title}. Оценочный лист: {name}",
    )


def score_sheets(snapshot: Snapshot, issue: Issue) -> tuple[Paper, ...]:
    """The sheets of all members who were given a work."""
    found = (score_sheet(snapshot, juror, issue) for juror in snapshot.facts.jury)
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class _Own:
    """One work in the member's hands."""

    entry: Entry
    sheet: Sheet
    lines: tuple[Line, ...]


def _own(snapshot: Snapshot, juror: int) -> Iterator[_Own]:
    for field in snapshot.facts.fields:
        mine = [(entry, sheet) for entry in field.entries for sheet in entry.sheets if sheet.juror == juror]
        lines = _lines(field) if mine else {}
        for entry, sheet in mine:
            yield _Own(entry, sheet, lines[entry.nomination])


def _lines(field: Field) -> dict[str, tuple[Line, ...]]:
    """The criteria by where a work competes: those in which anybody there has points; else all that there are."""
    given: dict[str, set[str]] = defaultdict(set)
    for entry in field.entries:
        given[entry.nomination] |= {code for sheet in entry.sheets for code in sheet.points}
    jury = tuple(line for line in field.lines if line.source is Source.JURY)
    return {place: tuple(one for one in jury if one.code in codes) or jury for place, codes in given.items()}


def _tables(snapshot: Snapshot, own: Sequence[_Own]) -> Iterator[Table]:
    """One for each place where works compete, and for each set of criteria, in the order of the event."""
    together: dict[tuple[str, tuple[Line, ...]], list[_Own]] = defaultdict(list)
    for one in own:
        together[one.entry.nomination, one.lines].append(one)
    for (place, lines), here in together.items():
        pairs = sorted(((one.entry, one.sheet) for one in here), key=lambda pair: pair[0].ordinal)
        yield _table(snapshot, place, lines, pairs)


def _table(snapshot: Snapshot, place: str, lines: tuple[Line, ...], here: Sequence[tuple[Entry, Sheet]]) -> Table:
    blind, summed = snapshot.facts.rules.blind, any(line.measure is Measure.POINTS for line in lines)
    columns = (
        Column("№", _NUMBER_MM, align=Align.CENTER),
        Column("№ работы", _WORK_MM),
        *(() if blind else (Column("Участник"),)),
        *_criteria(lines),
        *((Column("Сумма", _SUM_MM, align=Align.CENTER),) if summed else ()),
        Column("Примечание"),
    )
    rows = tuple(
        (
            index,
            entry.number,
            *(() if blind else (snapshot.who(entry),)),
            *(_cell(line, sheet) for line in lines),
            *((_sum(sheet),) if summed else ()),
            _note(snapshot, entry, sheet),
        )
        for index, (entry, sheet) in enumerate(here, 1)
    )
    return Table(place, columns, rows)


def _criteria(lines: Sequence[Line]) -> Iterator[Column]:
    for index, line in enumerate(lines, 1):
        title = f"{line.title}{_scale(line)}" if _are_titled(lines) else str(index)
        width = _TITLED_MM if _are_titled(lines) else _NUMBERED_MM
        yield Column(title, width, align=Align.CENTER, group="Критерии")


def _are_titled(lines: Sequence[Line]) -> bool:
    return len(lines) <= MOST_TITLED and all(len(line.title) <= LONGEST_TITLE for line in lines)


def _legends(own: Sequence[_Own]) -> Iterator[Section]:
    """The criteria by their numbers, where the columns have numbers."""
    for lines in dict.fromkeys(one.lines for one in own):
        if not _are_titled(lines):
            yield Section("Критерии", tuple(f"{index}) {one.title}{_scale(one)}" for index, one in enumerate(lines, 1)))


def _scale(line: Line) -> str:
    if line.most is None or line.measure is not Measure.POINTS:
        return ""
    return f" ({shown(line.least)}–{shown(line.most)}" + (f", вес {shown(line.weight)})" if line.weight != 1 else ")")


def _cell(line: Line, sheet: Sheet) -> Cell:
    value = sheet.points.get(line.code)
    if value is None or sheet.state is SheetState.CONFLICT:
        return "—"
    return value if line.measure is Measure.POINTS else written(value, line.measure)


def _sum(sheet: Sheet) -> Cell:
    return "—" if sheet.total is None else sheet.total


def _note(snapshot: Snapshot, entry: Entry, sheet: Sheet) -> str:
    remark = snapshot.word(WordKind.REMARK, entry.application, sheet.juror)
    if sheet.state is SheetState.CONFLICT:
        reason = snapshot.word(WordKind.CONFLICT, entry.application, sheet.juror)
        return f"конфликт интересов: {reason}" if reason else "конфликт интересов"
    return remark if sheet.state is SheetState.SCORED else f"не завершено; {remark}" if remark else "не завершено"
