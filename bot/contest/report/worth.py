"""How much each row of a year is worth to the terms of a counting rule: a whole sheet at once, for all rules once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import mul

from bot.contest.event.asking import SPEAKER
from bot.contest.event.units import UnitKind
from bot.contest.report.counting import Once, Source, Term, Who
from bot.contest.report.facts import Entry
from bot.contest.report.measures import Sheet
from bot.contest.report.people import organisation_key
from bot.contest.report.rows import ApplicationRow, Base, DocumentRow, ExpertRow, ParticipationRow, Row

_IN_APPLICATION: Mapping[Source, Callable[[Entry, Term], int]] = {
    Source.WORKS: lambda entry, _term: int(entry.handed_in),
    Source.TEAMS: lambda entry, _term: int(entry.is_team),
    Source.TEAM_PEOPLE: lambda entry, term: (term.size or entry.size) if entry.is_team else 0,
}
_IN_PEOPLE: Mapping[Source, Callable[[ParticipationRow], bool]] = {
    Source.PEOPLE: lambda _row: True,
    Source.PUPILS: lambda row: not row.is_teacher,
    Source.TEACHERS: lambda row: row.is_teacher,
    Source.UNNAMED: lambda row: row.someone is None,
    Source.SPEAKERS: lambda row: row.entry.unit is UnitKind.ATTENDANCE and row.entry.role == SPEAKER,
    Source.LISTENERS: lambda row: row.entry.unit is UnitKind.ATTENDANCE and row.entry.role != SPEAKER,
}
_ASKED: Mapping[Who, Callable[[Entry], bool]] = {
    Who.APPLIED: lambda _entry: True,
    Who.ACCEPTED: lambda entry: entry.accepted,
    Who.TOOK_PART: lambda entry: entry.took_part,
}
_BY_ENTRY = (Sheet.APPLICATIONS, Sheet.PARTICIPATIONS)


class Worth:
    """The rows of a year as terms see them; each question is answered for a whole sheet and remembered."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._sizes: dict[tuple[Source, int | None, Who, bool], Sequence[int]] = {}
        self._asked: dict[tuple[Sheet, Who], Sequence[int]] = {}
        self._identities: dict[Sheet, Sequence[Hashable]] = {}

    def of(self, term: Term, key: str) -> list[int]:
        """What each row of an event is worth to a term, had nobody been counted before."""
        span = self._base.rows.span(term.of.sheet, key)
        sizes = list(self._whole(term)[span.start : span.stop])
        if term.part is None and term.stage is None:
            return sizes
        codes = {held.event.code for held in self._base.groups[key] if term.part in (None, held.event.slug)}
        rows = self._base.rows.of(term.of.sheet)[span.start : span.stop]
        return [size if _is_there(row, codes, term.stage) else 0 for size, row in zip(sizes, rows, strict=True)]

    def identities(self, sheet: Sheet, key: str) -> Sequence[Hashable]:
        """Who or what each row of an event is; of a person without a name, what is known of it instead."""
        if sheet not in self._identities:
            self._identities[sheet] = [_identity(row) for row in self._base.rows.of(sheet)]
        span = self._base.rows.span(sheet, key)
        return self._identities[sheet][span.start : span.stop]

    def _whole(self, term: Term) -> Sequence[int]:
        known = (term.of, term.size, term.who, term.once is Once.NEVER)
        if known not in self._sizes:
            sizes = self._measured(term)
            if term.of.sheet in _BY_ENTRY:
                sizes = array("i", map(mul, sizes, self._who(term.of.sheet, term.who)))
            self._sizes[known] = sizes
        return self._sizes[known]

    def _measured(self, term: Term) -> Sequence[int]:
        rows = self._base.rows
        if term.of.sheet is Sheet.PARTICIPATIONS:
            is_meant, each = _IN_PEOPLE[term.of], term.once is Once.NEVER
            return array(
                "i",
                [row.people if is_meant(row) and (each or row.someone) else 0 for row in rows.participations],
            )
        in_application = _IN_APPLICATION.get(term.of)
        if in_application is None:
            return array("i", [1]) * len(rows.of(term.of.sheet))
        return array("i", [in_application(row.entry, term) for row in rows.applications])

    def _who(self, sheet: Sheet, who: Who) -> Sequence[int]:
        if (sheet, who) not in self._asked:
            rows = self._base.rows
            of: Sequence[ApplicationRow | ParticipationRow] = (
                rows.applications if sheet is Sheet.APPLICATIONS else rows.participations
            )
            self._asked[sheet, who] = array("b", [_ASKED[who](row.entry) for row in of])
        return self._asked[sheet, who]


def _is_there(row: Row, codes: set[str], stage: str | None) -> bool:
    """Whether a row is of these parts of its event, and came to the stage."""
    match row:
        case ApplicationRow(entry=entry) | ParticipationRow(entry=entry):
            is_in = stage is None or (entry.accepted and stage in entry.stages)
            return is_in and entry.event in codes
        case ExpertRow():
            return row.expert.event in codes
        case DocumentRow():
            return row.document.event in codes


def _identity(row: Row) -> Hashable:
    match row:
        case ApplicationRow():
            return organisation_key(row.entry)
        case ParticipationRow():
            return row.number if row.someone is None else row.someone.forgotten or row.number
        case ExpertRow():
            return row.expert.person_id
        case DocumentRow():
            return row.document.number
