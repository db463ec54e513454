"""A member of the jury at an event, with the works that are theirs: read anew for every act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action, RoleKind, Target
from bot.contest.phases import Phase
from bot.talk.texts import Trusted
from handlers.access import actor_of, may
from handlers.events import Running, all_events, event_of
from handlers.jury.conflicts import leave_own_school
from handlers.kinds import Case
from handlers.seeing import Ledger, hiding_of_event
from storage.jury_rows import Card, Juror

#: Who withdrew or dropped out is not judged.
JUDGED = (ApplicationState.ACCEPTED,)


class Judging(Enum):
    """Whether points may be given."""

    BEFORE = "before"
    OPEN = "open"
    #: The time is over, but the protocol is not approved: what is missing may still come.
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Seat:
    """One juror's place at one event."""

    running: Running
    juror: Juror
    #: Theirs, in the order of the applications; those with a conflict of interest too.
    cards: tuple[Card, ...]

    @property
    def works(self) -> tuple[Card, ...]:
        """What is theirs to score."""
        return tuple(card for card in self.cards if card.assignment.state != "conflict")

    @property
    def scored(self) -> int:
        """How many sheets are saved."""
        return sum(card.assignment.state == "scored" for card in self.works)

    @property
    def title(self) -> Trusted:
        """The event's name."""
        return Trusted(self.running.event.title)

    def number(self, card: Card) -> int:
        """The work's place among those to score, from 1."""
        ids = [work.assignment.id for work in self.works]
        return ids.index(card.assignment.id) + 1 if card.assignment.id in ids else 0

    def next(self, after: Card | None = None) -> Card | None:
        """The work to score next: those behind `after` first, those before it (skipped ones) in the end."""
        todo = [card for card in self.works if card.assignment.state == "assigned"]
        if after is None:
            return next(iter(todo), None)
        ids = [card.assignment.id for card in self.cards]
        at = ids.index(after.assignment.id) if after.assignment.id in ids else -1
        behind = {card.assignment.id for card in self.cards[at + 1 :]}
        others = [card for card in todo if card.assignment.id != after.assignment.id]
        return next(iter(sorted(others, key=lambda card: card.assignment.id not in behind)), None)


def judging(case: Case, running: Running) -> Judging:
    """Whether the event's works may be scored now. Until the protocol is approved, they may be."""
    stored = running.stored
    if stored.approved_at or stored.published_at or stored.archived_at:
        return Judging.CLOSED
    match running.phase(case.now):
        case Phase.JUDGING:
            return Judging.OPEN
        case Phase.PROTOCOL:
            return Judging.LATE
    return Judging.BEFORE


async def seat_of(case: Case, event_code: str) -> Seat | None:
    """The place of the one who acts, or None: no such event, not of its jury (any more)."""
    running = await event_of(case, event_code)
    if running is None or not await may(case, Action.VIEW_DIGEST, Target(event_code)):
        return None
    juror = await case.storage.jury.get(case.person.id, event_code)
    if juror is None:
        return None
    cards = await case.storage.jury.cards(event_code, case.person.id, states=JUDGED)
    open_ = judging(case, running) is not Judging.CLOSED
    if open_ and await leave_own_school(case, running, juror, cards):
        cards = await case.storage.jury.cards(event_code, case.person.id, states=JUDGED)
    ledger = await hiding_of_event(case, event_code)
    return Seat(running, juror, tuple(_shown(card, ledger) for card in cards))


def _shown(card: Card, ledger: Ledger) -> Card:
    """The card without those who may not be named."""
    id_ = card.assignment.application_id
    return replace(card, participants=tuple(one for one in card.participants if not ledger.hides(id_, one.id)))


async def seats_of(case: Case) -> list[Seat]:
    """Every jury that the one who acts belongs to."""
    memberships = await case.storage.jury.memberships(case.person.id)
    seats = [await seat_of(case, membership.event_code) for membership in memberships]
    return [seat for seat in seats if seat is not None]


async def unnamed_events(case: Case) -> list[str]:
    """Where the one who acts has the role, but the jury does not know their name yet: a role given by command."""
    actor = await actor_of(case)
    known = {membership.event_code for membership in await case.storage.jury.memberships(case.person.id)}
    return [
        running.code
        for running in await all_events(case)
        if running.event.criteria
        and running.code not in known
        and actor.has(RoleKind.JURY, running.code)
        and judging(case, running) is not Judging.CLOSED
    ]
