"""What is known of each work: which sheets count, which are still owed, the jury's number, raw results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from bot.contest.event import Event
from bot.contest.event.scoring import Aggregation, Better, Criterion, Tie
from bot.contest.ranking import Score
from bot.contest.scoring import Scale, Sheet, is_far_apart, mean_by_criterion, mean_of_jury
from bot.contest.trials import Trial, trials_of
from handlers.jury.points import is_raw, scale_of, trial_of
from handlers.organizer.record import Record
from handlers.organizer.results.measured import has_questions
from handlers.participant.applying import units
from storage.application_rows import Application
from storage.jury_rows import Assignment

#: Digits after the point of a mean of raw results.
RAW_DIGITS = 3
#: What stands for a result that is not there: behind all others.
NOTHING = Decimal("-Infinity")


def criteria(event: Event, application: Application) -> tuple[Criterion, ...]:
    """The lines of the score sheet for this application's work."""
    return event.criteria_for(application.nomination, application.age_group, units.kind_of(event, application))


def scales(event: Event, application: Application) -> tuple[Scale, ...]:
    """The same as the rules of scoring know them."""
    return tuple(scale_of(criterion) for criterion in criteria(event, application))


def point_scales(event: Event, application: Application) -> list[Scale]:
    """Those of them that are points: raw results are not."""
    return [scale_of(one) for one in criteria(event, application) if not is_raw(one)]


def tested(event: Event, application: Application) -> list[tuple[str, Criterion]]:
    """The criteria that get the points of a test, each with the code of its stage."""
    kind = units.kind_of(event, application)
    return [
        (stage.code, one)
        for stage in event.stages
        if has_questions(stage)
        for one in event.criteria_for(application.nomination, application.age_group, kind, stage=stage.code)
        if stage.code in one.stages and not is_raw(one)
    ]


def counting(record: Record, application: Application) -> tuple[Sheet, ...]:
    """The sheets that are complete and saved."""
    lines = scales(record.running.event, application)
    saved = {one.person_id for one in record.assigned.get(application.id, ()) if one.state == "scored"}
    sheets = record.sheets.get(application.id, ())
    return tuple(sheet for sheet in sheets if sheet.juror in saved and sheet.is_complete(lines))


def points(record: Record, application: Application) -> Decimal | None:
    """The jury's number for a work with the points of its tests; None while nobody has finished a sheet."""
    event = record.running.event
    lines, in_tests = point_scales(event, application), tested(event, application)
    of_tests = record.measured.tests.get(application.id, {})
    jury = _jury(record, application, lines) if lines else Decimal(0)
    if jury is None or (not lines and not of_tests):
        return None
    return jury + sum((of_tests.get(stage, Decimal(0)) * one.weight for stage, one in in_tests), Decimal(0))


def max_points(event: Event, application: Application) -> Decimal:
    """The most points that there can be: of one member of the jury, and of the tests."""
    kind = units.kind_of(event, application)
    most = event.max_points(application.nomination, application.age_group, kind)
    return most + sum((one.max_weighted for _, one in tested(event, application)), Decimal(0))


def values(record: Record, application: Application) -> dict[str, Decimal]:
    """Everything that is known of a work by itself: means of the jury, points of tests, results of trials."""
    event, sheets = record.running.event, counting(record, application)
    found: dict[str, Decimal] = {}
    for one in criteria(event, application) if sheets else ():
        digits = RAW_DIGITS if is_raw(one) else event.scoring.digits
        (found[one.code],) = mean_by_criterion(sheets, scales(event, application), [one.code], digits=digits)
    of_tests = record.measured.tests.get(application.id, {})
    found |= {one.code: of_tests[stage] for stage, one in tested(event, application) if stage in of_tests}
    return found | dict(record.measured.results.get(application.id, {}))


def trials(event: Event, application: Application) -> tuple[Trial, ...]:
    """What places are counted in: trials, raw results of the jury, points; but not what only breaks ties."""
    written = [trial_of(one) for one in criteria(event, application)]
    written += [trial_of(one) for _, one in tested(event, application)]
    of_stages = [trial for stage in event.stages for trial in trials_of(event, stage)]
    by_code = {trial.code: trial for trial in (*of_stages, *written)}
    return tuple(trial for code, trial in by_code.items() if code not in event.scoring.tie_criteria)


def score(record: Record, application: Application) -> Score | None:
    """What a work is compared by, ties broken as the event declares."""
    number = points(record, application)
    return None if number is None else Score(application.id, number, tie_breaks(record, application))


def tie_breaks(record: Record, application: Application) -> tuple[Decimal, ...]:
    """What equal works are told apart by, more is better; () where people decide."""
    rules = record.running.event.scoring
    if rules.tie is Tie.LESS_TIME:
        took = record.measured.times_s.get(application.id)
        return (NOTHING if took is None else -took,)
    if rules.tie is not Tie.CRITERIA:
        return ()
    known, less = values(record, application), _less(record.running.event)
    return tuple(
        (-known[code] if code in less else known[code]) if code in known else NOTHING for code in rules.tie_criteria
    )


def far_apart(record: Record) -> tuple[Application, ...]:
    """Works whose sheets differ by more than the event allows, and that nobody more has scored."""
    rules = record.running.event.jury
    if rules is None or rules.extra_juror_gap is None:
        return ()
    found = []
    for one in record.competing:
        sheets, lines = counting(record, one), point_scales(record.running.event, one)
        if len(sheets) <= rules.per_work and is_far_apart(sheets, lines, rules.extra_juror_gap):
            found.append(one)
    return tuple(found)


def owed(record: Record) -> tuple[Assignment, ...]:
    """What is assigned to the jury and not scored yet, for works that compete."""
    competing = {one.id for one in record.competing}
    return tuple(one for one in record.assignments if one.application_id in competing and one.state == "assigned")


def owed_by_juror(record: Record) -> Counter[int]:
    """How many sheets each member of the jury still owes."""
    return Counter(one.person_id for one in owed(record))


def without_jury(record: Record) -> tuple[Application, ...]:
    """Works that compete and that nobody is to score; one whose outcome was set by hand needs nobody."""
    event = record.running.event
    judged = {one.application_id for one in record.assignments if one.state != "conflict"}
    judged |= {id_ for id_, decision in record.decisions.items() if decision.by_hand}
    return tuple(one for one in record.competing if one.id not in judged and criteria(event, one))


def _jury(record: Record, application: Application, lines: Iterable[Scale]) -> Decimal | None:
    sheets, lines = counting(record, application), tuple(lines)
    rules = record.running.event.scoring
    if rules.aggregation is Aggregation.SUM and sheets:
        return sum((sheet.total(lines) for sheet in sheets), Decimal(0))
    return mean_of_jury(sheets, lines, digits=rules.digits)


def _less(event: Event) -> frozenset[str]:
    """Where less is better."""
    of_stages = {trial.code for stage in event.stages for trial in trials_of(event, stage) if _is_less(trial.better)}
    return frozenset(of_stages | {one.code for one in event.criteria if _is_less(one.direction)})


def _is_less(better: Better) -> bool:
    return better is Better.LESS
