"""Places where there are few of them: who holds one, who waits, to whom a freed one is offered and for how long.

At most `most` applications hold a seat or are offered one, whatever the order of acts; nobody passes those who wait
but by an organizer's own decision. Every function gets the seats of the applications that take part: whoever
withdrew, was rejected or dropped out has left the list, and their seat is free by that alone.

Refusal keys: `seat.none_free` (most), `seat.not_offered`, `seat.not_waiting`, `seat.gone`, `seat.waits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.contest.refusal import Refusal


class SeatState(StrEnum):
    """How an application stands."""

    TAKEN = "taken"
    WAITING = "waiting"
    #: A freed seat is kept for it until the offer ends.
    OFFERED = "offered"
    #: It was offered one and did not answer in time.
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Seat:
    """One application and its place in the order."""

    application_id: int
    state: SeatState
    #: Since when it is in this state; who waits longer is first.
    since: datetime
    offered_until: datetime | None = None

    def is_held(self, now: datetime) -> bool:
        """Whether nobody else may have the seat now."""
        if self.state is SeatState.OFFERED:
            return self.offered_until is None or now <= self.offered_until
        return self.state is SeatState.TAKEN


def free(seats: Iterable[Seat], most: int, now: datetime) -> int:
    """How many seats nobody holds; never less than 0."""
    return max(0, most - sum(seat.is_held(now) for seat in seats))


def queue(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Those who wait, the longest first."""
    waiting = [seat for seat in seats if seat.state is SeatState.WAITING]
    return tuple(sorted(waiting, key=lambda seat: (seat.since, seat.application_id)))


def place_in_queue(seats: Iterable[Seat], application_id: int) -> int | None:
    """Its number in the queue from 1, or None: it does not wait."""
    order = [seat.application_id for seat in queue(seats)]
    return order.index(application_id) + 1 if application_id in order else None


def entering(others: Sequence[Seat], most: int, now: datetime) -> SeatState:
    """What a new application gets: a seat, or a place behind those who wait already."""
    is_free = free(others, most, now) > len(queue(others))
    return SeatState.TAKEN if is_free else SeatState.WAITING


def due(seats: Sequence[Seat], most: int, now: datetime, offer: timedelta) -> tuple[Seat, ...]:
    """What has become of seats by now: offers that were missed, and new offers to those who wait longest."""
    missed = [
        replace(seat, state=SeatState.MISSED, since=now, offered_until=None)
        for seat in seats
        if seat.state is SeatState.OFFERED and not seat.is_held(now)
    ]
    next_ones = queue(seats)[: free(seats, most, now)]
    offered = [replace(seat, state=SeatState.OFFERED, since=now, offered_until=now + offer) for seat in next_ones]
    return (*missed, *offered)


def taking(
    seats: Sequence[Seat], application_id: int, most: int, *, said_at: datetime, now: datetime
) -> Refusal | None:
    """Why the seat that was offered can't be taken by what was said at `said_at` and is read `now`, or None."""
    mine = next((seat for seat in seats if seat.application_id == application_id), None)
    if mine is None or mine.state is SeatState.MISSED:
        return Refusal("seat.gone")
    if mine.state is not SeatState.OFFERED:
        return Refusal("seat.not_offered")
    # Said in time and read late: somebody else may sit there already.
    still_there = mine.is_held(now) or free(seats, most, now) > 0
    return None if mine.is_held(said_at) and still_there else Refusal("seat.gone")


def offering(seats: Sequence[Seat], application_id: int, most: int, now: datetime) -> Refusal | None:
    """Why an organizer can't offer a seat to this very application, or None; there must be a free one."""
    mine = next((seat for seat in seats if seat.application_id == application_id), None)
    if mine is None or mine.is_held(now):
        return Refusal("seat.not_waiting")
    return None if free(seats, most, now) else Refusal("seat.none_free", {"most": most})


def accepting(seats: Sequence[Seat], application_id: int, most: int, now: datetime) -> Refusal | None:
    """Why an application can't be accepted to take part, or None: only who holds a seat, or can get a free one."""
    mine = next((seat for seat in seats if seat.application_id == application_id), None)
    if mine is not None:
        return None if mine.state is SeatState.TAKEN else Refusal("seat.waits")
    others = free(seats, most, now) - len(queue(seats))
    return None if others > 0 else Refusal("seat.none_free", {"most": most})
