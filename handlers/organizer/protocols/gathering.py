"""From the record of an event to what its protocol says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from bot.contest.awards import EXITS, OutcomeKind
from bot.contest.event import Event
from bot.contest.event.scoring import Criterion, Ranking, Tie
from bot.contest.event.stages import StageFormat, StageKind
from bot.contest.naming import is_titled
from bot.contest.programme import Programme
from bot.contest.protocol_snapshot import (
    Broken,
    Entry,
    Facts,
    Field,
    Happening,
    Line,
    Order,
    Rules,
    Sheet,
    SheetState,
    Signers,
    Snapshot,
    Source,
    Way,
    Word,
)
from bot.contest.ranking import Broken as Told
from bot.contest.trials import Trial
from handlers.jury.points import is_raw
from handlers.kinds import Desk
from handlers.organizer.jury.judging import criteria, point_scales, scales, tested, values
from handlers.organizer.protocols.rounds import rounds_of
from handlers.organizer.protocols.words import words_of
from handlers.organizer.record import Record
from handlers.organizer.results.comparing import Comparison, field_title
from handlers.organizer.results.proposing import Proposed, is_compared
from handlers.organizer.wording import nomination, school
from storage.application_rows import Application
from storage.jury_rows import Assignment
from storage.outcomes import Result

_STATES = {"scored": SheetState.SCORED, "assigned": SheetState.OPEN, "conflict": SheetState.CONFLICT}


async def snapshot_of(
    desk: Desk,
    record: Record,
    found: Proposed,
    *,
    placed: Mapping[int, int] | None = None,
    signers: Signers | None = None,
) -> Snapshot:
    """Everything that the protocol says now; where nothing is decided yet, what the rules propose.

    `placed`: places that corrections have set, by application. `signers`: None for those who are named already.
    """
    placed = dict(sorted((placed or {}).items()))
    rounds, commissions = await rounds_of(desk, record)
    fields = tuple(_field(desk, record, found, one, placed) for one in found.comparisons)
    compared = {entry.application for field in fields for entry in field.entries}
    judges = {sheet.juror for field in fields for entry in field.entries for sheet in entry.sheets}
    jury = tuple(dict.fromkeys((*(one.person_id for one in record.jury), *sorted(judges))))
    facts = Facts(
        event=_happening(desk, record.running.event),
        rules=_rules(record.running.event),
        accepted=record.balance.accepted,
        people=record.balance.people,
        jury=jury,
        fields=fields,
        others=tuple(_entry(desk, record, found, one, placed) for one in record.counted if one.id not in compared),
        balance=_balance(record),
        orders=_orders(record),
        rounds=rounds,
        placed=placed,
    )
    named = await desk.storage.protocols.signers(record.running.code) if signers is None else signers
    words: dict[Word, str] = {**words_of(record, jury, named), **commissions}
    return Snapshot(facts, words)


def _happening(desk: Desk, event: Event) -> Happening:
    final = next((stage for stage in event.stages if stage.kind is StageKind.FINAL), None)
    met = StageFormat.CALL if event.meeting is not None else StageFormat.REMOTE
    organiser = event.organiser
    return Happening(
        code=event.code,
        kind=event.kind,
        title=event.title,
        status=event.status_line,
        organiser=desk.facts.directory.get(organiser).name_short
        if organiser in desk.facts.directory.codes
        else organiser,
        stage=final.title if final else "",
        place=desk.say(f"protocol_paper.place.{final.format if final else met}"),
        city=Programme.load().city,
    )


def _rules(event: Event) -> Rules:
    scoring, titles = event.scoring, {one.code: one.title for one in event.criteria}
    return Rules(
        way=_way(event),
        aggregation=scoring.aggregation,
        digits=scoring.digits,
        tie=scoring.tie,
        tie_by=tuple(titles.get(code, code) for code in scoring.tie_criteria),
        blind=event.jury is not None and event.jury.blind,
        least_percent=None if event.awards.least_percent is None else Decimal(event.awards.least_percent),
        least_entries=event.awards.least_entries,
    )


def _way(event: Event) -> Way:
    if not is_compared(event):
        return Way.ATTENDANCE
    if event.scoring.ranking is Ranking.SUM_OF_PLACES:
        return Way.PLACES
    return Way.POINTS if event.has_sheets else Way.TESTS


def _field(desk: Desk, record: Record, found: Proposed, one: Comparison, placed: Mapping[int, int]) -> Field:
    event = record.running.event
    categories = {key: desk.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    forms = {key: desk.say(f"org.unit.{key}") for key in ("person", "team", "pair", "collective", "project")}
    title = field_title(event, one.field, categories=categories, units=forms)
    ranked = [ranked.work for ranked in one.entries.ranking]
    works = [record.application(work) for work in (*ranked, *one.entries.unscored)]
    lines: dict[str, Line] = {}
    for application in works:
        lines |= {line.code: line for line in _lines(event, application, one.trials) if line.code not in lines}
    return Field(
        title=title[:1].upper() + title[1:],
        lines=tuple(lines.values()),
        most=one.entries.max_points,
        entries=_ordered(_entry(desk, record, found, application, placed, one) for application in works),
        broken=tuple(_broken(event, told) for told in one.broken),
    )


def _lines(event: Event, application: Application, trials: Sequence[Trial]) -> Iterator[Line]:
    """The jury's criteria, then tests, then trials that neither of them is."""
    known = {one.code for one in criteria(event, application)}
    for one in criteria(event, application):
        yield _of_criterion(one, Source.JURY)
    for _, one in tested(event, application):
        known.add(one.code)
        yield _of_criterion(one, Source.TEST)
    for trial in trials:
        if trial.code not in known:
            yield Line(trial.code, trial.title, Source.TRIAL, trial.measure, trial.least, trial.most, Decimal(1))


