"""A parent event and its children: people are counted once, or in each child, as the parent says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.contest.event.units import CountedIn


@dataclass(frozen=True, slots=True)
class Part:
    """One application to a child: whom it brings."""

    event: str
    #: One key for each person; the same person has the same key in every child.
    people: tuple[str, ...]
    #: People who are counted and not named.
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people take part."""

    total: int
    by_child: tuple[tuple[str, int], ...]


def people_of_bundle(parts: Iterable[Part], counted_in: CountedIn) -> Counted:
    """How many people take part in the children, and in all of it.

    Within a child everybody counts once, in however many applications. Over the children they count once where the
    parent counts them, and in each where the children do. People who are not named can't be told apart: they all count.
    """
    found = list(parts)
    children = dict.fromkeys(part.event for part in found)
    unnamed: Counter[str] = Counter()
    for part in found:
        unnamed[part.event] += part.unnamed
    named = {child: {key for part in found if part.event == child for key in part.people} for child in children}
    by_child = tuple((child, len(named[child]) + unnamed[child]) for child in children)
    if counted_in is CountedIn.CHILDREN:
        return Counted(sum(count for _, count in by_child), by_child)
    return Counted(len(set().union(*named.values())) + unnamed.total(), by_child)
