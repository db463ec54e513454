"""One person once: who of a year's participants is one and the same person.

One name at one organisation is one person, whatever the case of letters, ё or a missing patronymic; two patronymics
make two people of one name. Teachers and those who learn are apart: a teacher is nobody's pupil.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.contest.event.base import Category
from bot.contest.report.facts import Entry, Forgotten, Someone
from bot.contest.text import fold

_Who = tuple[bool, str, str]
_folded = lru_cache(maxsize=65536)(fold)


def organisation_key(entry: Entry) -> str:
    """What tells organisations apart: the code, or the name as it was typed."""
    return organisation_of(entry.organisation_code, entry.organisation)


def organisation_of(code: str | None, name: str) -> str:
    """The same of a code and a name."""
    return code or f"«{_folded(name)}"


def numbered(entries: Iterable[Entry]) -> dict[int, int]:
    """A number from 1 for each different person, by the id of the participant; those without a name have none."""
    named = [(entry, one, _who(entry, one)) for entry, one in _named(entries)]
    fathers: dict[_Who, set[str]] = defaultdict(set)
    for _, one, who in named:
        if one.patronymic:
            fathers[who].add(_folded(one.patronymic))
    first = {who: min(known) for who, known in fathers.items()}
    numbers: dict[tuple[_Who, str], int] = {}
    found: dict[int, int] = {}
    for _, one, who in named:
        father = _folded(one.patronymic) if one.patronymic else first.get(who, "")
        found[one.id] = numbers.setdefault((who, father), len(numbers) + 1)
    return found


def namesakes(entries: Iterable[Entry], numbers: Mapping[int, int]) -> list[tuple[Entry, Someone]]:
    """Pupils who are counted as one person although they are in different classes: one of each such name."""
    classes: dict[int, int] = {}
    seen: set[int] = set()
    found = []
    for entry, one in _named(entries):
        number = numbers[one.id]
        if one.grade is None or number in seen:
            continue
        if classes.setdefault(number, one.grade) != one.grade:
            seen.add(number)
            found.append((entry, one))
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who takes part under a name."""

    #: Of the participant.
    id: int
    #: The event's number in the report.
    event: str
    surname: str
    name: str
    patronymic: str | None
    is_teacher: bool
    organisation_code: str | None
    organisation: str

    def is_same(self, other: Known) -> bool:
        """Whether both have one patronymic, as far as they have any; the rest is compared before."""
        fathers = {_folded(each) for each in (self.patronymic, other.patronymic) if each}
        return len(fathers) < 2  # noqa: PLR2004 - two different patronymics are two people


def counted_elsewhere(known: Sequence[Known], meant: Collection[int]) -> dict[int, Forgotten]:
    """For those who are about to be forgotten: where else the same person goes on being counted by name.

    Of several rows of one person that go together, the last one is who the person is counted by.
    """
    together: dict[_Who, list[Known]] = defaultdict(list)
    for one in known:
        key = organisation_of(one.organisation_code, one.organisation)
        together[one.is_teacher, _folded(f"{one.surname} {one.name}"), key].append(one)
    found: dict[int, Forgotten] = {}
    for same in together.values():
        for one in same:
            if one.id in meant:
                stay = [other for other in same if other.id not in meant or other.id > one.id]
                found[one.id] = _where(one, [other for other in stay if one.is_same(other)])
    return found


def _where(one: Known, stay: Sequence[Known]) -> Forgotten:
    if any(other.event == one.event for other in stay):
        return Forgotten.EVENT
    return Forgotten.YEAR if stay else Forgotten.ONLY


def _named(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Someone]]:
    return ((entry, one) for entry in entries for one in entry.people if one.forgotten is None)


def _who(entry: Entry, one: Someone) -> _Who:
    return entry.category is Category.TEACHER, _folded(f"{one.surname} {one.name}"), organisation_key(entry)
