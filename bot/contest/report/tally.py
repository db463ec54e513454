"""Counting a year by a rule: the totals, what each event adds to them, and by which rows."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.contest.event.asking import SPEAKER
from bot.contest.event.units import UnitKind
from bot.contest.report.counting import Once, Rules, Source, Term, Who
from bot.contest.report.facts import Entry, Forgotten
from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.people import organisation_key
from bot.contest.report.rows import ApplicationRow, Base, DocumentRow, ExpertRow, ParticipationRow, Row


@dataclass(frozen=True, slots=True)
class Piece:
    """What one term of an event adds, and what it leaves out because it was counted before."""

    term: Term
    value: int
    #: People, organisations or experts whom the same total has already from this event.
    again_here: int = 0
    #: The same, from other events of the year.
    again_elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A year by one rule."""

    rules: Rules
    #: What each event adds to each total; an event that adds nothing is here too.
    lines: Mapping[tuple[str, Measure], tuple[Piece, ...]]
    #: How much of each row of a sheet is in a total.
    weights: Mapping[tuple[Sheet, Measure], Sequence[int]]

    def line(self, event: str, measure: Measure) -> int:
        """What an event adds to a total."""
        return sum(piece.value for piece in self.lines.get((event, measure), ()))

    def total(self, measure: Measure) -> int:
        """The total of the year."""
        return sum(piece.value for (_, of), pieces in self.lines.items() if of is measure for piece in pieces)

    def sheets(self, measure: Measure) -> list[Sheet]:
        """From which sheets a total comes."""
        return [sheet for sheet in Sheet if (sheet, measure) in self.weights]


@dataclass(slots=True)
class _Met:
    """Who is in a total already, and from which event."""

    #: The first event of each.
    where: dict[Hashable, str] = field(default_factory=dict)
    here: set[tuple[Hashable, str]] = field(default_factory=set)


def tally(base: Base, rules: Rules, keys: Iterable[str] | None = None) -> Tally:
    """Count a year, or these events of it by themselves, in the order of the report.

    A person who is counted once belongs to the first of the events.
    """
    met: dict[Measure, _Met] = defaultdict(_Met)
    weights: dict[tuple[Sheet, Measure], array[int]] = {}
    lines: dict[tuple[str, Measure], list[Piece]] = defaultdict(list)
    for key in base.groups if keys is None else keys:
        asked = _Asked(base, key)
        for term in rules.terms(key):
            column = weights.get((term.of.sheet, term.total))
            if column is None:
                column = array("i", bytes(4 * len(base.rows.of(term.of.sheet))))
                weights[term.of.sheet, term.total] = column
            lines[key, term.total].append(_count(asked, term, column, met[term.total]))
    return Tally(rules, {line: tuple(pieces) for line, pieces in lines.items()}, weights)


class _Asked:
    """The rows of one event that a term is about; most terms are about the same ones."""

    def __init__(self, base: Base, key: str) -> None:
        self.key = key
        self._base = base
        self._found: dict[tuple[Sheet, str | None, str | None, Who], list[tuple[int, Row]]] = {}

    def by(self, term: Term) -> list[tuple[int, Row]]:
        """Each row with its place in its sheet."""
        known = (term.of.sheet, term.part, term.stage, term.who)
        if known not in self._found:
            self._found[known] = list(_rows(self._base, self.key, term))
        return self._found[known]


def _count(asked: _Asked, term: Term, column: array[int], met: _Met) -> Piece:
    value = again_here = again_elsewhere = 0
    size_of = _sizes(term)
    for place, row in asked.by(term):
        size = size_of(row)
        if not size:
            continue
        again = None if term.once is Once.NEVER else _again(row, asked.key, term, met)
        if again is None:
            column[place] += size
            value += size
        elif again == asked.key:
            again_here += size
        else:
            again_elsewhere += size
    return Piece(term, value, again_here, again_elsewhere)


def _rows(base: Base, key: str, term: Term) -> Iterator[tuple[int, Row]]:
    codes = {held.event.code for held in base.groups[key] if term.part in (None, held.event.slug)}
    found = base.rows.of(term.of.sheet)
    for place in base.rows.span(term.of.sheet, key):
        row = found[place]
        match row:
            case ApplicationRow() | ParticipationRow():
                if row.entry.event in codes and _is_asked(row.entry, term):
                    yield place, row
            case ExpertRow():
                if row.expert.event in codes:
                    yield place, row
            case DocumentRow():
                if row.document.event in codes:
                    yield place, row


def _is_asked(entry: Entry, term: Term) -> bool:
    if term.stage is not None and (term.stage not in entry.stages or not entry.accepted):
        return False
    match term.who:
        case Who.APPLIED:
            return True
        case Who.ACCEPTED:
            return entry.accepted
        case Who.TOOK_PART:
            return entry.took_part


def _sizes(term: Term) -> Callable[[Row], int]:
    """How much one row is worth to a term, if it is not counted before."""
    in_application, in_people = _APPLICATION.get(term.of), _PEOPLE.get(term.of)
    is_once = term.once is not Once.NEVER

    def size(row: Row) -> int:
        if in_people is not None and isinstance(row, ParticipationRow):
            return row.people if in_people(row) and not (is_once and row.someone is None) else 0
        if in_application is not None and isinstance(row, ApplicationRow):
            return in_application(row.entry, term)
        return 1

    return size


_APPLICATION: Mapping[Source, Callable[[Entry, Term], int]] = {
    Source.APPLICATIONS: lambda _entry, _term: 1,
    Source.ORGANISATIONS: lambda _entry, _term: 1,
    Source.WORKS: lambda entry, _term: int(entry.handed_in),
    Source.TEAMS: lambda entry, _term: int(entry.is_team),
    Source.TEAM_PEOPLE: lambda entry, term: (term.size or entry.size) if entry.is_team else 0,
}
_PEOPLE: Mapping[Source, Callable[[ParticipationRow], bool]] = {
    Source.PEOPLE: lambda _row: True,
    Source.PUPILS: lambda row: not row.is_teacher,
    Source.TEACHERS: lambda row: row.is_teacher,
    Source.UNNAMED: lambda row: row.someone is None,
    Source.SPEAKERS: lambda row: row.entry.unit is UnitKind.ATTENDANCE and row.entry.role == SPEAKER,
    Source.LISTENERS: lambda row: row.entry.unit is UnitKind.ATTENDANCE and row.entry.role != SPEAKER,
}


def _again(row: Row, key: str, term: Term, met: _Met) -> str | None:
    """The event from which this one is in the total already; None: it is not. What counts is remembered."""
    if isinstance(row, ParticipationRow) and row.someone is not None and row.someone.forgotten is not None:
        return _forgotten(row.someone.forgotten, key, term.once)
    who = (term.of.sheet, _identity(row))
    if term.once is Once.EVENT and (who, key) in met.here:
        return key
    if term.once is Once.YEAR and who in met.where:
        return met.where[who]
    met.here.add((who, key))
    met.where.setdefault(who, key)
    return None


def _forgotten(forgotten: Forgotten, key: str, once: Once) -> str | None:
    if forgotten is Forgotten.EVENT:
        return key
    return "" if forgotten is Forgotten.YEAR and once is Once.YEAR else None


def _identity(row: Row) -> Hashable:
    match row:
        case ApplicationRow():
            return organisation_key(row.entry)
        case ParticipationRow():
            return row.number
        case ExpertRow():
            return row.expert.person_id
        case DocumentRow():
            return row.document.number
