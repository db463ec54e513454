"""Criteria and points as the jury's buttons and cards carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from zlib import crc32

from bot.contest.event import Event, UnitKind
from bot.contest.event.scoring import Criterion, Measure
from bot.contest.refusal import Refusal
from bot.contest.scoring import Scale, Sheet, max_total
from bot.contest.trials import Trial
from bot.contest.trials import written as result_written
from handlers.participant.applying import units
from storage.jury_rows import Card

#: A raw result without a ceiling is typed with at most six digits.
NO_CEILING = Decimal(999_999)


def criteria_of(event: Event, card: Card) -> tuple[Criterion, ...]:
    """The lines of the score sheet of this work."""
    return event.criteria_for(card.nomination, card.age_group, unit_of(event, card))


def unit_of(event: Event, card: Card) -> UnitKind:
    """The form in which the work takes part."""
    kept = card.answers.get(units.KEY)
    return next((unit.kind for unit in event.units if unit.kind == kept), event.unit.kind)


def scale_of(criterion: Criterion) -> Scale:
    """The criterion as the rules of scoring know it."""
    most = NO_CEILING if criterion.max is None else criterion.max
    return Scale(criterion.code, criterion.title, most, criterion.min, criterion.division, criterion.weight)


def is_raw(criterion: Criterion) -> bool:
    """Whether a result is written down (time, times, penalties), and not points."""
    return criterion.measure is not Measure.POINTS


def trial_of(criterion: Criterion) -> Trial:
    """The criterion as one of the things that places are counted in."""
    return Trial(
        criterion.code,
        criterion.title,
        criterion.measure,
        criterion.direction,
        criterion.min,
        criterion.max,
        criterion.division,
    )


def total_of(criteria: Sequence[Criterion], given: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """The sum of the points so far and the most that there can be; raw results are not points."""
    scales = [scale_of(criterion) for criterion in criteria if criterion.measure is Measure.POINTS]
    return Sheet(0, 0, given).total(scales), max_total(scales)


def mark_of(criterion: Criterion) -> str:
    """What a button names the criterion by: short, and still its own when the event's file changes their order."""
    return f"{crc32(criterion.code.encode()):08x}"


def by_mark(criteria: Sequence[Criterion], mark: str) -> Criterion | None:
    """The criterion that a button names, if the sheet still has it."""
    return next((criterion for criterion in criteria if mark_of(criterion) == mark), None)


def shown(points: Decimal) -> str:
    """«4», «4,5»."""
    return written(points).replace(".", ",")


def value_shown(criterion: Criterion, value: Decimal) -> str:
    """What was given in a criterion: «4,5»; of raw results «12,4 с», «1:05,3», «35»."""
    if not is_raw(criterion):
        return shown(value)
    text = result_written(value, criterion.measure)
    return f"{text} с" if criterion.measure is Measure.TIME_S and ":" not in text else text


def written(points: Decimal) -> str:
    """Points in a button: «4», «4.5»."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_written(text: str) -> Decimal | None:
    """The points of a button, or None where there are none."""
    try:
        points = Decimal(text)
    except InvalidOperation:
        return None
    return points if points.is_finite() else None


def said(refusal: Refusal) -> Refusal:
    """The refusal with its points as people read them."""
    values = {name: shown(value) if isinstance(value, Decimal) else value for name, value in refusal.values.items()}
    return Refusal(refusal.key, values)
