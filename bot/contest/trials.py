"""Trials: raw results (seconds, times, penalties) become places, and places a sum by which teams are compared.

The least sum wins (domain.md У1: место по испытанию → сумма мест; a tie → the better result in theory).

Refusal keys: `trial.expected` (title, example), `trial.out_of_range` (title, least, most), `trial.step` (title, step).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.contest.event.model import Event
from bot.contest.event.scoring import Better, Measure
from bot.contest.event.stages import Stage
from bot.contest.ranking import Ranked
from bot.contest.refusal import Refusal

#: Results by application, then by the code of the trial; what is not there has no result (yet).
Results = Mapping[int, Mapping[str, Decimal]]

_PLAIN = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,3})?")
_CLOCK = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}):(?=[0-9]{1,2}:))?(?P<minutes>[0-9]{1,3}):(?P<seconds>[0-5]?[0-9](?:[.,][0-9]{1,3})?)"
)
_MINUTE_S = 60
_EXAMPLES = {Measure.TIME_S: "12,4 или 1:05,3", Measure.COUNT: "35", Measure.PENALTY: "2", Measure.POINTS: "7,5"}


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial: what is measured, and which of two results is the better one."""

    code: str
    title: str
    measure: Measure
    better: Better
    least: Decimal = Decimal(0)
    #: None: no ceiling.
    most: Decimal | None = None
    step: Decimal = Decimal("0.001")

    @property
    def example(self) -> str:
        """How a result is written: «12,4 или 1:05,3»."""
        return _EXAMPLES[self.measure]


def direction(measure: Measure, better: Better | None = None) -> Better:
    """Which results win: less time and fewer penalties, more counts and points, unless the event says otherwise."""
    if better is not None:
        return better
    return Better.LESS if measure in {Measure.TIME_S, Measure.PENALTY} else Better.MORE


def trials_of(event: Event, stage: Stage) -> tuple[Trial, ...]:
    """What is measured at a stage: its tasks with a `measure`, then the event's raw criteria that belong to it."""
    tasks = [
        Trial(task.code, task.title, task.measure, direction(task.measure, task.better), step=_step(task.measure))
        for task in stage.tasks
        if task.measure is not None
    ]
    criteria = [
        Trial(one.code, one.title, one.measure, one.direction, one.min, one.max, one.division)
        for one in event.criteria
        if stage.code in one.stages and one.measure is not Measure.POINTS
    ]
    return (*tasks, *criteria)


def places(results: Results, trials: Sequence[Trial]) -> dict[str, dict[int, int]]:
    """By trial the place of each application of `results`, from 1.

    Equal results share a place and the next one is left out (1, 1, 3); who has no result is last, behind all who have.
    """
    return {trial.code: _places(trial, results) for trial in trials}


def sum_of_places(
    results: Results, trials: Sequence[Trial], *, theory: Mapping[int, Decimal] | None = None
) -> tuple[Ranked, ...]:
    """The applications of `results` from the best: the least sum of places, then more points in `theory`.

    `Ranked.points` is the sum of places, so here less is better. Who is equal in both shares a place.
    """
    by_trial = places(results, trials)
    sums = {work: sum(by_trial[trial.code][work] for trial in trials) for work in results}
    strength = {work: (sums[work], -(theory or {}).get(work, Decimal(0))) for work in results}
    ordered = sorted(results, key=lambda work: (strength[work], work))
    holders = Counter(strength.values())
    first: dict[tuple[int, Decimal], int] = {}
    for position, work in enumerate(ordered, 1):
        first.setdefault(strength[work], position)
    return tuple(
        Ranked(work, Decimal(sums[work]), first[strength[work]], holders[strength[work]] > 1) for work in ordered
    )


def read_result(text: str, trial: Trial) -> Decimal | Refusal:
    """A result as people write it: «12,4», «1:05,3» (times only), «35»; or what was expected."""
    value = _number(text.strip().rstrip(".").removesuffix("сек").strip(), trial.measure)
    if value is None:
        return Refusal("trial.expected", {"title": trial.title, "example": trial.example})
    if value < trial.least or (trial.most is not None and value > trial.most):
        most = "" if trial.most is None else written(trial.most, trial.measure)
        least = written(trial.least, trial.measure)
        return Refusal("trial.out_of_range", {"title": trial.title, "least": least, "most": most})
    if (value - trial.least) % trial.step:
        return Refusal("trial.step", {"title": trial.title, "step": f"{trial.step:f}".replace(".", ",")})
    return value


def written(value: Decimal, measure: Measure) -> str:
    """A result as people read it: «12,4», «1:05,3», «35»."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if measure is Measure.TIME_S and value >= _MINUTE_S:
        minutes, seconds = divmod(value, _MINUTE_S)
        left = f"{seconds:f}"
        left = left.rstrip("0").rstrip(".") if "." in left else left
        whole, _, part = left.partition(".")
        plain = f"{int(minutes)}:{whole.zfill(2)}{'.' if part else ''}{part}"
    return plain.replace(".", ",")


def _places(trial: Trial, results: Results) -> dict[int, int]:
    have = {work: found[trial.code] for work, found in results.items() if trial.code in found}
    ordered = sorted(have.values(), reverse=trial.better is Better.MORE)
    return {work: ordered.index(have[work]) + 1 if work in have else len(have) + 1 for work in results}


def _number(text: str, measure: Measure) -> Decimal | None:
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    found = _CLOCK.fullmatch(text) if measure is Measure.TIME_S else None
    if found is None:
        return None
    minutes = int(found["hours"] or 0) * _MINUTE_S + int(found["minutes"])
    return minutes * _MINUTE_S + Decimal(found["seconds"].replace(",", "."))


def _step(measure: Measure) -> Decimal:
    return Decimal("0.001") if measure in {Measure.TIME_S, Measure.POINTS} else Decimal(1)
