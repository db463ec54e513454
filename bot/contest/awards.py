"""Outcomes, and the ways from a ranking to them that the award schemes A to G are made of (`bot.contest.schemes`).

A scheme proposes; the organizer may set any outcome. Titles («Победитель, I место») come from the event's
data, so none stands here; equal works at a boundary all get the place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bot.contest.applications import ApplicationState
from bot.contest.ranking import Ranked


class OutcomeKind(StrEnum):
    """What has become of an accepted application; each has exactly one. The balance counts these."""

    GRAND_PRIX = "grand_prix"
    WINNER = "winner"
    PRIZE = "prize"
    PARTICIPANT = "participant"
    NOT_SUBMITTED = "not_submitted"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    DROPPED_OUT = "dropped_out"
    DISQUALIFIED = "disqualified"

    @property
    def label(self) -> str:
        """The kind as people are told it, where an event has no title of its own."""
        return _LABELS[self]

    @property
    def is_award(self) -> bool:
        """Whether it is more than participation."""
        return self in (OutcomeKind.GRAND_PRIX, OutcomeKind.WINNER, OutcomeKind.PRIZE)


_LABELS = {
    OutcomeKind.GRAND_PRIX: "Гран-при",
    OutcomeKind.WINNER: "Победитель",
    OutcomeKind.PRIZE: "Призёр",
    OutcomeKind.PARTICIPANT: "Участник",
    OutcomeKind.NOT_SUBMITTED: "не сдал(а) работу",
    OutcomeKind.ABSENT: "не присутствовал(а)",
    OutcomeKind.WITHDRAWN: "заявка отозвана",
    OutcomeKind.DROPPED_OUT: "выбыл(а)",
    OutcomeKind.DISQUALIFIED: "дисквалифицирован(а)",
}

#: The outcomes of applications that have left.
EXITS = {
    ApplicationState.WITHDRAWN: OutcomeKind.WITHDRAWN,
    ApplicationState.DROPPED_OUT: OutcomeKind.DROPPED_OUT,
    ApplicationState.DISQUALIFIED: OutcomeKind.DISQUALIFIED,
}

#: The outcomes of those who have shown nothing: neither a share nor a comparison counts them.
MISSED = (OutcomeKind.NOT_SUBMITTED, OutcomeKind.ABSENT)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: its kind, the event's own title for it, and special nominations of the jury beside it."""

    kind: OutcomeKind
    #: «Лауреат II степени»; empty for the plain label of the kind.
    title: str = ""
    special: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """«Победитель, I место, «Самый смелый сюжет»»."""
        return ", ".join((self.title or self.kind.label, *(f"«{name}»" for name in self.special)))

    def with_special(self, name: str) -> Outcome:
        """The same with one more special nomination."""
        return self if name in self.special else replace(self, special=(*self.special, name))


PARTICIPANT = Outcome(OutcomeKind.PARTICIPANT)


@dataclass(frozen=True, slots=True)
class Step:
    """An outcome for the next `holders` places of a ranking."""

    outcome: Outcome
    #: None: no limit; all works of the next result, however many are equal, and the step after it takes the next one.
    holders: int | None = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """What must be reached for any award: not all awards have to be given."""

    #: None: any result will do.
    least_points: Decimal | None = None
    #: There are too few works to compare: nothing is awarded.
    shut: bool = False

    def clears(self, ranked: Ranked) -> bool:
        """Whether a work may be awarded at all."""
        return not self.shut and (self.least_points is None or ranked.points >= self.least_points)


def by_steps(
    ranking: Sequence[Ranked], steps: Sequence[Step], *, rest: Outcome = PARTICIPANT, bar: Bar | None = None
) -> dict[int, Outcome]:
    """Schemes A, B and D: places I, II, III; winners and prize holders; the others `rest`.

    With places 1, 1, 3 and one holder a step, two get the first outcome, nobody the second, one the third.
    """
    bar = bar or Bar()
    ladder = _ladder(ranking, steps)
    return {
        ranked.work: next((outcome for last, outcome in ladder if ranked.place <= last), rest)
        if bar.clears(ranked)
        else rest
        for ranked in ranking
    }


