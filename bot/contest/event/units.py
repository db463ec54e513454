"""Who or what takes part: a person, a team, a pair, a collective item, a project, a listener."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.contest.event.base import Code, Coded, Count, Line, Part


class UnitKind(StrEnum):
    """The kinds of participation; a criterion or an award may belong to some of them only."""

    PERSON = "person"
    TEAM = "team"
    PAIR = "pair"
    COLLECTIVE = "collective"
    PROJECT = "project"
    ATTENDANCE = "attendance"
    BUNDLE = "bundle"


class Person(Part):
    """One participant with one application."""

    kind: Literal[UnitKind.PERSON]


class Team(Part):
    """A named team with a roster."""

    kind: Literal[UnitKind.TEAM]
    roster: Count
    captain: bool = False
    #: Adults who lead the team.
    leaders: Count = Count(least=1, most=2)


class PairMember(Coded):
    """One of the two of a pair."""

    #: Years of work allowed, as for a young teacher; more is asked about, not refused. They are the answer to the
    #: members' own number field `experience`; where the file has none, the years are asked for all the same.
    experience_most_years: Annotated[int, Field(ge=0, le=60)] | None = None


class Pair(Part):
    """Two people of different roles from one organisation: a mentor and a young teacher."""

    kind: Literal[UnitKind.PAIR]
    members: Annotated[tuple[PairMember, ...], Field(min_length=2, max_length=2)]


class Headcount(StrEnum):
    """How the people of a collective item are counted."""

    ROSTER = "roster"
    NUMBER = "number"


class ItemForm(Coded):
    """A form of a collective item, as «дуэт»."""

    #: How many people such an item has; None: as many as the unit allows. One and the same number isn't asked for.
    people: Count | None = None


class Collective(Part):
    """One item or work of N authors: solo, duet, ensemble, choir."""

    kind: Literal[UnitKind.COLLECTIVE]
    authors: Count
    headcount: Headcount = Headcount.ROSTER
    #: Names of the forms to choose from, as «соло», «дуэт», «ансамбль».
    forms: tuple[ItemForm, ...] = ()
    #: Adults beside the supervising teacher, as «концертмейстер».
    helpers: tuple[Coded, ...] = ()


class Project(Part):
    """A project of a few authors, each named in the diploma."""

    kind: Literal[UnitKind.PROJECT]
    authors: Count


class Attendance(Part):
    """Somebody who comes: to listen, to speak."""

    kind: Literal[UnitKind.ATTENDANCE]
    #: Code of the own choice field that says in what role; roles are counted apart.
    role_field: Code | None = None
    #: Code of the own field with what a speaker speaks about; it stands on the speaker's certificate.
    topic_field: Code | None = None


class CountedIn(StrEnum):
    """Where the people of a parent event and its children enter the figures."""

    #: Once, in the parent, in however many children they take part.
    PARENT = "parent"
    #: In each child by itself.
    CHILDREN = "children"


class Bundle(Part):
    """A parent event: one takes part in its children, each with an application of its own."""

    kind: Literal[UnitKind.BUNDLE]
    children: Annotated[tuple[Code, ...], Field(min_length=1)]
    counted_in: CountedIn = CountedIn.PARENT


Unit = Annotated[
    Person | Team | Pair | Collective | Project | Attendance | Bundle,
    Field(discriminator="kind"),
]


class SupervisorRole(Part):
    """How the person who prepared the participant is called in this event, and how many there are."""

    title: Line = "Руководитель"
    count: Count = Count(least=0, most=2)
