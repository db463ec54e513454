"""The works of an event as its protocol has them: each with its sheets, its numbers, its place and its outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.contest.awards import EXITS
from bot.contest.event import UnitKind
from bot.contest.event.scoring import Criterion
from bot.contest.naming import is_titled
from bot.contest.protocol_facts import Entry, Line, Sheet, SheetState, Source
from bot.contest.ranking import Ranked
from bot.contest.scoring import Scale
from bot.contest.trials import Trial
from handlers.jury.points import is_raw
from handlers.kinds import Desk
from handlers.organizer.jury.judging import criteria, point_scales, scales, tested, values
from handlers.organizer.record import Record
from handlers.organizer.results.comparing import Comparison
from handlers.organizer.results.proposing import Proposed
from handlers.organizer.wording import nomination, school
from handlers.participant.applying import units
from storage.application_rows import Application
from storage.jury_rows import Assignment
from storage.outcomes import Result

_STATES = {"scored": SheetState.SCORED, "assigned": SheetState.OPEN, "conflict": SheetState.CONFLICT}


@dataclass(frozen=True, slots=True)
class _Form:
    """What works of one place and one form are judged by."""

    judged: tuple[Criterion, ...]
    tests: tuple[Criterion, ...]
    scales: tuple[Scale, ...]
    points: tuple[Scale, ...]

    @property
    def alone(self) -> frozenset[str]:
        """What has one number a work, and not one a member of the jury: tests, and the means of raw results."""
        return frozenset(one.code for one in (*self.tests, *(one for one in self.judged if is_raw(one))))


class Entering:
    """Makes the entries of one snapshot; what many works share is worked out once."""

    def __init__(self, desk: Desk, record: Record, found: Proposed, placed: Mapping[int, int]) -> None:
        """`placed`: places that corrections have set, by application."""
        self._desk = desk
        self._record = record
        self._found = found
        self._placed = placed
        self._forms: dict[tuple[str | None, str | None, UnitKind], _Form] = {}

    def compared(self, one: Comparison) -> tuple[Entry, ...]:
        """The works of a comparison by place, those without one last; works of one place stay as they are."""
        ranked = {ranked.work: ranked for ranked in one.entries.ranking}
        found = [self._entry(self._record.application(work), one, ranked.get(work)) for work in _works(one)]
        return tuple(sorted(found, key=lambda entry: (entry.place is None, entry.place or 0)))

    def alone(self, application: Application) -> Entry:
        """One that is compared with nobody."""
        return self._entry(application, None, None)

    def lines(self, one: Comparison) -> tuple[Line, ...]:
        """The jury's criteria, then tests, then trials that neither of them is; those of all works of a comparison."""
        found: dict[str, Line] = {}
        for work in _works(one):
            form = self._form(self._record.application(work))
            for source, lines in ((Source.JURY, form.judged), (Source.TEST, form.tests)):
                found |= {line.code: _of_criterion(line, source) for line in lines if line.code not in found}
        return (*found.values(), *(_of_trial(trial) for trial in one.trials if trial.code not in found))

    def _form(self, application: Application) -> _Form:
        event = self._record.running.event
        key = application.nomination, application.age_group, units.kind_of(event, application)
        if key not in self._forms:
            self._forms[key] = _Form(
                criteria(event, application),
                tuple(one for _, one in tested(event, application)),
                scales(event, application),
                tuple(point_scales(event, application)),
            )
        return self._forms[key]

    def _entry(self, application: Application, comparison: Comparison | None, here: Ranked | None) -> Entry:
        record, result = self._record, self._result(application)
        outcome = result.outcome if result else None
        places = comparison.places if comparison and here else {}
        return Entry(
            application=application.id,
            ordinal=application.ordinal,
            number=application.number,
            members=tuple(one.id for one in application.participants if one.id is not None),
            titled=is_titled(application),
            people=record.people.get(application.id, application.people),
            school=school(self._desk, application),
            nomination=nomination(record.running, application),
            outcome=outcome.kind if outcome else None,
            award=outcome.title if outcome else "",
            special=outcome.special if outcome else (),
            by_hand=application.id in record.by_hand,
            sheets=tuple(self._sheets(application)) if comparison else (),
            values=self._values(application, comparison) if comparison else {},
            places={code: of[application.id] for code, of in places.items()},
            points=here.points if here else None,
            place=self._placed.get(application.id, here.place if here else None),
        )

    def _values(self, application: Application, comparison: Comparison) -> Mapping[str, Decimal]:
        """The numbers that don't come from one member of the jury. Most events have none, and they cost time."""
        wanted = self._form(application).alone | {trial.code for trial in comparison.trials}
        known = values(self._record, application) if wanted else {}
        return {code: value for code, value in sorted(known.items()) if code in wanted}

    def _result(self, application: Application) -> Result | None:
        """What stands, or else what is proposed; who has left, has left, whatever stood before."""
        proposal = self._found.results.get(application.id)
        decision = self._record.decisions.get(application.id)
        return proposal if application.state in EXITS or decision is None else decision.result

    def _sheets(self, application: Application) -> Iterator[Sheet]:
        written = {one.juror: one for one in self._record.sheets.get(application.id, ())}
        form = self._form(application)
        for assignment in sorted(self._record.assigned.get(application.id, ()), key=lambda one: one.id):
            sheet = written.get(assignment.person_id)
            given: Mapping[str, Decimal] = sheet.points if sheet else {}
            complete = sheet is not None and assignment.state == "scored" and sheet.is_complete(form.scales)
            yield Sheet(
                juror=assignment.person_id,
                state=_state(assignment, complete=complete),
                points=dict(sorted(given.items())),
                total=sheet.total(form.points) if complete and sheet and form.points else None,
                saved_at=assignment.saved_at,
            )


def _works(one: Comparison) -> Iterator[int]:
    """All works of a comparison, the best first."""
    yield from (ranked.work for ranked in one.entries.ranking)
    yield from one.entries.unscored


def _state(assignment: Assignment, *, complete: bool) -> SheetState:
    state = _STATES[assignment.state]
    return SheetState.OPEN if state is SheetState.SCORED and not complete else state


def _of_criterion(one: Criterion, source: Source) -> Line:
    return Line(one.code, one.title, source, one.measure, one.min, one.max, one.weight)


def _of_trial(one: Trial) -> Line:
    return Line(one.code, one.title, Source.TRIAL, one.measure, one.least, one.most, Decimal(1))