def _of_criterion(one: Criterion, source: Source) -> Line:
    return Line(one.code, one.title, source, one.measure, one.min, one.max, one.weight)


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By place, those without one last; works of one place stay as they are."""
    return tuple(sorted(entries, key=lambda one: (one.place is None, one.place or 0)))


def _entry(
    desk: Desk,
    record: Record,
    found: Proposed,
    application: Application,
    placed: Mapping[int, int],
    comparison: Comparison | None = None,
) -> Entry:
    running, result = record.running, _result(record, found, application)
    outcome = result.outcome if result else None
    shown = frozenset(one.code for one in _not_of_one(running.event, application))
    known = values(record, application) if comparison else {}
    ranked = {one.work: one for one in comparison.entries.ranking} if comparison else {}
    here = ranked.get(application.id)
    return Entry(
        application=application.id,
        ordinal=application.ordinal,
        number=application.number,
        members=tuple(one.id for one in application.participants if one.id is not None),
        titled=is_titled(application),
        people=record.people.get(application.id, application.people),
        school=school(desk, application),
        nomination=nomination(running, application),
        outcome=outcome.kind if outcome else None,
        award=outcome.title if outcome else "",
        special=outcome.special if outcome else (),
        by_hand=application.id in record.by_hand,
        sheets=tuple(_sheets(record, application)) if comparison else (),
        values={code: value for code, value in sorted(known.items()) if code in shown or _is_trial(comparison, code)},
        places={trial.code: comparison.places[trial.code][application.id] for trial in comparison.trials if here}
        if comparison
        else {},
        points=here.points if here else None,
        place=placed.get(application.id, here.place if here else None),
    )


def _is_trial(comparison: Comparison | None, code: str) -> bool:
    return comparison is not None and any(trial.code == code for trial in comparison.trials)


def _not_of_one(event: Event, application: Application) -> list[Criterion]:
    """What has one number a work, and not one a member of the jury: tests, and the means of raw results."""
    return [
        *(one for _, one in tested(event, application)),
        *(one for one in criteria(event, application) if is_raw(one)),
    ]


def _result(record: Record, found: Proposed, application: Application) -> Result | None:
    """What stands, or else what is proposed; who has left, has left, whatever stood before."""
    result = found.results.get(application.id)
    if application.state in EXITS:
        return result
    decision = record.decisions.get(application.id)
    return decision.result if decision else result


def _sheets(record: Record, application: Application) -> Iterator[Sheet]:
    written = {one.juror: one for one in record.sheets.get(application.id, ())}
    event = record.running.event
    all_lines, points = scales(event, application), point_scales(event, application)
    for assignment in sorted(record.assigned.get(application.id, ()), key=lambda one: one.id):
        sheet = written.get(assignment.person_id)
        given: Mapping[str, Decimal] = sheet.points if sheet else {}
        complete = sheet is not None and assignment.state == "scored" and sheet.is_complete(all_lines)
        yield Sheet(
            juror=assignment.person_id,
            state=_state(assignment, complete=complete),
            points=dict(sorted(given.items())),
            total=sheet.total(points) if complete and sheet and points else None,
            saved_at=assignment.saved_at,
        )


def _state(assignment: Assignment, *, complete: bool) -> SheetState:
    state = _STATES[assignment.state]
    return SheetState.OPEN if state is SheetState.SCORED and not complete else state


def _broken(event: Event, told: Told) -> Broken:
    """By what two equal works were told apart: a criterion; empty: the time."""
    if event.scoring.tie is not Tie.CRITERIA:
        return Broken(told.above, told.below, "")
    code = event.scoring.tie_criteria[told.by]
    return Broken(told.above, told.below, next((one.title for one in event.criteria if one.code == code), code))


def _orders(record: Record) -> tuple[Order, ...]:
    """Of several decisions about the same works the last one."""
    last = {one.order.works: one for one in record.orders}
    return tuple(Order(one.id, one.order.levels, Tie(one.way)) for one in last.values())


def _balance(record: Record) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for row in record.balance.rows:
        titled = sum(count for _, count in row.titles)
        found += row.titles
        if row.count > titled:
            found.append((OutcomeKind(row.kind).label, row.count - titled))
    return tuple(found)
