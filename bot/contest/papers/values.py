"""What the papers of an event are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event.base import Category
from bot.contest.event.stages import Stage
from bot.contest.event.units import UnitKind
from bot.contest.grades import Grade
from bot.contest.names import FullName


@dataclass(frozen=True, slots=True)
class School:
    """Where somebody comes from."""

    #: As it is printed: «МБОУ «Богашевская СОШ им. А.И. Фёдорова»».
    name: str
    #: In the directory; None: it stands in none.
    code: str | None = None
    #: «Томский район»; empty where nobody knows it.
    municipality: str = ""
    #: Other than Russia.
    country: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an application."""

    participant_id: int
    name: FullName
    #: None for an adult.
    grade: Grade | None = None
    #: Whether the consent to processing is in force: without it nothing is printed of them.
    may_be_named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An application, as far as papers follow from it."""

    application_id: int
    #: The account that applied: its papers go there.
    person_id: int
    state: ApplicationState = ApplicationState.ACCEPTED
    #: None: nothing is decided yet, so there is no paper.
    outcome: Outcome | None
    unit: UnitKind = UnitKind.PERSON
    category: Category = Category.PUPIL
    #: Of a team, a collective; of a project, what it is about.
    title: str | None = None
    people: tuple[Member, ...] = ()
    #: People, where they are counted and not named.
    headcount: int | None = None
    #: Of a collective that names nobody: whether the consent for it is in force.
    may_be_named: bool = True
    school: School
    #: «Поэзия»; empty where there are none.
    nomination: str = ""
    #: Full names.
    supervisors: tuple[str, ...] = ()
    #: The cut that left them behind; None: they took part to the end.
    out_at: Stage | None = None
    #: Of a webinar or a conference: spoke there.
    speaker: bool = False
    #: About what they spoke.
    topic: str = ""
    #: The account is a teacher's, so that letters to teachers may go there.
    by_teacher: bool = False

    @property
    def named(self) -> tuple[Member, ...]:
        """Those of its people who may be named."""
        return tuple(one for one in self.people if one.may_be_named)

    @property
    def size(self) -> int:
        """How many the award scheme counts: a collective that names nobody is one."""
        return max(len(self.people), 1)

    @property
    def is_team(self) -> bool:
        """Whether it is called by its title; a project is called by its authors."""
        return bool(self.title) and self.unit in (UnitKind.TEAM, UnitKind.COLLECTIVE)

    @property
    def may_have_papers(self) -> bool:
        """Whether it took part and has anybody whom a paper may name."""
        outcome = self.outcome
        if outcome is None or self.state is not ApplicationState.ACCEPTED:
            return False
        if not outcome.kind.is_award and (outcome.kind is not OutcomeKind.PARTICIPANT or self._left_unnoticed):
            return False
        return bool(self.named) or (not self.people and bool(self.title) and self.may_be_named)

    @property
    def _left_unnoticed(self) -> bool:
        """Whether they left at a stage that gives no certificate of its own."""
        return self.out_at is not None and not self.out_at.certificate


@dataclass(frozen=True, slots=True)
class Juror:
    """A member of the jury."""

    person_id: int
    full_name: str
    #: None: nobody has said where they work.
    school: School | None
    #: Works scored; who scored none gets no paper.
    scored: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands on all papers of an event."""

    #: Who holds it, as it is printed.
    organiser: str
    #: When the results were published: the papers are of that year.
    issued_on: date
    #: «Протокол жюри № 3 от 12.05.2026»; empty where there is none.
    protocol: str = ""
