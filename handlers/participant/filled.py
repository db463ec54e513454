"""What has been filled in so far: the answers of a draft, read for an event.

Answers hold what JSON can hold. Names of steps: `role`, `unit`, `name`, `grade`, `letter` (of the second author
`name2` and so on), `school`, `supervisor`, `contact` or `phone` and `email`, `nomination` (of a level further down
`nomination2`), `_position` and others for common fields without a column, `f_<code>` for the event's own fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.contest.dates import age
from bot.contest.event import AgeGroup, Category, Event, Nomination
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import Unit
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.names import FullName
from bot.talk.position import Answers
from handlers.participant import units
from handlers.participant.roles import ForWhom

MOST_LEVELS = 4


@dataclass(frozen=True)
class Filled:
    """A draft's answers with what follows from them."""

    event: Event
    answers: Answers

    @cached_property
    def role(self) -> ForWhom | None:
        """Who applies for whom; None while it is not said. A single possibility needs no saying."""
        offered = units.possible(self.event)
        if len(offered) == 1:
            return offered[0]
        said = self.answers.get("role")
        return ForWhom(said) if said in set(ForWhom) else None

    @property
    def adult(self) -> bool:
        """Whether a grown-up takes part, for whom no class is asked."""
        return self.role is not None and self.role.adult is not None

    @cached_property
    def unit(self) -> Unit:
        """In what form they take part."""
        return units.chosen(self.event, self.role, self.answers.get("unit"))

    @property
    def most(self) -> int:
        """How many authors there may be: only a teacher names children of other families."""
        return units.authors(self.unit).most if self.role is ForWhom.PUPILS else 1

    @property
    def count(self) -> int:
        """How many authors are named so far."""
        return sum(1 for number in range(1, self.most + 1) if nth("name", number) in self.answers)

    @property
    def age(self) -> int | None:
        """Full years at the end of intake; None where they are not asked for."""
        born, years = self.answers.get("_birth_date"), self.answers.get("_age")
        if isinstance(born, str):
            return age(date.fromisoformat(born), self.event.closes_at.astimezone(TOMSK).date())
        return years if isinstance(years, int) else None

    def name(self, number: int = 1) -> FullName | None:
        """An author's name."""
        return read_name(self.answers.get(nth("name", number)))

    def grade(self, number: int = 1) -> Grade | None:
        """An author's class with its letter."""
        kept = self.answers.get(nth("grade", number))
        if kept is None:
            return None
        if kept.get("group"):
            return Grade(group=PreschoolGroup(kept["group"]))
        return Grade(kept["number"], self.answers.get(nth("letter", number)) or "")

    @property
    def category(self) -> Category | None:
        """Who takes part; None while the class is not known."""
        if self.role is not None and self.role.adult is not None:
            return self.role.adult
        return category_of(self.event, self.grade())

    @cached_property
    def age_group(self) -> AgeGroup | None:
        """The age group; several authors belong to that of the eldest."""
        if self.category is None:
            return None
        numbers = [grade.number for n in range(1, self.count + 1) if (grade := self.grade(n)) and grade.number]
        return self.event.age_group_for(self.category, max(numbers, default=None), self.age)

    def level(self, number: int) -> Sequence[Nomination]:
        """What may be chosen at a level of the tree of nominations: () where nothing is to choose."""
        fitting = self._fitting(self.event.nominations)
        for above in range(1, number):
            picked = self._picked(fitting, above)
            if picked is None:
                return ()
            fitting = self._fitting(picked.children)
        return fitting if len(fitting) > 1 else ()

    @cached_property
    def nomination(self) -> Nomination | None:
        """The leaf that was chosen, or that alone fits; None while there is a choice, or where there is none."""
        fitting, picked = self._fitting(self.event.nominations), None
        for number in range(1, MOST_LEVELS + 1):
            picked = self._picked(fitting, number)
            if picked is None or not picked.children:
                return picked
            fitting = self._fitting(picked.children)
        return picked

    def _picked(self, fitting: Sequence[Nomination], number: int) -> Nomination | None:
        if len(fitting) == 1:
            return fitting[0]
        code = self.answers.get(nth("nomination", number))
        return next((one for one in fitting if one.code == code), None)

    def _fitting(self, nominations: Sequence[Nomination]) -> Sequence[Nomination]:
        if self.category is None:
            return ()
        grade, group = self.grade(), self.age_group
        number, code = (grade.number if grade else None), (group.code if group else None)
        return tuple(one for one in nominations if one.leaves_for(self.category, number, code))


def nth(name: str, number: int) -> str:
    """The step of an author or a level: `name`, `name2`."""
    return name if number == 1 else f"{name}{number}"


def category_of(event: Event, grade: Grade | None) -> Category | None:
    """The category of a child of this class, where the event asks for classes."""
    if grade is not None:
        return Category.PRESCHOOLER if grade.group else Category.PUPIL
    hidden = event.common_fields.grade == "hidden"
    return next((one for one in event.audience.categories if one is not Category.TEACHER), None) if hidden else None


def keep_name(name: FullName) -> dict[str, Any]:
    """A name as a draft keeps it."""
    return {"surname": name.surname, "name": name.name, "patronymic": name.patronymic}


def read_name(kept: Mapping[str, Any] | None) -> FullName | None:
    """The same back."""
    return None if kept is None else FullName(kept["surname"], kept["name"], kept["patronymic"])


def keep_grade(grade: Grade) -> dict[str, Any]:
    """A class as a draft keeps it; the letter is an answer of its own."""
    return {"number": grade.number, "group": grade.group.value if grade.group else None}