def by_thresholds(
    ranking: Sequence[Ranked],
    thresholds: Sequence[tuple[Decimal, Outcome]],
    *,
    rest: Outcome = PARTICIPANT,
    bar: Bar | None = None,
) -> dict[int, Outcome]:
    """Scheme C: the outcome of the highest threshold that a work's points reach."""
    falling = sorted(thresholds, key=lambda threshold: threshold[0], reverse=True)
    bar = bar or Bar()
    return {
        ranked.work: next((outcome for least, outcome in falling if ranked.points >= least), rest)
        if bar.clears(ranked)
        else rest
        for ranked in ranking
    }


def by_quota(
    ranking: Sequence[Ranked],
    *,
    winner: Outcome,
    prize: Outcome,
    most: int,
    above_points: Decimal | None = None,
    rest: Outcome = PARTICIPANT,
    bar: Bar | None = None,
) -> dict[int, Outcome]:
    """Scheme F: at most `most` works, and only above `above_points` (None: a result has no such measure).

    The first place wins, the others of the quota get a prize; a tie at the quota's end goes in as a whole.
    """
    bar = bar or Bar()
    return {
        ranked.work: (winner if ranked.place == 1 else prize)
        if ranked.place <= most and (above_points is None or ranked.points > above_points) and bar.clears(ranked)
        else rest
        for ranked in ranking
    }


def by_own_nomination(works: Iterable[int], award: Outcome, titles: Mapping[int, str]) -> dict[int, Outcome]:
    """Scheme E: everybody the same award, each in a nomination of its own.

    A work without a title in `titles` gets none yet, and waits for it.
    """
    return {work: award.with_special(titles[work]) if titles.get(work) else award for work in works}


def by_attendance(
    applications: Iterable[int],
    *,
    attended: Collection[int],
    speakers: Collection[int] = (),
    speaker: Outcome = PARTICIPANT,
    listener: Outcome = PARTICIPANT,
) -> dict[int, Outcome]:
    """Scheme G: nobody is compared; who spoke, who listened, who did not come."""
    absent = Outcome(OutcomeKind.ABSENT)
    return {
        application: speaker if application in speakers else listener if application in attended else absent
        for application in applications
    }


def with_grand_prix(outcomes: Mapping[int, Outcome], ranking: Sequence[Ranked], award: Outcome) -> dict[int, Outcome]:
    """`outcomes` with the one best winner of the whole `ranking` raised to `award`.

    With two equally good ones nobody is proposed: there is one grand prix, so the jury decides.
    """
    best = [ranked.work for ranked in ranking if ranked.place == 1]
    raised = dict(outcomes)
    if len(best) == 1 and raised[best[0]].kind is OutcomeKind.WINNER:
        raised[best[0]] = replace(award, special=raised[best[0]].special)
    return raised


def outcome_without_scores(state: ApplicationState, *, handed_in: bool) -> Outcome | None:
    """The outcome of an accepted application that no scheme judges, or None if the scheme decides."""
    if state in EXITS:
        return Outcome(EXITS[state])
    return None if handed_in else Outcome(OutcomeKind.NOT_SUBMITTED)


def _ladder(ranking: Sequence[Ranked], steps: Iterable[Step]) -> list[tuple[int, Outcome]]:
    """Down to which place each step reaches."""
    ladder, end = [], 0
    for step in steps:
        if step.holders is None:
            place = next((ranked.place for ranked in ranking if ranked.place > end), None)
            end = end if place is None else place - 1 + sum(ranked.place == place for ranked in ranking)
        else:
            end += step.holders
        ladder.append((end, step.outcome))
    return ladder
