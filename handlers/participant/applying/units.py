"""In what form one takes part: alone, as a team, as a pair, as several authors of one work."""

from __future__ import annotations

from functools import lru_cache

from bot.contest.event import Event, UnitKind
from bot.contest.event.base import Count
from bot.contest.event.units import Bundle, Collective, Headcount, ItemForm, Pair, Project, Team, Unit
from bot.contest.naming import UNIT_KEY, unit_of
from handlers.participant.applying import roles
from handlers.participant.applying.roles import ForWhom
from handlers.participant.applying.same import Same
from storage.application_rows import Application

__all__ = ["KEY", "UnitKind", "authors", "choices", "chosen", "kind_of", "possible", "supported"]

#: Where an application's own answers keep the form.
KEY = UNIT_KEY
#: So many authors are asked one after another; more are written as a list.
FEW = 5
ALONE = Count(least=1, most=1)
#: Forms in which each person is told apart, with what is asked of each.
OF_SEVERAL = (Team, Pair, Collective, Project)


def supported(event: Event) -> tuple[Unit, ...]:
    """The forms in which one can apply; for a bundle one applies at its children."""
    return tuple(unit for unit in event.units if not isinstance(unit, Bundle))


def choices(event: Event, role: ForWhom | None) -> tuple[Unit, ...]:
    """The forms that this applicant may choose."""
    return _choices(Same(event), role)


@lru_cache(maxsize=1024)
def _choices(same: Same, role: ForWhom | None) -> tuple[Unit, ...]:
    event = same.event
    return tuple(
        unit
        for unit in supported(event)
        if may_be_several(event, role, unit) or (authors(unit).least == 1 and not isinstance(unit, Team))
    )


def may_be_several(event: Event, role: ForWhom | None, unit: Unit) -> bool:
    """Whether this applicant may name several people.

    Only a teacher vouches for children of several families. Grown-ups name those whom they take part with, where
    that is the event's usual form.
    """
    if not isinstance(unit, OF_SEVERAL) or role is None:
        return False
    return role is ForWhom.PUPILS or (role.adult is not None and (unit is event.unit or isinstance(unit, Pair)))


def chosen(event: Event, role: ForWhom | None, kind: object) -> Unit:
    """The form that was chosen, or else the first that may be."""
    offered = choices(event, role) or supported(event)
    return next((unit for unit in offered if unit.kind == kind), offered[0])


def possible(event: Event) -> tuple[ForWhom, ...]:
    """Who may apply: those for whom there is a form to take part in."""
    return _possible(Same(event))


@lru_cache(maxsize=256)
def _possible(same: Same) -> tuple[ForWhom, ...]:
    return tuple(role for role in roles.offered(same.event) if choices(same.event, role))


def authors(unit: Unit) -> Count:
    """How many people such an application names."""
    match unit:
        case Team(roster=count) | Collective(authors=count) | Project(authors=count):
            return count
        case Pair(members=members):
            return Count(least=len(members), most=len(members))
    return ALONE


def by_number(unit: Unit) -> bool:
    """Whether the people are counted, and named only if somebody likes to."""
    return isinstance(unit, Collective) and unit.headcount is Headcount.NUMBER


def may_be_listed(unit: Unit) -> bool:
    """Whether its people may come as a list, a line each."""
    return isinstance(unit, Team) or (isinstance(unit, Collective) and (by_number(unit) or unit.authors.most > FEW))


def forms(unit: Unit) -> tuple[ItemForm, ...]:
    """«соло», «дуэт», «ансамбль»."""
    return unit.forms if isinstance(unit, Collective) else ()


def leaders(event: Event, unit: Unit) -> Count:
    """How many grown-ups stand behind it: a team has its own number."""
    return unit.leaders if isinstance(unit, Team) else event.common_fields.supervisor.count


def kind_of(event: Event, application: Application) -> UnitKind:
    """The form in which an application takes part: criteria and awards may depend on it."""
    kept = unit_of(application)
    return kept if kept in {unit.kind for unit in event.units} and kept is not None else event.unit.kind
