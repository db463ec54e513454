"""From the jury's numbers to places, with ties shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Score:
    """What a work is compared by."""

    work: int
    points: Decimal
    #: Compared in order where points are equal, more is better: means in criteria named beforehand, time saved.
    tie_breaks: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A work's place. Equal works share a place and the next one is left out: 1, 1, 3."""

    work: int
    points: Decimal
    place: int
    #: Whether another work has the same place.
    tied: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """Two neighbours of a ranking that have equal points and are told apart by a rule declared beforehand."""

    above: int
    below: int
    #: Which of the tie breaks was decisive, from 0.
    by: int


def rank(scores: Iterable[Score], *, less: bool = False) -> tuple[Ranked, ...]:
    """Works from the best to the last; among equals the order is by number and means nothing.

    `less`: fewer points are better, as in a sum of places.
    """
    ordered = _ordered(scores, less=less)
    holders = Counter(_strength(score) for score in ordered)
    places: dict[tuple[Decimal, tuple[Decimal, ...]], int] = {}
    for position, score in enumerate(ordered, 1):
        places.setdefault(_strength(score), position)
    return tuple(
        Ranked(score.work, score.points, places[_strength(score)], holders[_strength(score)] > 1) for score in ordered
    )


def broken_ties(scores: Iterable[Score], *, less: bool = False) -> tuple[Broken, ...]:
    """What the tie breaks have decided, so that it can be said aloud; [] where points alone decide."""
    ordered = _ordered(scores, less=less)
    return tuple(
        Broken(above.work, below.work, _decisive(above, below))
        for above, below in pairwise(ordered)
        if above.points == below.points and above.tie_breaks != below.tie_breaks
    )


def _ordered(scores: Iterable[Score], *, less: bool) -> list[Score]:
    ordered = sorted(scores, key=lambda score: score.work)
    ordered.sort(key=lambda score: (-score.points if less else score.points, score.tie_breaks), reverse=True)
    return ordered


def _strength(score: Score) -> tuple[Decimal, tuple[Decimal, ...]]:
    return score.points, score.tie_breaks


def _decisive(above: Score, below: Score) -> int:
    pairs = zip(above.tie_breaks, below.tie_breaks, strict=True)
    return next(index for index, (better, worse) in enumerate(pairs) if better != worse)
