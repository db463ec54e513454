"""Seats: never more than there are, whatever the order of acts; nobody passes those who wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.refusal import Refusal
from bot.contest.seats import (
    Seat,
    SeatState,
    accepting,
    due,
    entering,
    free,
    offering,
    place_in_queue,
    queue,
    taking,
)

NOW = datetime(2026, 4, 18, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFER = 24 * HOUR
T, W, O, M = SeatState.TAKEN, SeatState.WAITING, SeatState.OFFERED, SeatState.MISSED  # noqa: E741


def seat(id_: int, state: SeatState, hours_ago: int = 0, until: int | None = None) -> Seat:
    return Seat(id_, state, NOW - hours_ago * HOUR, None if until is None else NOW + until * HOUR)


@pytest.mark.parametrize(
    ("held", "most", "left", "newcomer"),
    [
        ([], 1, 1, T),
        ([seat(1, T)], 2, 1, T),
        ([seat(1, T)], 1, 0, W),
        ([seat(1, O, until=1)], 1, 0, W),
        ([seat(1, O, until=-1)], 1, 1, T),
        ([seat(1, M)], 1, 1, T),
        ([seat(1, W)], 1, 1, W),
        ([seat(1, W)], 2, 2, T),
        ([seat(1, T), seat(2, T)], 1, 0, W),
    ],
)
def test_a_newcomer_gets_a_seat_or_a_place_behind_the_others(
    held: list[Seat], most: int, left: int, newcomer: SeatState
) -> None:
    assert free(held, most, NOW) == left
    assert entering(held, most, NOW) is newcomer


def test_the_longest_waiting_is_first_and_a_freed_seat_is_offered_to_it() -> None:
    held = [seat(1, T), seat(2, W, 1), seat(3, W, 5), seat(4, W, 5)]
    assert [one.application_id for one in queue(held)] == [3, 4, 2]
    assert [place_in_queue(held, id_) for id_ in (3, 4, 2, 1)] == [1, 2, 3, None]
    assert due(held, 1, NOW, OFFER) == ()
    assert due(held, 2, NOW, OFFER) == (Seat(3, O, NOW, NOW + OFFER),)


def test_a_missed_offer_goes_to_the_next() -> None:
    held = [seat(1, O, 25, until=-1), seat(2, W, 3)]
    assert due(held, 1, NOW, OFFER) == (Seat(1, M, NOW), Seat(2, O, NOW, NOW + OFFER))


@pytest.mark.parametrize(
    ("held", "said_ago", "refusal"),
    [
        ([seat(1, O, until=1)], 0, None),
        ([seat(1, O, until=0)], 0, None),
        ([seat(1, O, until=-1)], 0, "seat.gone"),
        ([seat(1, O, until=-1)], 2, None),
        ([seat(1, O, until=-1), seat(2, T)], 2, "seat.gone"),
        ([seat(1, M)], 0, "seat.gone"),
        ([], 0, "seat.gone"),
        ([seat(1, W)], 0, "seat.not_offered"),
        ([seat(1, T)], 0, "seat.not_offered"),
    ],
)
def test_an_offered_seat_is_taken_in_time(held: list[Seat], said_ago: int, refusal: str | None) -> None:
    """What was said in time and is read late holds as long as nobody sits there."""
    found = taking(held, 1, 1, said_at=NOW - said_ago * HOUR, now=NOW)
    assert (found and found.key) == refusal


@pytest.mark.parametrize(
    ("held", "refusal"),
    [
        ([seat(1, W)], None),
        ([seat(1, M)], None),
        ([seat(1, W), seat(2, T)], "seat.none_free"),
        ([seat(1, T)], "seat.not_waiting"),
        ([seat(1, O, until=1)], "seat.not_waiting"),
        ([], "seat.not_waiting"),
    ],
)
def test_an_organizer_offers_only_a_free_seat_to_one_who_waits(held: list[Seat], refusal: str | None) -> None:
    found = offering(held, 1, 1, NOW)
    assert (found and found.key) == refusal


@pytest.mark.parametrize(
    ("held", "refusal"),
    [
        ([seat(1, T)], None),
        ([seat(1, W)], "seat.waits"),
        ([seat(1, O, until=1)], "seat.waits"),
        ([seat(1, M)], "seat.waits"),
        ([], None),
        ([seat(2, T)], "seat.none_free"),
        ([seat(2, W)], "seat.none_free"),
    ],
)
def test_only_who_holds_a_seat_is_accepted(held: list[Seat], refusal: str | None) -> None:
    found = accepting(held, 1, 1, NOW)
    assert (found and found.key) == refusal


@dataclass
class Hall:
    """An event with few seats, played by the rules alone."""

    most: int
    now: datetime = NOW
    seats: dict[int, Seat] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    @property
    def alive(self) -> list[Seat]:
        return [one for id_, one in self.seats.items() if id_ not in self.gone]

    def put(self, id_: int, state: SeatState, until: datetime | None = None) -> None:
        self.seats[id_] = Seat(id_, state, self.now, until)

    def act(self, what: str, id_: int, hours: int) -> None:
        if what == "passes":
            self.now += hours * HOUR
        elif what == "comes" and id_ not in self.seats:
            self.put(id_, entering(self.alive, self.most, self.now))
        elif what == "leaves" and id_ in self.seats:
            self.gone.add(id_)
        elif what == "looks":
            for one in due(self.alive, self.most, self.now, OFFER):
                self.seats[one.application_id] = one
        elif what == "takes" and not isinstance(self._taking(id_, hours), Refusal):
            self.put(id_, T)
        elif what == "offers" and offering(self.alive, id_, self.most, self.now) is None:
            self.put(id_, O, self.now + OFFER)
        elif what == "accepts" and id_ in self.seats and accepting(self.alive, id_, self.most, self.now) is None:
            self.gone.discard(id_)
            self.put(id_, T)

    def _taking(self, id_: int, hours_ago: int) -> Refusal | None:
        return taking(self.alive, id_, self.most, said_at=self.now - hours_ago * HOUR, now=self.now)


ACTS = st.sampled_from(["comes", "comes", "leaves", "looks", "passes", "takes", "offers", "accepts"])


@given(st.integers(1, 3), st.lists(st.tuples(ACTS, st.integers(1, 6), st.integers(0, 30)), max_size=40))
def test_seats_are_never_exceeded_whatever_the_order_of_acts(most: int, acts: list[tuple[str, int, int]]) -> None:
    hall = Hall(most)
    for act in acts:
        hall.act(*act)
        assert sum(one.is_held(hall.now) for one in hall.alive) <= most
    hall.act("looks", 0, 0)
    assert free(hall.alive, most, hall.now) == 0 or queue(hall.alive) == ()
