"""Places where there are few of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contest.seats import Seat, SeatState
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("seats")


@dataclass(frozen=True, slots=True)
class Seated:
    """The seats of an event, and whose they are."""

    seats: tuple[Seat, ...]
    #: The applicant of each application.
    people: dict[int, int]


class Seats:
    """The `seat` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of_event(self, event_code: str) -> Seated:
        """How every application that takes part stands; one without a row holds a seat since it came."""
        rows = [row async for row in QUERIES.of_event(self._connection, event_code=event_code)]
        seats = tuple(
            Seat(
                row["application_id"], SeatState(row["state"]), from_ms(row["since_at"]),
                from_ms(row["offered_until_at"]),
            )
            for row in rows
        )  # fmt: skip
        return Seated(seats, {row["application_id"]: row["person_id"] for row in rows})

    async def put(self, event_code: str, seat: Seat, *, reason: str | None = None) -> None:
        """How an application stands from now on; `reason`: why it passed those before it."""
        await QUERIES.put(
            self._connection,
            application_id=seat.application_id,
            event_code=event_code,
            state=seat.state,
            at=to_ms(seat.since),
            offered_until_at=None if seat.offered_until is None else to_ms(seat.offered_until),
            reason=reason,
        )
