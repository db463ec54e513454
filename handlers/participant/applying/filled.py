"""What has been filled in so far: the answers of a draft, read for an event.

Answers hold what JSON can hold. Names of steps: `role`, `unit`, `name`, `grade`, `letter` (of the second author
`name2` and so on), `school`, `supervisor`, `contact` or `phone` and `email`, `nomination` (of a level further down
`nomination2`), `_position` and others for common fields without a column, `f_<code>` for the event's own fields,
`m_<code>` (`m_<code>2`) for those asked of each member. Of a team, a collective, a project: `form`, `headcount`,
`team` (its title), `_eldest` (the class, where nobody is named), `roster` (whether the list is done), `captain` (whose
number), `helpers_<code>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.contest.dates import age
from bot.contest.event import AgeGroup, Category, Event, Nomination
from bot.contest.event.base import Count
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import Collective, ItemForm, PairMember, Project, Team, Unit
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.names import FullName
from bot.talk.position import Answers
from handlers.participant.applying import units
from handlers.participant.applying.roles import ForWhom

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
    def several(self) -> bool:
        """Whether each person is told apart, with what is asked of each."""
        return isinstance(self.unit, units.OF_SEVERAL)

    @cached_property
    def form(self) -> ItemForm | None:
        """The form of a collective item; None while it is not said, or where there is none."""
        return next((one for one in self.forms if one.code == self.answers.get("form")), None)

    @cached_property
    def forms(self) -> Sequence[ItemForm]:
        """The forms to choose from: who names one person only, has those for one."""
        alone = not units.may_be_several(self.event, self.role, self.unit)
        return [one for one in units.forms(self.unit) if not (alone and one.people and 1 not in one.people)]

    @cached_property
    def headcount(self) -> int | None:
        """How many there are, where they are counted; None while it is not said, or where they are named."""
        if not units.by_number(self.unit):
            return None
        if not units.may_be_several(self.event, self.role, self.unit):
            return 1
        if self.form and self.form.people and self.form.people.least == self.form.people.most:
            return self.form.people.most
        given = self.answers.get("headcount")
        return given if isinstance(given, int) else None

    @cached_property
    def people(self) -> Count:
        """How many are to be named."""
        unit = self.unit
        if not units.may_be_several(self.event, self.role, unit) or self.headcount == 1:
            return units.ALONE
        if units.by_number(unit):
            return Count(most=self.headcount or units.authors(unit).most)
        return (self.form.people if self.form else None) or units.authors(unit)

    @property
    def most(self) -> int:
        """How many authors there may be: only a teacher names children of other families."""
        return self.people.most

    @property
    def listed(self) -> bool:
        """Whether the people are written as a list, a line each."""
        if not units.may_be_listed(self.unit) or (self.people is units.ALONE and self.count <= 1):
            return False
        if isinstance(self.unit, Team) or units.by_number(self.unit):
            return True
        return self.most > units.FEW or self.count > self.most

    @property
    def titled(self) -> str | None:
        """What its title is asked as: `team`, `project`, `collective`; None where it has none of its own."""
        match self.unit:
            case Team():
                return "team"
            case Project():
                return "project"
            case Collective() if self.listed or (units.forms(self.unit) and self.most > 1):
                return "collective"
        return None

    @property
    def title(self) -> str | None:
        """The title, if it has one."""
        return self.answers.get("team") if self.titled else None

    @property
    def numbers(self) -> list[int]:
        """The numbers of those who are named so far; of a collective perhaps more than may be."""
        found = [number for number in range(1, self.most + 1) if nth("name", number) in self.answers]
        if units.may_be_listed(self.unit) and units.may_be_several(self.event, self.role, self.unit):
            more = self.most + 1
            while nth("name", more) in self.answers:
                found.append(more)
                more += 1
        return found

    @property
    def count(self) -> int:
        """How many are named so far."""
        return len(self.numbers)

    def member(self, number: int) -> PairMember | None:
        """Which of a pair the person of this number is."""
        members = getattr(self.unit, "members", ())
        return members[number - 1] if number <= len(members) else None

    @property
    def age(self) -> int | None:
        """Full years of the eldest at the end of intake; None where they are not asked for."""
        ages = (self.age_of(number) for number in (self.numbers or [1]))
        return max((one for one in ages if one is not None), default=None)

    def age_of(self, number: int) -> int | None:
        """Full years of one person at the end of intake."""
        born, years = self.answers.get(nth("_birth_date", number)), self.answers.get(nth("_age", number))
        if isinstance(born, str):
            return age(date.fromisoformat(born), self.event.closes_at.astimezone(TOMSK).date())
        return years if isinstance(years, int) else None

    def name(self, number: int = 1) -> FullName | None:
        """An author's name."""
        return read_name(self.answers.get(nth("name", number)))

    def grade(self, number: int = 1) -> Grade | None:
        """An author's class with its letter."""
        return read_kept_grade(self.answers.get(nth("grade", number)), self.answers.get(nth("letter", number)))

    @cached_property
    def eldest(self) -> Grade | None:
        """The class of the eldest: several belong to the group of that one."""
        named = [self.grade(number) for number in (self.numbers or [1])]
        unnamed = read_kept_grade(self.answers.get("_eldest")) if self.listed and units.by_number(self.unit) else None
        grades = [one for one in (*named, unnamed) if one]
        return max(grades, key=lambda grade: grade.number or 0, default=None)

    @property
    def category(self) -> Category | None:
        """Who takes part; None while the class is not known."""
        if self.role is not None and self.role.adult is not None:
            return self.role.adult
        return category_of(self.event, self.eldest)

    @cached_property
    def age_group(self) -> AgeGroup | None:
        """The age group; several authors belong to that of the eldest."""
        if self.category is None:
            return None
        grade = self.eldest or Grade()
        return self.event.age_group_for(self.category, grade.number, self.age, grade.group)

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
        grade, group = self.eldest, self.age_group
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


def read_kept_grade(kept: Mapping[str, Any] | None, letter: object = None) -> Grade | None:
    """A class as a draft keeps it."""
    if kept is None:
        return None
    if kept.get("group"):
        return Grade(group=PreschoolGroup(kept["group"]))
    return Grade(kept["number"], str(letter or ""))


def keep_grade(grade: Grade) -> dict[str, Any]:
    """A class as a draft keeps it; the letter is an answer of its own."""
    return {"number": grade.number, "group": grade.group.value if grade.group else None}
