"""From the jury's numbers to places, with ties shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """What a work is compared by."""

    work: int
    points: Decimal
    #: Compared in order where points are equal: means in criteria named beforehand, or a decision of the chair.
    tie_breaks: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A work's place. Equal works share a place and the next one is left out: 1, 1, 3."""

    work: int
    points: Decimal
    place: int
    #: Whether another work has the same place.
    tied: bool


def rank(scores: Iterable[Score]) -> tuple[Ranked, ...]:
    """Works from the best to the last; among equals the order is by number and means nothing."""
    ordered = sorted(scores, key=lambda score: score.work)
    ordered.sort(key=_strength, reverse=True)
    holders = Counter(map(_strength, ordered))
    places: dict[tuple[Decimal, tuple[Decimal, ...]], int] = {}
    for position, score in enumerate(ordered, 1):
        places.setdefault(_strength(score), position)
    return tuple(
        Ranked(score.work, score.points, places[_strength(score)], holders[_strength(score)] > 1) for score in ordered
    )


def _strength(score: Score) -> tuple[Decimal, tuple[Decimal, ...]]:
    return score.points, score.tie_breaks
