"""What the event's award scheme proposes for each accepted application."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.contest.awards import (
    Bar,
    Outcome,
    OutcomeKind,
    Step,
    by_attendance,
    by_own_nomination,
    by_quota,
    by_steps,
    by_thresholds,
    outcome_without_scores,
    with_grand_prix,
)
from bot.contest.event import Event
from bot.contest.event.awards import (
    Award,
    AwardRules,
    JuryNominations,
    OwnNominations,
    Participation,
    Places,
    Quota,
    Thresholds,
    WinnersPrizes,
)
from bot.contest.event.units import Attendance
from handlers.organizer.comparing import Comparison, comparisons
from handlers.organizer.record import Record
from storage.application_rows import Application
from storage.outcomes import Result

#: Of a scheme that sets no number: one winner, two prize holders, as with three places.
WINNERS, PRIZES = 1, 2
#: The code of a speaker in the event's own field of roles.
SPEAKER = "speaker"
#: Where an application's answers keep whether somebody came; absent where nobody was asked.
ATTENDED = "_attended"


def award(of: Award) -> Outcome:
    """An award of an event's file as an outcome."""
    return Outcome(OutcomeKind(of.outcome.value), of.title)


def proposals(record: Record) -> dict[int, Result]:
    """An outcome for each accepted application that one can be proposed for."""
    event = record.running.event
    results: dict[int, Result] = {}
    for application in record.counted:
        handed_in = event.submission is None or application.id in record.works
        outcome = outcome_without_scores(application.state, handed_in=handed_in)
        if outcome is not None and not (record.in_intake and outcome.kind is OutcomeKind.NOT_SUBMITTED):
            results[application.id] = Result(application.id, outcome)
    if event.submission is None:
        return results | _attendance(event, record.staying)
    for comparison in comparisons(record):
        results |= _compared(event, comparison)
    return results


def choices(event: Event) -> tuple[Outcome, ...]:
    """Every outcome that an organizer may set by hand, the highest first."""
    rules = event.awards
    found: list[Award] = []
    match rules:
        case Places(places=places, grand_prix=grand_prix):
            found = [*filter(None, [grand_prix]), *places]
        case Thresholds(thresholds=thresholds, grand_prix=grand_prix):
            found = [*filter(None, [grand_prix]), *thresholds]
        case WinnersPrizes() | JuryNominations() | Quota():
            found = [rules.winner, rules.prize]
        case OwnNominations():
            found = [rules.award]
        case Participation(speaker=speaker):
            found = [*filter(None, [speaker])]
    outcomes = [award(one) for one in (*found, rules.participant)]
    missed = OutcomeKind.ABSENT if event.submission is None else OutcomeKind.NOT_SUBMITTED
    return (*dict.fromkeys(outcomes), Outcome(missed))


def _compared(event: Event, comparison: Comparison) -> dict[int, Result]:
    outcomes = _by_scheme(event.awards, comparison)
    return {
        ranked.work: Result(ranked.work, outcomes[ranked.work], ranked.points, ranked.place)
        for ranked in comparison.ranking
    }


def _by_scheme(rules: AwardRules, comparison: Comparison) -> dict[int, Outcome]:
    ranking, rest = comparison.ranking, award(rules.participant)
    bar = Bar(comparison.max_points * (rules.least_percent or 0) / 100, rules.least_entries)
    match rules:
        case Places():
            steps = [Step(award(place), place.holders_most or 1) for place in rules.places]
            outcomes = by_steps(ranking, steps, rest=rest, bar=bar)
            return with_grand_prix(outcomes, ranking, award(rules.grand_prix)) if rules.grand_prix else outcomes
        case Thresholds():
            levels = [(Decimal(level.points), award(level)) for level in rules.thresholds]
            outcomes = by_thresholds(ranking, levels, rest=rest, bar=bar)
            return with_grand_prix(outcomes, ranking, award(rules.grand_prix)) if rules.grand_prix else outcomes
        case WinnersPrizes() | JuryNominations():
            return by_steps(ranking, _winners_and_prizes(rules, len(comparison.works)), rest=rest, bar=bar)
        case Quota():
            return by_quota(
                ranking,
                winner=award(rules.winner),
                prize=award(rules.prize),
                max_points=comparison.max_points,
                share_percent=Decimal(rules.share_percent),
                above_percent=rules.above_percent,
                rest=rest,
            )
        case OwnNominations():
            return by_own_nomination((one.work for one in ranking), award(rules.award), {})
    return {one.work: rest for one in ranking}


def _winners_and_prizes(rules: WinnersPrizes | JuryNominations, works: int) -> list[Step]:
    winners = rules.winners_most or WINNERS
    prizes = rules.prizes_most or PRIZES
    share = rules.share_percent if isinstance(rules, WinnersPrizes) else None
    if share is not None:
        most = works * share // 100
        winners = min(winners, most)
        prizes = min(rules.prizes_most or most, most - winners)
    return [Step(award(rules.winner), winners), Step(award(rules.prize), prizes)]


def _attendance(event: Event, applications: Sequence[Application]) -> dict[int, Result]:
    """Who came and who spoke; where nobody was asked whether they came, all are taken to have come."""
    rules = event.awards
    speaker = rules.speaker if isinstance(rules, Participation) else None
    listener = award(rules.participant)
    field = event.unit.role_field if isinstance(event.unit, Attendance) else None
    asked = any(ATTENDED in one.answers for one in applications)
    came = {one.id for one in applications if one.answers.get(ATTENDED) or not asked}
    outcomes = by_attendance(
        (one.id for one in applications),
        attended=came,
        speakers={one.id for one in applications if field and one.answers.get(field) == SPEAKER and one.id in came},
        speaker=award(speaker) if speaker else listener,
        listener=listener,
    )
    return {id_: Result(id_, outcome) for id_, outcome in outcomes.items()}
