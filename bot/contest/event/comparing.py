"""Judging and awards that cannot work: points that nobody can reach, quotas and limits over what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.contest.event.awards import OwnNominations, Participation, Thresholds
from bot.contest.event.base import Limit, Per
from bot.contest.event.model import Event
from bot.contest.event.scoring import Aggregation, Criterion, Measure
from bot.contest.event.source import Place
from bot.contest.event.stages import HostedBy, Stage
from bot.contest.event.units import Attendance, Bundle

Found = Iterator[tuple[Place, str]]


def comparing_faults(event: Event) -> Found:
    """What of the judging, of the limits and of the awards cannot be reached or counted."""
    yield from _nothing_to_compare(event)
    yield from _thresholds(event)
    yield from _tests(event)
    gap = event.jury.extra_juror_gap if event.jury else None
    least = min(_most(event).values())
    if gap and gap >= least:
        yield ("jury", "extra_juror_gap"), f"такого расхождения не бывает: всего баллов {_plain(least)}"
    for place, limit in _limits(event):
        yield from _countable(event, limit, place)


def _nothing_to_compare(event: Event) -> Found:
    measured = any(task.measure or task.answer for stage in event.stages for task in stage.tasks)
    if isinstance(event.awards, Participation):
        if event.criteria:
            yield ("criteria",), "при awards.scheme: participation никого не сравнивают, критерии не нужны"
        return
    if isinstance(event.unit, Bundle | Attendance):
        yield ("awards", "scheme"), f"при unit.kind: {event.unit.kind.value} подходит только participation"
    elif not event.criteria and not measured and not isinstance(event.awards, OwnNominations):
        yield ("awards", "scheme"), "сравнивать нечего: нужны критерии (criteria) или задания этапов с результатом"


def _most(event: Event) -> dict[str, Decimal]:
    """By nomination the most points of one sheet and of the tests; the empty name stands for no nominations."""
    groups: list[str | None] = [group.code for group in event.age_groups]
    names: list[str | None] = [leaf.code for leaf in event.leaves]
    tests = sum((one.max_weighted for stage in event.stages for one in _of_test(event, stage)), Decimal(0))
    return {
        name or "": tests
        + max(event.max_points(name, group, unit.kind) for group in groups or [None] for unit in event.units)
        for name in names or [None]
    }


def _of_test(event: Event, stage: Stage) -> tuple[Criterion, ...]:
    """The criteria that get the points of a stage's questions."""
    if not stage.questions:
        return ()
    return tuple(one for one in event.criteria if stage.code in one.stages and one.measure is Measure.POINTS)


def _tests(event: Event) -> Found:
    """A criterion holds just as many points as the questions give."""
    for index, criterion in enumerate(event.criteria):
        stages = [stage for stage in event.stages if criterion in _of_test(event, stage)]
        points = sum(task.points for stage in stages for task in stage.questions)
        if stages and criterion.max != points:
            yield ("criteria", index, "max"), f"за вопросы этапа {stages[0].code} дают {points}, столько и нужно"


def _thresholds(event: Event) -> Found:
    """Every title must be within reach in each nomination."""
    if not isinstance(event.awards, Thresholds):
        return
    sheets = event.jury.per_work if event.jury and event.scoring.aggregation is Aggregation.SUM else 1
    for index, threshold in enumerate(event.awards.thresholds):
        for name, most in _most(event).items():
            if most and threshold.points > most * sheets:
                where = f"в номинации {name} " if name else ""
                yield (
                    ("awards", "thresholds", index, "points"),
                    f"столько {where}не набрать: наибольшая сумма критериев {_plain(most * sheets)}",
                )
                break


def _limits(event: Event) -> Iterator[tuple[Place, Limit]]:
    for index, limit in enumerate(event.submission.limits if event.submission else ()):
        yield ("submission", "limits", index), limit
    for number, stage in enumerate(event.stages):
        for index, quota in enumerate(stage.quotas):
            yield ("stages", number, "quotas", index), quota


def _countable(event: Event, limit: Limit, place: Place) -> Found:
    if Per.NOMINATION in limit.per and not event.nominations:
        yield (*place, "per"), "считать по номинациям нельзя: в файле их нет"
    if Per.GROUP in limit.per and not event.age_groups:
        yield (*place, "per"), "считать по возрастным группам нельзя: в файле их нет"
    if Per.HOST in limit.per and not any(stage.hosted_by is not HostedBy.ORGANISER for stage in event.stages):
        yield (*place, "per"), "считать по площадкам нельзя: ни у одного этапа нет площадок (hosted_by)"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
