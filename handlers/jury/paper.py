"""One work in a juror's hands: found by its assignment, if the one who acts may have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.contest.authorize import Action, Target
from bot.contest.event import Event
from bot.contest.event.scoring import Criterion
from bot.contest.refusal import Refusal
from handlers.access import may
from handlers.jury.points import criteria_of
from handlers.jury.seat import Judging, Seat, judging, seat_of, seen
from handlers.kinds import Case
from handlers.participant.wording import deadline
from storage.jury_questions import JuryQuestion
from storage.jury_rows import Card

#: SQLite's largest whole number has 19 digits.
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Paper:
    """A work with the points that its juror has given so far."""

    seat: Seat
    card: Card
    given: Mapping[str, Decimal]
    #: What its author was asked, by whomever of the jury.
    inquiries: tuple[JuryQuestion, ...] = ()

    @property
    def id(self) -> int:
        """The assignment's."""
        return self.card.assignment.id

    @property
    def event(self) -> Event:
        """What the work takes part in."""
        return self.seat.running.event

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The lines of its sheet."""
        return criteria_of(self.event, self.card)

    @property
    def missing(self) -> Criterion | None:
        """The first criterion without points; None: the sheet is complete."""
        return next((criterion for criterion in self.criteria if criterion.code not in self.given), None)


async def paper_of(case: Case, assignment_id: str, action: Action) -> Paper | Refusal:
    """The work of this assignment, or why not: the same answer for one that is not there and one of others."""
    if not assignment_id.isdecimal() or len(assignment_id) > MOST_DIGITS:
        return Refusal("not_available")
    card = await case.storage.jury.card(int(assignment_id))
    if card is None:
        return Refusal("not_available")
    owner = await _owner(case, card)
    juror = card.assignment.person_id
    if owner == juror == case.person.id:
        return Refusal("score.own_work")
    target = Target(card.event_code, owner=owner, jurors=frozenset({juror}))
    seat = await seat_of(case, card.event_code)
    if seat is None or not await may(case, action, target):
        return Refusal("not_available")
    found = await in_hand(case, seat, card)
    return Refusal("jury.gone") if found is None else found


async def in_hand(case: Case, seat: Seat, card: Card) -> Paper | None:
    """The work with its points, for the juror of this seat; None: it is not theirs (any more)."""
    place = seat.place(card.assignment.id)
    if place is None:
        return None
    now = replace(card, assignment=place.assignment)
    asked = await case.storage.jury_questions.of_application(place.assignment.application_id)
    return Paper(seat, await seen(case, now), await case.storage.jury.scores(place.assignment.id), tuple(asked))


def shut(case: Case, paper: Paper) -> Refusal | None:
    """Why nothing may be written into this sheet now, or None."""
    match judging(case, paper.seat.running):
        case Judging.CLOSED:
            return Refusal("score.closed")
        case Judging.BEFORE:
            return Refusal("jury.not_begun", {"closes": deadline(case, paper.seat.running.closes_at)})
    return Refusal("score.conflict") if paper.card.assignment.state == "conflict" else None


async def _owner(case: Case, card: Card) -> int | None:
    application = await case.storage.applications.get(card.assignment.application_id)
    return None if application is None else application.person_id
