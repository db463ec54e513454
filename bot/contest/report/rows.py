"""The rows that figures are sums of: every number of the report can be added up again from them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.contest.awards import OutcomeKind
from bot.contest.event.asking import SPEAKER
from bot.contest.event.base import Category
from bot.contest.event.units import UnitKind
from bot.contest.report.facts import Document, Entry, Expert, Facts, Forgotten, Held, Someone
from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.people import numbered, organisation_key

_T = TypeVar("_T")
#: Columns of the totals of a year begin so, those of a direction with its code between: `direction:pupils:teachers`.
YEAR, DIRECTION = "year:", "direction:"
STAGE, OUTCOME = "stage:", "outcome:"
#: Column of outcomes that nobody has decided.
UNDECIDED = f"{OUTCOME}none"


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application."""

    #: The event's number in the report.
    event: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """One person in one application, or those of it who have no names together."""

    event: str
    entry: Entry
    #: None: people by their number alone.
    someone: Someone | None
    people: int
    #: The person's number in the year, the same in all of their rows; None: nobody knows who it is.
    number: int | None

    @property
    def is_teacher(self) -> bool:
        """Whether a teacher takes part here, and not somebody who learns."""
        return self.entry.category is Category.TEACHER


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """One expert at one event."""

    event: str
    expert: Expert


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document."""

    event: str
    document: Document


Row = ApplicationRow | ParticipationRow | ExpertRow | DocumentRow


class First:
    """Tells what has not been met before."""

    def __init__(self) -> None:
        self._met: set[Hashable] = set()

    def __call__(self, key: Hashable) -> bool:
        """Whether `key` is met for the first time."""
        before = len(self._met)
        self._met.add(key)
        return len(self._met) > before


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a report, those of one event together, and the columns that add up to figures."""

    applications: tuple[ApplicationRow, ...]
    participations: tuple[ParticipationRow, ...]
    experts: tuple[ExpertRow, ...]
    documents: tuple[DocumentRow, ...]
    #: The number of each row in each column.
    columns: Mapping[tuple[Sheet, str], Sequence[int]]
    #: Where the rows of an event are.
    spans: Mapping[tuple[Sheet, str], range]

    def of(self, sheet: Sheet) -> Sequence[Row]:
        """The rows of a sheet."""
        match sheet:
            case Sheet.APPLICATIONS:
                return self.applications
            case Sheet.PARTICIPATIONS:
                return self.participations
            case Sheet.EXPERTS:
                return self.experts
            case Sheet.DOCUMENTS:
                return self.documents

    def span(self, sheet: Sheet, event: str | None) -> range:
        """Which rows are of this event; None: all. Empty where there are none."""
        return range(len(self.of(sheet))) if event is None else self.spans.get((sheet, event), range(0))

    def sum(self, sheet: Sheet, event: str | None, column: str) -> int:
        """What the rows add up to."""
        numbers = self.columns.get((sheet, column))
        if numbers is None:
            return 0
        span = self.span(sheet, event)
        return sum(numbers[span.start : span.stop])


@dataclass(frozen=True, slots=True)
class Base:
    """The rows with the columns that no counting rule touches."""

    facts: Facts
    #: The events by their numbers, in the order of the report.
    groups: Mapping[str, tuple[Held, ...]]
    rows: Rows

    def stages(self, key: str) -> list[tuple[str, str]]:
        """The stages of an event's parts: the code of the part and of the stage, in the order of their columns."""
        return [(held.event.code, stage.code) for held in self.groups[key] for stage in held.event.stages]


def base_of(facts: Facts, groups: Mapping[str, tuple[Held, ...]]) -> Base:
    """The rows of a year, the events in the order of `groups`."""
    keys = {held.event.code: key for key, events in groups.items() for held in events}
    places = {code: place for place, code in enumerate(keys)}
    entries = sorted((one for one in facts.entries if one.event in keys), key=lambda one: (places[one.event], one.id))
    numbers = numbered(entries)
    applications = tuple(ApplicationRow(keys[one.event], one) for one in entries)
    participations = tuple(row for one in entries for row in _participations(keys[one.event], one, numbers))
    experts = sorted((one for one in facts.experts if one.event in keys), key=lambda one: places[one.event])
    documents = sorted((one for one in facts.documents if one.event in keys), key=lambda one: places[one.event])
    plain = Rows(
        applications,
        participations,
        tuple(ExpertRow(keys[one.event], one) for one in experts),
        tuple(DocumentRow(keys[one.event], one) for one in documents),
        {},
        {},
    )
    base = Base(facts, groups, plain)
    spans = {(sheet, key): span for sheet in Sheet for key, span in _spans(plain.of(sheet)).items()}
    columns = _application_columns(base) | _people_columns(base) | _other_columns(plain)
    full = Rows(applications, participations, plain.experts, plain.documents, columns, spans)
    return Base(facts, groups, full)


