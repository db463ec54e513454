"""What a report is made from: one school year as the database has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS, MISSED, OutcomeKind
from bot.contest.event.base import Category
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import UnitKind

#: A school year begins with this month (Федеральный закон № 273-ФЗ leaves it to the school; schools begin on 1.09,
#: contests of the new year open their intake in August).
_FIRST_MONTH = 8


class Forgotten(StrEnum):
    """A person whose name is destroyed: where else, at that moment, the same person was still known by name.

    Nothing more is kept: no name, no hash of it, no link to the other row. So one person stays one in the figures,
    and nobody can be found by it (152-ФЗ, статья 3, пункт 9: обезличивание).
    """

    #: Nowhere: this row counts as a person.
    ONLY = "only"
    #: At another event of the school year: counts at this event, not in the year.
    YEAR = "year"
    #: At the same event of the report: counts as a participation only.
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Someone:
    """A participant of an application."""

    id: int
    surname: str
    name: str
    patronymic: str | None = None
    grade: int | None = None
    #: None: known by name.
    forgotten: Forgotten | None = None
    #: Their consent is refused, taken back or out of date: counted, and named nowhere.
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An application that was sent, as far as figures need it."""

    id: int
    number: str
    #: The event's code.
    event: str
    state: ApplicationState
    category: Category
    organisation_code: str | None
    organisation: str
    #: Whether it was accepted at any time.
    accepted: bool
    handed_in: bool
    unit: UnitKind
    nomination: str | None = None
    #: Of a team, a collective, a project.
    title: str | None = None
    supervisor: str | None = None
    headcount: int | None = None
    #: Of an attendance: the chosen option.
    role: str | None = None
    #: What was decided; None: nothing yet, or it has left.
    outcome: OutcomeKind | None = None
    outcome_title: str = ""
    #: Codes of the stages that it came to.
    stages: tuple[str, ...] = ()
    people: tuple[Someone, ...] = ()

    @property
    def took_part(self) -> bool:
        """Whether it counts: accepted, not gone before handing in, not absent and not without a work."""
        if not self.accepted or self.outcome in MISSED:
            return False
        return self.state not in EXITS or self.handed_in

    @property
    def fate(self) -> OutcomeKind | None:
        """Its line of the balance; None where nothing is decided."""
        return EXITS.get(self.state, self.outcome)

    @property
    def unnamed(self) -> int:
        """People of its headcount who have no name in it."""
        return max((self.headcount or 0) - len(self.people), 0)

    @property
    def size(self) -> int:
        """All its people."""
        return len(self.people) + self.unnamed

    @property
    def is_team(self) -> bool:
        """Whether it is a team or a pair."""
        return self.unit in (UnitKind.TEAM, UnitKind.PAIR)


@dataclass(frozen=True, slots=True)
class Expert:
    """A member of a jury."""

    person_id: int
    event: str
    name: str
    organisation: str
    #: How many works they have scored.
    scored: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that holds; whose it is stands in its application alone."""

    number: str
    event: str
    #: As people call it: «Диплом».
    kind: str
    issued_on: date
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An event with what organizers did to it."""

    event: Event
    approved: bool = True
    published: bool = True

    @property
    def key(self) -> str:
        """Its number in the report; its code where it has none."""
        return self.event.report_number or self.event.code


@dataclass(frozen=True, slots=True)
class Facts:
    """A school year. Entries come in the order of their ids."""

    #: «2020-21».
    year: str
    events: tuple[Held, ...]
    entries: tuple[Entry, ...]
    experts: tuple[Expert, ...] = ()
    documents: tuple[Document, ...] = ()
    #: The coordinator's words by section; figures of a year before by `measure` or `У5.measure`.
    words: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, int] = field(default_factory=dict)


def school_year(at: datetime | date) -> str:
    """The school year of a moment: «2020-21» for all from August 2020 to July 2021, by the days of Tomsk."""
    day = at.astimezone(TOMSK).date() if isinstance(at, datetime) else at
    first = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def year_of(event: Event) -> str:
    """The school year that an event belongs to: that of its intake's last day."""
    return school_year(event.closes_at)


def year_before(year: str) -> str:
    """«2019-20» for «2020-21»."""
    return school_year(date(int(year[:4]) - 1, _FIRST_MONTH, 1))


def year_title(year: str) -> str:
    """«2020–21», as people read it."""
    return year.replace("-", "–")
