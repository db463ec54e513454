"""Whose turn it is: the table, and what follows for those who wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vk.turns import Slots, Turn, Waiting, slots_for_bulk, whose_turn

FREE = Slots(free=1, free_for_bulk=1)
SOME, FULL = {"talk": True}, {"talk": True, "talk_is_full": True}


@pytest.mark.parametrize(
    ("waiting", "slots", "talk_was_last", "turn"),
    [
        (Waiting(), FREE, False, Turn.NOBODY),
        (Waiting(), FREE, True, Turn.NOBODY),
        (Waiting(**SOME), FREE, True, Turn.TALK),
        (Waiting(bulk=True), FREE, False, Turn.BULK),
        (Waiting(bulk=True), FREE, True, Turn.BULK),
        # both wait: replies that fill a request always go, others at most every second time
        (Waiting(**FULL, bulk=True), FREE, True, Turn.TALK),
        (Waiting(**SOME, bulk=True), FREE, False, Turn.TALK),
        (Waiting(**SOME, bulk=True), FREE, True, Turn.BULK),
        # announcements have all the slots that they may have: replies find one
        (Waiting(bulk=True), Slots(3, 0), True, Turn.NOBODY),
        (Waiting(**SOME, bulk=True), Slots(3, 0), True, Turn.TALK),
        (Waiting(bulk=True), Slots(3, -1), True, Turn.NOBODY),
        # nothing may start at all
        (Waiting(**FULL, bulk=True), Slots(0, 5), False, Turn.NOBODY),
    ],
)
def test_whose_turn(waiting: Waiting, slots: Slots, talk_was_last: bool, turn: Turn) -> None:
    assert whose_turn(waiting, slots, talk_was_last=talk_was_last) is turn


@given(st.lists(st.sampled_from([0, 1, 25]), min_size=3, max_size=60))
def test_replies_wait_one_turn_at_most_and_announcements_go_on_beside_all_but_full_ones(waits: list[int]) -> None:
    talked, turns = False, []
    for wait in waits:
        turns.append(whose_turn(Waiting(wait > 0, wait == 25, bulk=True), FREE, talk_was_last=talked))
        talked = turns[-1] is Turn.TALK
    for first, second, wait, next_wait in zip(turns, turns[1:], waits, waits[1:], strict=False):
        if wait and next_wait and first is Turn.BULK:
            assert second is Turn.TALK
        if first is Turn.TALK and next_wait < 25:
            assert second is Turn.BULK


@pytest.mark.parametrize(("slots", "most"), [(1, 1), (2, 1), (8, 6), (12, 9)])
def test_announcements_leave_slots_to_replies(slots: int, most: int) -> None:
    assert slots_for_bulk(slots) == most
