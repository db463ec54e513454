"""What the event's award scheme proposes for each accepted application, and which ties are still in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.contest.awards import MISSED, Outcome, OutcomeKind, by_attendance, outcome_without_scores
from bot.contest.event import Event
from bot.contest.event.asking import SPEAKER
from bot.contest.event.awards import Participation, Thresholds
from bot.contest.event.scoring import Tie
from bot.contest.event.stages import StageKind
from bot.contest.event.units import Attendance
from bot.contest.schemes import award, awards_of, contested, outcomes_of
from bot.contest.stages import outcome_of
from bot.contest.ties import still_open
from handlers.organizer.record import Record
from handlers.organizer.results.comparing import Comparison, best_of_all, comparisons
from storage.application_rows import Application
from storage.outcomes import Result


@dataclass(frozen=True, slots=True)
class OpenTie:
    """Equal works that get different outcomes as soon as somebody decides between them."""

    #: The key of the comparison, of the first work's where they stand in several.
    field_key: str
    place: int
    points: Decimal
    works: tuple[int, ...]
    #: The title of the one award that they are equal for; empty where it is about a place.
    prize: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The works in their order and what the rules make of it; put together once for a screen."""

    comparisons: tuple[Comparison, ...]
    #: An outcome for each accepted application that one can be proposed for, with its special nominations.
    results: Mapping[int, Result]
    #: The ties that people have to settle before the protocol is approved.
    ties: tuple[OpenTie, ...]

    @property
    def compared(self) -> frozenset[int]:
        """Everybody who is compared with others."""
        return frozenset(work for comparison in self.comparisons for work in comparison.works)


def proposed(record: Record) -> Proposed:
    """What the rules say now."""
    found = comparisons(record) if is_compared(record.running.event) else ()
    results = {id_: _with_special(record, result) for id_, result in _results(record, found).items()}
    return Proposed(found, results, _open_ties(record, found))


def is_compared(event: Event) -> bool:
    """Whether works are compared at all; else it only matters who came."""
    judged = event.submission is not None or bool(event.criteria)
    return judged and not isinstance(event.awards, Participation)


def choices(event: Event) -> tuple[Outcome, ...]:
    """Every outcome that an organizer may set by hand, the highest first."""
    left_behind = [outcome_of(stage) for stage in event.stages if stage.is_cut]
    stayed_away = [Outcome(OutcomeKind.ABSENT)] if any(one.kind is StageKind.FINAL for one in event.stages) else []
    return tuple(dict.fromkeys((*awards_of(event.awards), *left_behind, *stayed_away, _missed(event))))


def _results(record: Record, found: Sequence[Comparison]) -> dict[int, Result]:
    event = record.running.event
    results = {}
    for application in record.counted:
        outcome = _before_judging(record, application)
        # Nobody can be told so before the last day of handing in.
        if outcome is not None and not (record.in_intake and outcome.kind in MISSED):
            results[application.id] = Result(application.id, outcome)
    if not is_compared(event):
        return results | _attendance(record, [one for one in record.finalists if one.id not in results])
    for comparison in found:
        results |= _compared(event, comparison)
    return results


def _before_judging(record: Record, application: Application) -> Outcome | None:
    """What has become of it before anybody judges: it left, a selection left it behind, nothing was handed in."""
    left = outcome_without_scores(application.state, handed_in=True)
    fate = record.fates.get(application.id)
    if left is not None or fate is None or fate.in_final:
        return left or (_missed(record.running.event) if _is_missing(record, application) else None)
    return outcome_of(fate.out) if fate.out is not None else None


def _is_missing(record: Record, application: Application) -> bool:
    """Whether there is nothing of theirs that could be judged, or counted as having come."""
    if is_compared(record.running.event):
        return not record.has_shown(application)
    asked = record.running.event.submission is not None and record.measured.came is None
    return asked and application.id not in record.works


def _missed(event: Event) -> Outcome:
    return Outcome(OutcomeKind.NOT_SUBMITTED if event.submission is not None else OutcomeKind.ABSENT)


def _compared(event: Event, comparison: Comparison) -> dict[int, Result]:
    outcomes = outcomes_of(event.awards, comparison.entries)
    ranked = {one.work: one for one in comparison.entries.ranking}
    return {
        work: Result(work, outcome, ranked[work].points, ranked[work].place)
        if work in ranked
        else Result(work, outcome)
        for work, outcome in outcomes.items()
    }


def _with_special(record: Record, result: Result) -> Result:
    """What the jury has named beside the award stays, whatever the award becomes."""
    stands = record.decisions.get(result.application_id)
    took_part = result.outcome.kind.is_award or result.outcome.kind is OutcomeKind.PARTICIPANT
    special = stands.result.outcome.special if stands and took_part else ()
    return replace(result, outcome=replace(result.outcome, special=special))


def _open_ties(record: Record, found: Sequence[Comparison]) -> tuple[OpenTie, ...]:
    event = record.running.event
    if event.scoring.tie is Tie.SHARED_PLACE:
        return ()
    orders, by_hand = [one.order for one in record.orders], record.by_hand
    by_work = {ranked.work: (one, ranked) for one in found for ranked in one.entries.ranking}
    of_all = best_of_all(record, found).tied
    groups = [*(group for one in found for group in contested(event.awards, one.entries)), *filter(None, [of_all])]
    prize = event.awards.grand_prix if isinstance(event.awards, Thresholds) else None
    return tuple(
        OpenTie(
            by_work[group[0]][0].field.key,
            by_work[group[0]][1].place,
            by_work[group[0]][1].points,
            group,
            prize.title if prize else "",
        )
        for group in still_open(groups, orders, by_hand=by_hand)
    )


def _attendance(record: Record, applications: Sequence[Application]) -> dict[int, Result]:
    """Who came and who spoke; where nobody was noted, all are taken to have come (or to have handed in)."""
    event, came = record.running.event, record.measured.came
    rules = event.awards
    speaker = rules.speaker if isinstance(rules, Participation) else None
    listener = award(rules.participant)
    field = event.unit.role_field if isinstance(event.unit, Attendance) else None
    there = {one.id for one in applications if came is None or one.id in came or one.id in record.works}
    outcomes = by_attendance(
        (one.id for one in applications),
        attended=there,
        speakers={one.id for one in applications if field and one.answers.get(field) == SPEAKER and one.id in there},
        speaker=award(speaker) if speaker else listener,
        listener=listener,
    )
    return {id_: Result(id_, outcome) for id_, outcome in outcomes.items()}
