"""The jury's load, and how strictly each of its members scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Fewer works than these say nothing of a person: such a member is neither named nor called strict.
FEW_WORKS = 5
#: Medians that are nearer to each other than this, in percent of the maximum, are one and the same.
LEVEL_PERCENT = 10
#: Works with equal points stand beside each other; the eye tells no more than these apart.
MOST_ABREAST = 5


@dataclass(frozen=True, slots=True)
class Load:
    """What a member of the jury has been given; `name` is empty for one who has left it."""

    name: str
    scored: int
    left: int
    conflicts: int

    @property
    def assigned(self) -> int:
        """All that was given, the conflicts too."""
        return self.scored + self.left + self.conflicts


def by_load(loads: Iterable[Load]) -> tuple[Load, ...]:
    """Whoever has most left comes first; who has nothing at all comes last."""
    return tuple(sorted(loads, key=lambda one: (-one.left, -one.assigned, one.name)))


@dataclass(frozen=True, slots=True)
class Strip:
    """A member's scores in percent of the maximum; `name` is empty where there are few, or they have left."""

    name: str
    #: By the id of the work.
    by_work: Mapping[int, float]

    @property
    def points(self) -> tuple[float, ...]:
        """All of them in rising order."""
        return tuple(sorted(self.by_work.values()))

    @property
    def works(self) -> int:
        """How many sheets there are."""
        return len(self.by_work)

    @property
    def median(self) -> float:
        """Half of the sheets lie on either side."""
        return quantile(self.points, 0.5)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Half of the sheets lie between these."""
        return quantile(self.points, 0.25), quantile(self.points, 0.75)


def strips(sheets: Iterable[tuple[str, Mapping[int, float]]]) -> tuple[Strip, ...]:
    """The members, the strictest first; those with few works without their names, at the end."""
    found = [Strip(name if len(each) >= FEW_WORKS else "", each) for name, each in sheets if each]
    named = sorted((one for one in found if one.name), key=lambda one: (one.median, one.name))
    others = sorted((one for one in found if not one.name), key=lambda one: (-one.works, one.points))
    return (*named, *others)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the spread says; None: there is nobody to compare."""

    #: The least and the greatest median of those who can be compared, in whole percent.
    medians: tuple[int, int] | None = None
    #: Whoever alone has the least, and whoever alone has the greatest, where these are far from each other on works
    #: that both have scored: of different works one may be right to give less.
    extremes: tuple[str, str] | None = None

    @property
    def is_level(self) -> bool:
        """Whether the medians are near to each other."""
        return self.medians is not None and self.medians[1] - self.medians[0] < LEVEL_PERCENT


def finding(found: Sequence[Strip]) -> Finding:
    """What the spread says. Only members with enough works are compared."""
    named = [one for one in found if one.name]
    if len(named) < 2:  # noqa: PLR2004 - one alone is neither strict nor lenient
        return Finding()
    medians = [whole(one.median) for one in named]
    ends = Finding((medians[0], medians[-1]))
    is_clear = medians.count(medians[0]) == medians.count(medians[-1]) == 1 and _differ(named[0], named[-1])
    return ends if ends.is_level or not is_clear else Finding(ends.medians, (named[0].name, named[-1].name))


def _differ(strict: Strip, lenient: Strip) -> bool:
    """Whether enough works were scored by both, and lower by the one than by the other."""
    gaps = sorted(lenient.by_work[work] - strict.by_work[work] for work in strict.by_work if work in lenient.by_work)
    return len(gaps) >= FEW_WORKS and quantile(gaps, 0.5) >= LEVEL_PERCENT


def whole(percent: float) -> int:
    """Rounded to a whole number, halves up."""
    return int(percent + 0.5)


def quantile(points: Sequence[float], part: float) -> float:
    """The value below which so large a `part` of the rising `points` lies, between two of them in proportion."""
    where = (len(points) - 1) * part
    low = int(where)
    high = min(low + 1, len(points) - 1)
    return points[low] + (points[high] - points[low]) * (where - low)


def abreast(points: Iterable[float]) -> tuple[tuple[int, int], ...]:
    """Each point in whole percent with its place beside its equals: 0, 1, −1, 2, −2."""
    counts: dict[int, int] = defaultdict(int)
    placed = []
    for point in points:
        at = whole(point)
        nth = counts[at]
        counts[at] += 1
        if nth < MOST_ABREAST:
            placed.append((at, (nth + 1) // 2 * (1 if nth % 2 else -1)))
    return tuple(placed)
