"""What the jury says of each work: which sheets count, which are still owed, the jury's number."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from bot.contest.event import Event
from bot.contest.event.scoring import Aggregation, Measure, Tie
from bot.contest.ranking import Score
from bot.contest.scoring import Scale, Sheet, mean_by_criterion, mean_of_jury
from handlers.jury.points import scale_of
from handlers.organizer.record import Record
from handlers.participant import units
from storage.application_rows import Application
from storage.jury_rows import Assignment


def scales(event: Event, application: Application) -> tuple[Scale, ...]:
    """The lines of the score sheet for this application's work."""
    kind = units.kind_of(event, application)
    return tuple(
        scale_of(criterion) for criterion in event.criteria_for(application.nomination, application.age_group, kind)
    )


def point_scales(event: Event, application: Application) -> list[Scale]:
    """Those of them that are points: raw results are not."""
    codes = {criterion.code for criterion in event.criteria if criterion.measure is Measure.POINTS}
    return [line for line in scales(event, application) if line.code in codes]


def counting(record: Record, application: Application) -> tuple[Sheet, ...]:
    """The sheets that are complete and saved."""
    lines = scales(record.running.event, application)
    saved = {one.person_id for one in record.assignments if one.application_id == application.id and _saved(one)}
    sheets = record.sheets.get(application.id, ())
    return tuple(sheet for sheet in sheets if sheet.juror in saved and sheet.is_complete(lines))


def points(record: Record, application: Application) -> Decimal | None:
    """The jury's number for a work; None while nobody has finished a sheet. Raw results are not points."""
    event = record.running.event
    lines = point_scales(event, application)
    sheets = counting(record, application) if lines else ()
    if event.scoring.aggregation is Aggregation.SUM and sheets:
        return sum((sheet.total(lines) for sheet in sheets), Decimal(0))
    return mean_of_jury(sheets, lines, digits=event.scoring.digits)


def score(record: Record, application: Application) -> Score | None:
    """What a work is compared by, ties broken as the event declares."""
    number = points(record, application)
    if number is None:
        return None
    rules = record.running.event.scoring
    if rules.tie is not Tie.CRITERIA:
        return Score(application.id, number)
    lines = scales(record.running.event, application)
    codes = [code for code in rules.tie_criteria if code in {line.code for line in lines}]
    means = mean_by_criterion(counting(record, application), lines, codes, digits=rules.digits)
    return Score(application.id, number, means)


def owed(record: Record) -> tuple[Assignment, ...]:
    """What is assigned to the jury and not scored yet, for works that compete."""
    competing = {one.id for one in record.competing}
    return tuple(one for one in record.assignments if one.application_id in competing and one.state == "assigned")


def owed_by_juror(record: Record) -> Counter[int]:
    """How many sheets each member of the jury still owes."""
    return Counter(one.person_id for one in owed(record))


def without_jury(record: Record) -> tuple[Application, ...]:
    """Works that compete and that nobody is to score; one whose outcome was set by hand needs nobody."""
    judged = {one.application_id for one in record.assignments if one.state != "conflict"}
    judged |= {id_ for id_, decision in record.decisions.items() if decision.by_hand}
    return tuple(one for one in record.competing if one.id not in judged)


def _saved(assignment: Assignment) -> bool:
    return assignment.state == "scored"