def _participations(key: str, entry: Entry, numbers: Mapping[int, int]) -> list[ParticipationRow]:
    rows = [ParticipationRow(key, entry, one, 1, numbers.get(one.id)) for one in entry.people]
    return [*rows, ParticipationRow(key, entry, None, entry.unnamed, None)] if entry.unnamed else rows


def _spans(rows: Sequence[Row]) -> dict[str, range]:
    spans: dict[str, range] = {}
    for place, row in enumerate(rows):
        first = spans[row.event].start if row.event in spans else place
        spans[row.event] = range(first, place + 1)
    return spans


Columns = dict[tuple[Sheet, str], Sequence[int]]


def _application_columns(base: Base) -> Columns:
    rows = base.rows.applications
    first = First()

    def new_organisation(row: ApplicationRow) -> bool:
        return row.entry.took_part and first((row.event, organisation_key(row.entry)))

    made: Columns = {
        _of(Measure.APPLICATIONS): array("i", [1]) * len(rows),
        _of(Measure.TAKING_PART): _flags(rows, lambda row: row.entry.took_part),
        _of(Measure.ORGANISATIONS): _flags(rows, new_organisation),
        _of(Measure.WORKS): _flags(rows, lambda row: row.entry.took_part and row.entry.handed_in),
        _of(Measure.TEAMS): _flags(rows, lambda row: row.entry.took_part and row.entry.is_team),
    }
    fates = [row.entry.fate if row.entry.accepted else "" for row in rows]
    for kind in OutcomeKind:
        if kind in fates:
            made[Sheet.APPLICATIONS, f"{OUTCOME}{kind}"] = array("i", [fate is kind for fate in fates])
    made[Sheet.APPLICATIONS, UNDECIDED] = array("i", [fate is None for fate in fates])
    return made


def _of(measure: Measure) -> tuple[Sheet, str]:
    return Sheet.APPLICATIONS, measure.value


def _people_columns(base: Base) -> Columns:
    rows = base.rows.participations
    new = _new_at_event(rows)
    counts: dict[str, Sequence[int]] = {
        Measure.PARTICIPATIONS: array("i", [row.people if row.entry.took_part else 0 for row in rows]),
        Measure.PUPILS: array("i", [one and not row.is_teacher for one, row in zip(new, rows, strict=True)]),
        Measure.TEACHERS: array("i", [one and row.is_teacher for one, row in zip(new, rows, strict=True)]),
        Measure.UNNAMED: array("i", [row.people if row.someone is None and row.entry.took_part else 0 for row in rows]),
        Measure.FORGOTTEN: _flags(
            rows, lambda row: row.entry.took_part and row.someone is not None and row.someone.forgotten is not None
        ),
        Measure.SPEAKERS: _role(rows, speaker=True),
        Measure.LISTENERS: _role(rows, speaker=False),
    }
    return {(Sheet.PARTICIPATIONS, str(name)): column for name, column in (counts | _stages(base)).items()}


def _new_at_event(rows: Sequence[ParticipationRow]) -> list[bool]:
    """Whether a row is the first one of its person at its event."""
    first = First()

    def new(row: ParticipationRow) -> bool:
        if row.someone is None or not row.entry.took_part:
            return False
        if row.number is None:
            return row.someone.forgotten is not Forgotten.EVENT
        return first((row.event, row.number))

    return [new(row) for row in rows]


def _role(rows: Sequence[ParticipationRow], *, speaker: bool) -> Sequence[int]:
    return array(
        "i",
        [
            row.people
            if row.entry.took_part and row.entry.unit is UnitKind.ATTENDANCE and (row.entry.role == SPEAKER) is speaker
            else 0
            for row in rows
        ],
    )


def _stages(base: Base) -> dict[str, Sequence[int]]:
    """A column for the first stages of all events, one for the second ones, and so on."""
    order = {key: base.stages(key) for key in base.groups}
    most = max(map(len, order.values()), default=0)
    columns = {f"{STAGE}{place}": array("i", bytes(4 * len(base.rows.participations))) for place in range(most)}
    places: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for key, stages in order.items():
        places[key] = {stage: place for place, stage in enumerate(stages)}
    for index, row in enumerate(base.rows.participations):
        if row.entry.accepted:
            for stage in row.entry.stages:
                columns[f"{STAGE}{places[row.event][row.entry.event, stage]}"][index] = row.people
    return {**columns}


def _other_columns(rows: Rows) -> Columns:
    first = First()
    return {
        (Sheet.EXPERTS, Measure.EXPERTS.value): _flags(
            rows.experts, lambda row: first((row.event, row.expert.person_id))
        ),
        (Sheet.DOCUMENTS, Measure.DOCUMENTS.value): array("i", [1]) * len(rows.documents),
    }


def _flags(rows: Iterable[_T], is_counted: Callable[[_T], bool]) -> Sequence[int]:
    return array("i", [is_counted(row) for row in rows])
