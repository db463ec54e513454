"""What a participant is called: a person by the name, a team by its title, a pair by both names.

One place for lists, cards, letters and results, so that a team is never called after the first child of its roster.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.contest.event.units import UnitKind
from bot.contest.grades import Grade
from bot.contest.names import FullName

#: Where an application's own answers keep the form in which it takes part.
UNIT_KEY = "_unit"
#: Forms that are called by their title; a project is called by its authors, its title is its topic.
_TITLED = (UnitKind.TEAM.value, UnitKind.COLLECTIVE.value)


class Somebody(Protocol):
    """A person of an application."""

    @property
    def name(self) -> FullName:
        """As their diploma names them."""

    @property
    def grade(self) -> Grade | None:
        """None for an adult."""


class Named(Protocol):
    """An application, as far as it is called something."""

    @property
    def title(self) -> str | None:
        """Of a team, a collective or a project."""

    @property
    def headcount(self) -> int | None:
        """People, where they are counted and not named."""

    @property
    def participants(self) -> Sequence[Somebody]:
        """Empty where nobody may be named."""

    @property
    def answers(self) -> Mapping[str, object]:
        """The application's own answers."""


def unit_of(one: Named) -> UnitKind | None:
    """The form in which it takes part; None where it was not kept: the event's usual one."""
    kept = one.answers.get(UNIT_KEY)
    return next((kind for kind in UnitKind if kind == kept), None)


def is_titled(one: Named) -> bool:
    """Whether it is called by its title."""
    kind = unit_of(one)
    return bool(one.title) and (kind is None or kind.value in _TITLED)


def is_hidden(one: Named) -> bool:
    """Whether nobody may be named: a collective counted by number names nobody of itself."""
    return not one.participants and not (one.title and one.headcount is not None)


def people(one: Named) -> int:
    """How many take part."""
    return len(one.participants) if one.headcount is None else one.headcount


def short_name(one: Named) -> str:
    """For a button: «Соколова Вера», «Соколова Вера и ещё 2», «„Ракета“ (7 чел.)»; empty where nobody may be named."""
    if is_titled(one):
        return _titled(one)
    names = _names(one)
    if len(names) > 1 and unit_of(one) is not UnitKind.PAIR:
        return f"{names[0]} и ещё {len(names) - 1}"
    return " и ".join(names)


def listed_name(one: Named) -> str:
    """Everybody without patronymics: «Соколова Вера, Белов Артём», «„Ракета“ (7 чел.)»."""
    return _titled(one) if is_titled(one) else _joined(one, _names(one), ", ")


def graded_name(one: Named) -> str:
    """«Соколова Вера, 3Б класс»; of a team the title alone."""
    if is_titled(one):
        return _titled(one)
    return _joined(one, [_graded(_plain(person), person) for person in one.participants])


def full_name(one: Named) -> str:
    """As the diploma will have it: «Соколова Вера Ильинична, 3Б класс»; of a team the title."""
    if is_titled(one):
        return _titled(one)
    return _joined(one, [_graded(person.name.formal, person) for person in one.participants])


def quoted(title: str) -> str:
    """«Ракета» in its quotation marks; «ансамбль «Весна»» has them already."""
    return title if "«" in title else f"«{title}»"


def _titled(one: Named) -> str:
    if is_hidden(one):
        return ""
    count, title = people(one), quoted(one.title or "")
    return f"{title} ({count} чел.)" if count else title


def _joined(one: Named, names: Sequence[str], between: str = "; ") -> str:
    return (" и " if unit_of(one) is UnitKind.PAIR else between).join(names)


def _names(one: Named) -> list[str]:
    return [_plain(person) for person in one.participants]


def _plain(person: Somebody) -> str:
    return f"{person.name.surname} {person.name.name}"


def _graded(name: str, person: Somebody) -> str:
    return f"{name}, {person.grade.label}" if person.grade else name
