"""What a protocol of the jury decides, as values: enough to draw every paper of it anew, years later.

The facts name nobody: people stand in them by the ids of their applications, participants and accounts. Points are
decimal numbers, moments are aware.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event.scoring import Aggregation, Measure, Tie


class Way(StrEnum):
    """How an event comes to its outcomes."""

    #: The jury's points, with those of tests where there are any.
    POINTS = "points"
    #: Tests alone.
    TESTS = "tests"
    #: The least sum of places in trials.
    PLACES = "places"
    #: Nobody is compared: who came, or handed something in, has taken part.
    ATTENDANCE = "attendance"


class Source(StrEnum):
    """Where a number of a work comes from."""

    JURY = "jury"
    TEST = "test"
    TRIAL = "trial"


class SheetState(StrEnum):
    """What has become of one work in the hands of one member of the jury."""

    SCORED = "scored"
    #: Not finished, so it counts for nothing.
    OPEN = "open"
    #: The member has a conflict of interest and has not judged.
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a work has a number in: a criterion of the sheet, a test, a trial."""

    code: str
    title: str
    source: Source
    measure: Measure
    least: Decimal
    #: None: no ceiling.
    most: Decimal | None
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Sheet:
    """One work in the hands of one member."""

    juror: int
    state: SheetState
    #: By the codes of the lines.
    points: Mapping[str, Decimal] = field(default_factory=dict)
    #: The weighted sum; None where the sheet has no points, or is not finished.
    total: Decimal | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted application."""

    application: int
    ordinal: int
    number: str
    #: The ids of its participants, in their order.
    members: tuple[int, ...]
    #: It is called by its title: a team, a collective.
    titled: bool
    people: int
    school: str
    #: Where it competes: «Обучающая игра» · 3–4 классы.
    nomination: str
    outcome: OutcomeKind | None
    award: str
    special: tuple[str, ...] = ()
    #: An organizer has set the outcome.
    by_hand: bool = False
    sheets: tuple[Sheet, ...] = ()
    #: Numbers that don't come from one member: tests, trials, means of raw results.
    values: Mapping[str, Decimal] = field(default_factory=dict)
    #: Its place in each trial, where places are summed.
    places: Mapping[str, int] = field(default_factory=dict)
    #: What it is compared by: mean, sum of points, sum of places.
    points: Decimal | None = None
    place: int | None = None

    @property
    def decided(self) -> Outcome | None:
        """The outcome; None in a draft: nobody has decided yet."""
        return None if self.outcome is None else Outcome(self.outcome, self.award, self.special)


@dataclass(frozen=True, slots=True)
class Order:
    """What people have decided between equal works: the best first, those of one level share the place."""

    #: By which its reason is found among the words.
    id: int
    levels: tuple[tuple[int, ...], ...]
    way: Tie


@dataclass(frozen=True, slots=True)
class Broken:
    """What a rule declared beforehand has told apart: `title` names what was compared."""

    above: int
    below: int
    title: str


@dataclass(frozen=True, slots=True)
class Field:
    """Works that were compared with each other, the best first; those without a number last."""

    title: str
    lines: tuple[Line, ...]
    #: The most that there can be; None: there is no such measure.
    most: Decimal | None
    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """A stage before the final, as one host has held it."""

    title: str
    #: Empty: the organiser.
    host: str
    held_on: str
    place: str
    entered: int
    passed: int


@dataclass(frozen=True, slots=True)
class Rules:
    """How points become places, as the event's file declared it beforehand."""

    way: Way
    aggregation: Aggregation
    digits: int
    tie: Tie
    #: Titles of what equal works are compared by, where the rule is about criteria.
    tie_by: tuple[str, ...] = ()
    #: Whether the jury saw neither names nor organisations.
    blind: bool = False
    least_percent: Decimal | None = None
    least_entries: int = 1


@dataclass(frozen=True, slots=True)
class Happening:
    """The event itself, as its papers head it."""

    code: str
    kind: str
    title: str
    status: str
    organiser: str
    stage: str
    #: «дистанционно», «по видеосвязи», «очно».
    place: str
    #: Where people came together; empty: nowhere.
    city: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a protocol decides, without a name."""

    event: Happening
    rules: Rules
    accepted: int
    #: How many people the accepted applications are of.
    people: int
    jury: tuple[int, ...]
    fields: tuple[Field, ...]
    #: Who was not compared: left behind by a selection, absent, without a work, gone.
    others: tuple[Entry, ...]
    #: How many have each title, the highest first.
    balance: tuple[tuple[str, int], ...]
    orders: tuple[Order, ...] = ()
    rounds: tuple[Round, ...] = ()
    #: Places that corrections have set, by application: points no longer move them.
    placed: Mapping[int, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """Always the same text for the same facts."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Raises ValueError for what no version of us has written."""
        return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


def entries(facts: Facts) -> Iterator[Entry]:
    """Everybody, those compared first."""
    for one in facts.fields:
        yield from one.entries
    yield from facts.others
