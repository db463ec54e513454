"""What a correction does to the record: first only as a look ahead, then in the tables, once it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS, Outcome, OutcomeKind
from bot.contest.protocol_snapshot import Signers
from bot.contest.scoring import Sheet
from handlers.kinds import Case
from handlers.organizer.record import Record
from handlers.organizer.results.proposing import Proposed, proposed
from storage.jury_rows import Assignment
from storage.outcomes import Decision, Result


class Kind(StrEnum):
    """What may be put right in a protocol that is approved."""

    OUTCOME = "outcome"
    PLACE = "place"
    POINTS = "points"
    SPECIAL = "special"
    SIGNERS = "signers"
    #: Nothing that was decided: names and classes that were put right, applications that were taken back.
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One named change; what is not its kind's stays empty."""

    kind: Kind
    application: int = 0
    outcome: Outcome | None = None
    place: int = 0
    juror: int = 0
    #: By the codes of the criteria.
    points: Mapping[str, Decimal] | None = None
    special: tuple[str, ...] = ()
    signers: Signers | None = None
    #: In the organizer's words; whoever is taken out is told.
    reason: str = ""

    @property
    def leaves_as(self) -> ApplicationState | None:
        """The state of an application that is taken out; None: it stays."""
        kind = self.outcome.kind if self.outcome else None
        return next((state for state, left in EXITS.items() if left is kind), None)


@dataclass(frozen=True, slots=True)
class Ahead:
    """How the event would stand."""

    record: Record
    found: Proposed
    placed: Mapping[int, int]
    signers: Signers


def looked_ahead(case: Case, record: Record, placed: Mapping[int, int], signers: Signers, made: Correction) -> Ahead:
    """The record with the correction in it; nothing is written."""
    match made.kind:
        case Kind.POINTS:
            return _ranked_anew(case, _with_points(case, record, made), placed, signers)
        case Kind.OUTCOME if made.leaves_as:
            return _ranked_anew(case, _without(record, made, made.leaves_as), placed, signers)
        case Kind.DATA:
            pass
        case Kind.PLACE:
            placed = {**placed, made.application: made.place}
        case Kind.SIGNERS:
            signers = made.signers or signers
        case _:
            record = _with_decision(case, record, result_of(record, made))
    return Ahead(record, proposed(record), placed, signers)


async def write(case: Case, record: Record, made: Correction) -> None:
    """Put the correction into the tables."""
    storage, by, at = case.storage, case.person.id, case.now
    match made.kind:
        case Kind.SIGNERS:
            await storage.protocols.set_signers(record.running.code, made.signers or Signers())
        case Kind.POINTS:
            await _write_points(case, record, made)
            await _propose(case, _with_points(case, record, made))
        case Kind.OUTCOME if made.leaves_as:
            left = record.application(made.application)
            await storage.applications.set_state(
                left.id, made.leaves_as, reason=made.reason, at=at, revision=left.revision
            )
            await _propose(case, _without(record, made, made.leaves_as))
        case Kind.DATA:
            pass
        case _:
            await storage.outcomes.set(result_of(record, made), by=by, at=at)


async def _propose(case: Case, record: Record) -> None:
    """Keep what the rules now say, for all whose outcome nobody has set by hand."""
    standing = {one.id for one in record.staying if one.id not in record.by_hand}
    results = [one for id_, one in proposed(record).results.items() if id_ in standing]
    await case.storage.outcomes.propose(results, by=case.person.id, at=case.now)


def _ranked_anew(case: Case, record: Record, placed: Mapping[int, int], signers: Signers) -> Ahead:
    return Ahead(_with_proposals(case, record), proposed(record), placed, signers)


def _without(record: Record, made: Correction, state: ApplicationState) -> Record:
    """The record in which the application has left."""
    applications = tuple(
        replace(one, state=state) if one.id == made.application else one for one in record.applications
    )
    return replace(record, applications=applications)


def result_of(record: Record, made: Correction) -> Result:
    """The result that will stand for the application."""
    decision = record.decisions.get(made.application)
    stands = decision.result if decision else proposed(record).results.get(made.application)
    stands = stands or Result(made.application, Outcome(OutcomeKind.PARTICIPANT))
    match made.kind:
        case Kind.PLACE:
            return replace(stands, place=made.place)
        case Kind.SPECIAL:
            return replace(stands, outcome=replace(stands.outcome, special=made.special))
    outcome = made.outcome or stands.outcome
    return replace(stands, outcome=replace(outcome, special=_kept(stands.outcome, outcome)))


def _kept(before: Outcome, after: Outcome) -> tuple[str, ...]:
    """Special nominations stay beside any outcome of those who took part."""
    takes_part = after.kind.is_award or after.kind is OutcomeKind.PARTICIPANT
    return before.special if takes_part else ()


def _with_decision(case: Case, record: Record, result: Result) -> Record:
    decision = Decision(result, by_hand=True, decided_by=case.person.id, decided_at=case.now)
    return replace(record, decisions={**record.decisions, result.application_id: decision})


def _with_points(case: Case, record: Record, made: Correction) -> Record:
    """The member's sheet with these points, saved; a sheet that was not there comes with its assignment."""
    others = [
        one for one in record.assignments if (one.application_id, one.person_id) != (made.application, made.juror)
    ]
    held = _assignment(record, made)
    saved = replace(held, state="scored", saved_at=case.now) if held else _given(case, made)
    sheets = [one for one in record.sheets.get(made.application, ()) if one.juror != made.juror]
    sheet = Sheet(made.juror, made.application, dict(made.points or {}), (held.comment if held else None) or "")
    return replace(
        record,
        assignments=(*others, saved),
        sheets={**record.sheets, made.application: (*sheets, sheet)},
    )


def _given(case: Case, made: Correction) -> Assignment:
    return Assignment(0, made.application, made.juror, "scored", None, None, case.now, case.now)


def _with_proposals(case: Case, record: Record) -> Record:
    """What the rules now say, for all whose outcome nobody has set by hand."""
    results = proposed(record).results
    staying = {one.id for one in record.staying}
    taken = {
        id_: Decision(result, by_hand=False, decided_by=case.person.id, decided_at=case.now)
        for id_, result in results.items()
        if id_ in staying and id_ not in record.by_hand
    }
    return replace(record, decisions={**record.decisions, **taken})


async def _write_points(case: Case, record: Record, made: Correction) -> None:
    jury = case.storage.jury
    held = _assignment(record, made)
    if held is None:
        await jury.assign([(made.application, made.juror)], at=case.now)
        found = await jury.assignments(record.running.code)
        held = next(one for one in found if (one.application_id, one.person_id) == (made.application, made.juror))
    for criterion, points in (made.points or {}).items():
        await jury.score(held.id, criterion, points, at=case.now)
    await jury.save(held.id, at=case.now)


def _assignment(record: Record, made: Correction) -> Assignment | None:
    return next((one for one in record.assigned.get(made.application, ()) if one.person_id == made.juror), None)
