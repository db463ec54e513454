"""In what form one takes part: alone or as several authors of one work."""

from __future__ import annotations

from bot.contest.event import Event, UnitKind
from bot.contest.event.base import Count
from bot.contest.event.units import Attendance, Collective, Headcount, Person, Project, Unit
from handlers.participant import roles
from handlers.participant.roles import ForWhom
from storage.application_rows import Application

__all__ = ["KEY", "UnitKind", "authors", "choices", "chosen", "kind_of", "possible", "supported"]

#: Where an application's own answers keep the form, if the event has several.
KEY = "_unit"
_ALONE = Count(least=1, most=1)


def supported(event: Event) -> tuple[Unit, ...]:
    """The forms in which one can apply in the chat; teams and pairs apply otherwise."""
    return tuple(unit for unit in event.units if isinstance(unit, Person | Attendance | Project) or _named(unit))


def choices(event: Event, role: ForWhom | None) -> tuple[Unit, ...]:
    """The forms that this applicant may choose: only a teacher vouches for the consents of several families."""
    several = role is ForWhom.PUPILS
    return tuple(unit for unit in supported(event) if several or authors(unit).least == 1)


def chosen(event: Event, role: ForWhom | None, kind: object) -> Unit:
    """The form that was chosen, or else the first that may be."""
    offered = choices(event, role) or supported(event)
    return next((unit for unit in offered if unit.kind == kind), offered[0])


def possible(event: Event) -> list[ForWhom]:
    """Who may apply: those for whom there is a form to take part in."""
    return [role for role in roles.offered(event) if choices(event, role)]


def authors(unit: Unit) -> Count:
    """How many people such an application names."""
    return unit.authors if isinstance(unit, Collective | Project) else _ALONE


def kind_of(event: Event, application: Application) -> UnitKind:
    """The form in which an application takes part: criteria and awards may depend on it."""
    kept = application.answers.get(KEY)
    return next((unit.kind for unit in event.units if unit.kind == kept), event.unit.kind)


def _named(unit: Unit) -> bool:
    return isinstance(unit, Collective) and unit.headcount is Headcount.ROSTER
