"""One person once: who of a year's participants is one and the same person.

One name at one organisation is one person, whatever the case of letters, ё or a missing patronymic; two patronymics
make two people of one name. Teachers and those who learn are apart: a teacher is nobody's pupil.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.contest.event.base import Category
from bot.contest.report.facts import Entry, Someone
from bot.contest.text import fold

_Who = tuple[bool, str, str]
_folded = lru_cache(maxsize=65536)(fold)


def organisation_key(entry: Entry) -> str:
    """What tells organisations apart: the code, or the name as it was typed."""
    return entry.organisation_code or f"«{_folded(entry.organisation)}"


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


def namesakes(entries: Iterable[Entry], numbers: dict[int, int]) -> list[tuple[Entry, Someone]]:
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


def same_person(entry: Entry, one: Someone, other_entry: Entry, other: Someone) -> bool:
    """Whether two participants are one person."""
    if _who(entry, one) != _who(other_entry, other):
        return False
    fathers = {_folded(each.patronymic) for each in (one, other) if each.patronymic}
    return len(fathers) < 2  # noqa: PLR2004 - two different patronymics are two people


def _named(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Someone]]:
    return ((entry, one) for entry in entries for one in entry.people if one.forgotten is None)


def _who(entry: Entry, one: Someone) -> _Who:
    return entry.category is Category.TEACHER, _folded(f"{one.surname} {one.name}"), organisation_key(entry)
