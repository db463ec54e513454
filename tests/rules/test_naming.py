"""What whoever takes part is called in lists, letters and on buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.contest.event import UnitKind
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.naming import full_name, graded_name, is_hidden, listed_name, people, short_name


@dataclass(frozen=True)
class Person:
    """A participant."""

    name: FullName
    grade: Grade | None = None


@dataclass(frozen=True)
class Named:
    """An application."""

    participants: tuple[Person, ...]
    title: str | None = None
    headcount: int | None = None
    answers: Mapping[str, object] = field(default_factory=dict)


VERA = Person(FullName("Соколова", "Вера", "Ильинична"), Grade(3, "Б"))
ARTYOM = Person(FullName("Белов", "Артём"), Grade(4))
NINA, OLEG = Person(FullName("Орлова", "Нина", "Петровна")), Person(FullName("Белов", "Олег", "Игоревич"))


def _of(kind: UnitKind) -> dict[str, object]:
    return {"_unit": kind.value}


@pytest.mark.parametrize(
    ("one", "short", "listed", "graded", "full"),
    [
        (
            Named((VERA,)),
            "Соколова Вера",
            "Соколова Вера",
            "Соколова Вера, 3Б класс",
            "Соколова Вера Ильинична, 3Б класс",
        ),
        (
            Named((VERA, ARTYOM), answers=_of(UnitKind.COLLECTIVE)),
            "Соколова Вера и ещё 1",
            "Соколова Вера, Белов Артём",
            "Соколова Вера, 3Б класс; Белов Артём, 4 класс",
            "Соколова Вера Ильинична, 3Б класс; Белов Артём, 4 класс",
        ),
        (
            Named((NINA, OLEG), answers=_of(UnitKind.PAIR)),
            "Орлова Нина и Белов Олег",
            "Орлова Нина и Белов Олег",
            "Орлова Нина и Белов Олег",
            "Орлова Нина Петровна и Белов Олег Игоревич",
        ),
        (
            Named((VERA, ARTYOM), "Почему лёд скользкий", answers=_of(UnitKind.PROJECT)),
            "Соколова Вера и ещё 1",
            "Соколова Вера, Белов Артём",
            "Соколова Вера, 3Б класс; Белов Артём, 4 класс",
            "Соколова Вера Ильинична, 3Б класс; Белов Артём, 4 класс",
        ),
        (Named((VERA, ARTYOM), "Ракета", answers=_of(UnitKind.TEAM)), *["«Ракета» (2 чел.)"] * 4),
        (Named((), "Весна", 30, _of(UnitKind.COLLECTIVE)), *["«Весна» (30 чел.)"] * 4),
        (Named((VERA,), "Весна", 30), *["«Весна» (30 чел.)"] * 4),
        (Named((), "Ракета", answers=_of(UnitKind.TEAM)), *[""] * 4),
        (Named(()), *[""] * 4),
    ],
)
def test_a_person_is_called_by_the_name_and_a_team_by_its_title(
    one: Named, short: str, listed: str, graded: str, full: str
) -> None:
    assert (short_name(one), listed_name(one), graded_name(one), full_name(one)) == (short, listed, graded, full)
    assert is_hidden(one) is (not short)


def test_people_are_counted_by_the_roster_or_by_their_number() -> None:
    team = Named((VERA, ARTYOM), "Ракета", answers=_of(UnitKind.TEAM))
    assert (people(team), people(Named((), "Весна", 30)), people(Named((VERA,)))) == (2, 30, 1)
