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
from handlers.seeing import hiding_of_event
from storage.jury_rows import Card, Juror, Place

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
    places: tuple[Place, ...]

    @property
    def works(self) -> tuple[Place, ...]:
        """What is theirs to score."""
        return tuple(place for place in self.places if place.assignment.state != "conflict")

    @property
    def scored(self) -> int:
        """How many sheets are saved."""
        return sum(place.assignment.state == "scored" for place in self.works)

    @property
    def title(self) -> Trusted:
        """The event's name."""
        return Trusted(self.running.event.title)

    def place(self, assignment_id: int) -> Place | None:
        """The work of this assignment, if it is theirs."""
        return next((place for place in self.places if place.assignment.id == assignment_id), None)

    def number(self, assignment_id: int) -> int:
        """The work's place among those to score, from 1."""
        ids = [place.assignment.id for place in self.works]
        return ids.index(assignment_id) + 1 if assignment_id in ids else 0

    def next(self, after: int | None = None) -> int | None:
        """The assignment to score next: those behind `after` first, those before it (skipped ones) in the end."""
        todo = [place.assignment.id for place in self.works if place.assignment.state == "assigned"]
        if after is None:
            return next(iter(todo), None)
        ids = [place.assignment.id for place in self.places]
        behind = set(ids[ids.index(after) + 1 :] if after in ids else ids)
        others = [one for one in todo if one != after]
        return next(iter(sorted(others, key=lambda one: one not in behind)), None)


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
    places = await case.storage.jury.places(event_code, case.person.id, states=JUDGED)
    open_ = judging(case, running) is not Judging.CLOSED
    if open_ and await leave_own_school(case, running, juror, places):
        places = await case.storage.jury.places(event_code, case.person.id, states=JUDGED)
    return Seat(running, juror, tuple(places))


async def seen(case: Case, card: Card) -> Card:
    """The card without those who may not be named."""
    ledger, id_ = await hiding_of_event(case, card.event_code), card.assignment.application_id
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
