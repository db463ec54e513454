"""Which rows of a table are about applications that are there already, and what they would change.

The natural key of an application is its applicant's account, the event, the organisation, the person (or the team's
title) and the nomination; a number that the table carries beats it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of an entry of a table."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Key:
    """What an entry, or an application, is known by. None in an entry: it does not say."""

    who: str
    organisation: str | None = None
    nomination: str | None = None
    number: str | None = None
    #: Tells namesakes apart, where both sides have one.
    patronymic: str | None = None

    def same_person(self, other: Key) -> bool:
        """Whether both may be one person, or one team."""
        if self.who != other.who:
            return False
        return not (self.patronymic and other.patronymic) or self.patronymic == other.patronymic


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that is not what it was."""

    title: str
    before: str
    after: str


def matched(wanted: Sequence[Key], known: Sequence[Key], *, one_each: bool) -> list[int | None]:
    """For each of `wanted` the index of the application that it is about, or None for a new one.

    No application is given twice. `one_each`: nobody takes part twice, so that the only application of a person is
    theirs whatever nomination or organisation the entry names now.
    """
    found: list[int | None] = [None] * len(wanted)
    free = set(range(len(known)))
    rounds: list[Callable[[Key], Hashable]] = [
        lambda key: key.number,
        lambda key: (key.who, key.organisation, key.nomination, key.patronymic),
        lambda key: (key.who, key.organisation, key.nomination),
        lambda key: (key.who, key.nomination) if key.nomination is not None else None,
        lambda key: (key.who, key.organisation) if key.organisation is not None else None,
        lambda key: key.who,
    ]
    last = Key.same_person if one_each else _agrees
    fits = [lambda _one, _other: True, *[_agrees] * 4, last]
    for name, fit in zip(rounds, fits, strict=True):
        only = name is rounds[-1]
        _take(wanted, known, found, free, name, fit, only=only)
    return found


def _take(
    wanted: Sequence[Key],
    known: Sequence[Key],
    found: list[int | None],
    free: set[int],
    name: Callable[[Key], Hashable],
    fit: Callable[[Key, Key], bool],
    *,
    only: bool,
) -> None:
    """One round: who is called the same finds each other. `only`: where they are the only ones left so called."""
    left: dict[Hashable, list[int]] = {}
    for index in sorted(free):
        left.setdefault(name(known[index]), []).append(index)
    asking: dict[Hashable, list[int]] = {}
    for index, key in enumerate(wanted):
        if found[index] is None and name(key) is not None:
            asking.setdefault(name(key), []).append(index)
    for called, entries in asking.items():
        offered = left.get(called, [])
        if only and not len(entries) == len(offered) == 1:
            continue
        for index in sorted(entries, key=lambda one: repr(wanted[one])):
            chosen = next((one for one in offered if one in free and fit(wanted[index], known[one])), None)
            if chosen is not None:
                found[index] = chosen
                free.discard(chosen)


def _agrees(wanted: Key, known: Key) -> bool:
    """Whether nothing that the entry says is otherwise."""
    if not wanted.same_person(known):
        return False
    return (wanted.organisation in (None, known.organisation)) and (wanted.nomination in (None, known.nomination))


def changes(before: Mapping[str, str], after: Mapping[str, str], titles: Mapping[str, str]) -> tuple[Change, ...]:
    """What is not as it was, in the order of `titles` (a title by key)."""
    return tuple(
        Change(title, before.get(key, ""), after.get(key, ""))
        for key, title in titles.items()
        if before.get(key, "") != after.get(key, "")
    )
