"""From the plan of an event to its applications: who, from where, with what."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.commands.year.cast import Cast, Learner, School
from bot.commands.year.people import Named
from bot.commands.year.plan import Group, Plan, Year, split
from bot.contest.event.base import Category
from bot.contest.event.model import Event

TITLES = (
    "Зимнее утро", "Дорога к дому", "Весёлый счёт", "Тайга рядом", "Письмо с фронта", "Живая вода", "Первый снег",
    "Космос у нас дома", "Мой двор", "Лесная школа", "Старый альбом", "Река детства", "Сто вопросов", "Хранители",
    "Мамины руки", "Город будущего", "Зелёный дом", "Ночь музеев", "Северный ветер", "Огонёк",
)  # fmt: skip
#: From this class on pupils are seniors.
SENIOR = 10
CATEGORIES = {
    "pupil": Category.PUPIL,
    "preschooler": Category.PRESCHOOLER,
    "student": Category.STUDENT,
    "teacher": Category.TEACHER,
}


@dataclass(eq=False)
class Entry:
    """One application of the year."""

    group: Group
    school: School
    people: tuple[Learner, ...]
    supervisor: Named | None
    #: Of the team, the collective, the project, and of the work.
    title: str
    #: Titles from the top of the tree of nominations down to the leaf.
    nomination: tuple[str, ...]
    #: 0..10: how good the jury finds it.
    level: float
    #: The number of the project, of the video or of the file: whatever is to be different.
    serial: int
    #: Filled in when it is sent.
    number: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    #: How it ends if not by the jury: dropped_out, absent.
    fate: str = ""

    @property
    def is_senior(self) -> bool:
        """Of the upper two classes of a school."""
        return (self.people[0].grade or 0) >= SENIOR


def entries_of(cast: Cast, plan: Plan, year: Year, event: Event) -> list[Entry]:
    """All applications, school after school; the same for the same plan."""
    made: list[Entry] = []
    taken: set[str] = set()
    for group in year.groups:
        made += _of_group(cast, plan, year, event, group, taken, len(made))
    _grade(made, year)
    _fates(made, year)
    return made


def _of_group(
    cast: Cast, plan: Plan, year: Year, event: Event, group: Group, taken: set[str], before: int
) -> Iterator[Entry]:
    draw = random.Random(f"{plan.seed} {year.row} {group.who} {before}")  # noqa: S311 - a play
    schools = [cast.school(code) for code in _organisations(plan, group.organisations or year.organisations)]
    sizes = split(group.people or group.count, group.count)
    draw.shuffle(sizes)
    serial = before
    for school, count in zip(schools, split(group.count, len(schools)), strict=True):
        for _ in range(count):
            size = sizes[serial - before]
            first = _year_of(group, draw)
            people = tuple(_learners(school, group, first, size, draw, taken))
            path = _nomination(event, group, people[0], serial)
            yield Entry(
                group=group,
                school=school,
                people=people,
                supervisor=None if group.by == "self" else school.teacher(serial % 2),
                title=f"{draw.choice(TITLES)} {serial + 1}",
                nomination=path,
                level=0,
                serial=serial + 1,
                fields=dict(group.fields),
            )
            serial += 1


def _learners(
    school: School, group: Group, first: int, size: int, draw: random.Random, taken: set[str]
) -> Iterator[Learner]:
    """The people of one application, of about the same class."""
    for place in range(size):
        near = first if not place else _near(group, first, draw)
        yield school.learner(group.who, near, taken=taken)


def _near(group: Group, first: int, draw: random.Random) -> int:
    """The same class, or the next one within those that take part."""
    least, most = group.grades or (first, first) if group.who == "pupil" else (first, first)
    return max(least, min(most, first + draw.choice((0, 0, -1))))


def _organisations(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    """Names of lists in `others` stand for all of the list."""
    for one in wanted:
        yield from plan.others.get(one, (one,))


def _year_of(group: Group, draw: random.Random) -> int:
    """The class of a pupil, the age of a preschooler."""
    if group.who == "pupil":
        return draw.randint(*(group.grades or (1, 11)))
    return draw.randint(*group.ages) if group.who == "preschooler" else 0


def _nomination(event: Event, group: Group, first: Learner, serial: int) -> tuple[str, ...]:
    category = CATEGORIES[group.who]
    age_group = event.age_group_for(category, first.grade, first.age)
    fitting = event.nominations_for(category, first.grade, age_group)
    paths = [event.nomination_path(leaf.code) for leaf in fitting]
    if group.branches:
        paths = [path for path in paths if {part.code for part in path} & set(group.branches)]
    return tuple(part.title for part in paths[serial % len(paths)]) if paths else ()


def _grade(entries: Sequence[Entry], year: Year) -> None:
    """Spread the levels over the works: the best and the weakest everywhere alike."""
    wanted = [place for place, share in enumerate(year.levels) for _ in range(round(share * len(entries)))]
    wanted = (wanted + [len(year.levels) - 1] * len(entries))[: len(entries)]
    random.Random(f"levels {year.row}").shuffle(wanted)  # noqa: S311 - a play
    for entry, place in zip(entries, wanted, strict=True):
        entry.level = 9.5 - 1.2 * place - 0.1 * (entry.serial % 6)


def _fates(entries: Sequence[Entry], year: Year) -> None:
    """Who leaves: the last ones, so that nobody's number depends on it."""
    fates = ["dropped_out"] * year.leaving.dropped_out + ["absent"] * year.leaving.absent
    for entry, fate in zip(reversed(entries), fates, strict=False):
        entry.fate = fate
