"""Questions that only this event asks, and which of the common ones it asks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.contest.event.base import Category, Code, Coded, Line, Part, Points, Text
from bot.contest.event.moments import From, To
from bot.contest.event.units import SupervisorRole
from bot.contest.event.works import Duration


class Need(StrEnum):
    """Whether a common field is asked."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    HIDDEN = "hidden"


class AskedOf(StrEnum):
    """Once for the application, for each member of the roster, or with the work."""

    APPLICATION = "application"
    MEMBER = "member"
    WORK = "work"


class Condition(Part):
    """The field is asked only if an earlier own field holds one of these values.

    A yes/no field is compared with `true` and `false`, the others with their text or option's code.
    """

    field: Code
    equals: Annotated[tuple[str | bool, ...], Field(min_length=1)]


class OwnField(Part):
    """What all own fields share."""

    code: Code
    title: Line
    #: The whole question; without it the title is asked.
    question: Text | None = None
    example: Line | None = None
    required: bool = True
    #: Before this moment an answer may be left for later; from it on the application is not complete without it.
    required_from: From | None = None
    #: After this moment the answer is changed by organizers only.
    frozen_after: To | None = None
    asked_of: AskedOf = AskedOf.APPLICATION
    shown_if: Condition | None = None
    #: Empty means all.
    categories: tuple[Category, ...] = ()
    nominations: tuple[Code, ...] = ()
    #: Whether the jury sees the answer.
    for_jury: bool = True


class TextField(OwnField):
    """A line or a paragraph."""

    type: Literal["text"]
    max_length: Annotated[int, Field(ge=1, le=4000)] = 200


class NumberField(OwnField):
    """A number; whole unless `step` says otherwise."""

    type: Literal["number"]
    least: Points | None = None
    most: Points | None = None
    whole: bool = True


class ChoiceField(OwnField):
    """One of the options, or several."""

    type: Literal["choice"]
    options: Annotated[tuple[Coded, ...], Field(min_length=2)]
    several: bool = False


class DateField(OwnField):
    """A day."""

    type: Literal["date"]
    earliest: date | None = None
    latest: date | None = None


class DurationField(OwnField):
    """Minutes and seconds, `mm:ss`."""

    type: Literal["duration"]
    most: Duration | None = None
    tolerance_s: Annotated[int, Field(ge=0, le=600)] = 0


class YesNoField(OwnField):
    """Yes or no; `must_be_yes` makes it a statement without which nothing is sent."""

    type: Literal["yes_no"]
    must_be_yes: bool = False


EventField = Annotated[
    TextField | NumberField | ChoiceField | DateField | DurationField | YesNoField,
    Field(discriminator="type"),
]


class CommonFields(Part):
    """Which of the common fields are asked. Surname, name and organisation always are."""

    grade: Need = Need.REQUIRED
    grade_letter: Need = Need.OPTIONAL
    age: Need = Need.HIDDEN
    birth_date: Need = Need.HIDDEN
    gender: Need = Need.HIDDEN
    position: Need = Need.HIDDEN
    subject: Need = Need.HIDDEN
    phone: Need = Need.OPTIONAL
    email: Need = Need.OPTIONAL
    supervisor: SupervisorRole = SupervisorRole()
