"""Score sheets: what a juror may write, what is complete, what the jury's number is.

Ranking is in `bot.contest.ranking`, who judges what in `bot.contest.assigning`.

Refusal keys: `score.expected` (title, least, most), `score.out_of_range` (title, least, most), `score.step`
(title, step), `score.closed`, `score.conflict`, `score.not_assigned`, `score.own_work`,
`score.conflict_reason_needed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from bot.contest.refusal import Refusal

_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Scale:
    """One criterion of a score sheet: points from `min_points` to `max_points` by `step`, then by `weight`."""

    code: str
    title: str
    max_points: Decimal
    min_points: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)

    def allows(self, points: Decimal) -> bool:
        """Whether `points` lie on the scale."""
        return self.min_points <= points <= self.max_points and (points - self.min_points) % self.step == 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one juror thinks of one work. There is one sheet for each pair, however often it is changed."""

    juror: int
    work: int
    #: By the code of the criterion; zero is a score, a missing code is not.
    points: Mapping[str, Decimal] = field(default_factory=dict)
    comment: str = ""
    #: Why the juror can't judge the work; such a sheet counts for nothing.
    conflict: str | None = None

    def total(self, scales: Sequence[Scale]) -> Decimal:
        """The weighted sum over `scales` of what is written so far."""
        return sum(
            (self.points[scale.code] * scale.weight for scale in scales if scale.code in self.points), Decimal(0)
        )

    def missing(self, scales: Sequence[Scale]) -> tuple[Scale, ...]:
        """The criteria still without points, in their order."""
        return tuple(scale for scale in scales if scale.code not in self.points)

    def is_complete(self, scales: Sequence[Scale]) -> bool:
        """Whether the sheet counts: all criteria have points and there is no conflict."""
        return self.conflict is None and not self.missing(scales)


def read_points(text: str, scale: Scale) -> Decimal | Refusal:
    """Points typed instead of tapped: «4», «4,5»; an empty or wordy answer is refused with the scale."""
    typed = text.strip()
    if not _NUMBER.fullmatch(typed):
        return Refusal("score.expected", _bounds(scale))
    points = Decimal(typed.replace(",", "."))
    return _points_refusal(scale, points) or points


def score_refusal(
    scale: Scale, points: Decimal, *, closed: bool, conflict: bool, assigned: bool = True, own: bool = False
) -> Refusal | None:
    """Why a juror may not write `points`, or None.

    `closed`: the protocol is approved. `conflict`: declared, or found as the juror's own school. `own`: the
    work is of the juror or of a pupil of theirs.
    """
    if own:
        return Refusal("score.own_work")
    if not assigned:
        return Refusal("score.not_assigned")
    if closed:
        return Refusal("score.closed")
    if conflict:
        return Refusal("score.conflict")
    return _points_refusal(scale, points)


def conflict_refusal(reason: str, *, closed: bool) -> Refusal | None:
    """Why a conflict of interest can't be declared, or None: a reason is needed, and an open protocol."""
    if closed:
        return Refusal("score.closed")
    return None if reason.strip() else Refusal("score.conflict_reason_needed")


def max_total(scales: Sequence[Scale]) -> Decimal:
    """The most points one juror can give."""
    return sum((scale.max_points * scale.weight for scale in scales), Decimal(0))


def mean_of_jury(sheets: Iterable[Sheet], scales: Sequence[Scale], *, digits: int = 2) -> Decimal | None:
    """The mean of the complete sheets of one work, rounded half up to `digits`, or None without any."""
    return _mean([sheet.total(scales) for sheet in sheets if sheet.is_complete(scales)], digits)


def mean_by_criterion(
    sheets: Iterable[Sheet], scales: Sequence[Scale], codes: Sequence[str], *, digits: int = 2
) -> tuple[Decimal, ...]:
    """The jury's means in the criteria `codes`, for breaking ties by rules declared beforehand."""
    complete = [sheet for sheet in sheets if sheet.is_complete(scales)]
    return tuple(_mean([sheet.points[code] for sheet in complete], digits) or Decimal(0) for code in codes)


def is_far_apart(sheets: Iterable[Sheet], scales: Sequence[Scale], gap: Decimal) -> bool:
    """Whether two complete sheets of one work differ by more than `gap` points, so that one more juror is called."""
    totals = [sheet.total(scales) for sheet in sheets if sheet.is_complete(scales)]
    return bool(totals) and max(totals) - min(totals) > gap


@dataclass(frozen=True, slots=True)
class Progress:
    """How far judging has come, for a juror's digest («оценено 12 из 45») or for the organizer."""

    done: int
    total: int
    #: Pairs (juror, work) whose sheet is missing or incomplete, in order.
    open: tuple[tuple[int, int], ...]


def progress(assigned: Iterable[tuple[int, int]], sheets: Iterable[Sheet], scales: Sequence[Scale]) -> Progress:
    """Which of the pairs (juror, work) are judged; pairs with a declared conflict are nobody's debt."""
    by_pair = {(sheet.juror, sheet.work): sheet for sheet in sheets}
    owed = [pair for pair in sorted(assigned) if pair not in by_pair or by_pair[pair].conflict is None]
    undone = tuple(pair for pair in owed if pair not in by_pair or not by_pair[pair].is_complete(scales))
    return Progress(len(owed) - len(undone), len(owed), undone)


def _points_refusal(scale: Scale, points: Decimal) -> Refusal | None:
    if not scale.min_points <= points <= scale.max_points:
        return Refusal("score.out_of_range", _bounds(scale))
    if not scale.allows(points):
        return Refusal("score.step", {"title": scale.title, "step": scale.step})
    return None


def _bounds(scale: Scale) -> dict[str, object]:
    return {"title": scale.title, "least": scale.min_points, "most": scale.max_points}


def _mean(values: Sequence[Decimal], digits: int) -> Decimal | None:
    if not values:
        return None
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
