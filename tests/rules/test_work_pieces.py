"""A work of several pieces: what joins, what gives way, what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.refusal import Refusal
from bot.contest.work_pieces import Held, Joined, Slot, is_whole, joined, lacking, room

VIDEO, PHOTO, PAPER = Slot("video", 1, 1), Slot("photo", 0, 3), Slot("paper", 0, 2)
SLOTS = (VIDEO, PHOTO, PAPER)
MOST = 5


def held(words: str) -> list[Held]:
    """«v1 p1 p2»: a video and two photos."""
    kinds = {"v": "video", "p": "photo", "d": "paper", "x": None}
    return [Held(word, kinds[word[0]]) for word in words.split()]


@pytest.mark.parametrize(
    ("before", "new", "kept", "gone"),
    [
        ("", "v1", "", ""),
        ("v1", "d1", "v1", ""),
        ("v1", "v2", "", "v1"),
        ("v1 d1", "v2", "d1", "v1"),
        ("p1 p2 p3", "p4", "p2 p3", "p1"),
        ("p1 p2 p3", "p4 p5 p6", "", "p1 p2 p3"),
        ("v1 p1", "p1", "v1", ""),
        ("v1 p1 p2 p3", "v2 p4", "p2 p3", "v1 p1"),
        ("x1 v1", "v2", "x1", "v1"),
    ],
)
def test_what_is_full_gives_way_the_oldest_first_and_the_rest_stays(
    before: str, new: str, kept: str, gone: str
) -> None:
    assert joined(held(before), held(new), SLOTS, MOST) == Joined(tuple(held(kept)), tuple(held(gone)))


@pytest.mark.parametrize(
    ("before", "new", "refusal"),
    [
        ("", "v1 v2", Refusal("work.too_many", {"limit": 1})),
        ("", "p1 p2 p3 p4", Refusal("work.too_many", {"limit": 3})),
        ("", "v1 p1 p2 p3 d1 d2", Refusal("work.too_many", {"limit": 5})),
        ("v1 p1 p2 p3 d1", "d2", Refusal("work.full", {"most": 5})),
    ],
)
def test_what_does_not_go_in_is_refused(before: str, new: str, refusal: Refusal) -> None:
    assert joined(held(before), held(new), SLOTS, MOST) == refusal


def test_what_is_missing_and_what_may_join() -> None:
    assert [(one.slot.code, one.count) for one in lacking(held("p1"), SLOTS)] == [("video", 1)]
    assert lacking(held("v1"), SLOTS) == ()
    counted = [(one.slot.code, one.count) for one in room(held("v1 p1 p2 d1"), SLOTS, MOST)]
    assert counted == [("photo", 1), ("paper", 1)]
    assert room(held("v1 p1 p2 p3 d1"), SLOTS, MOST) == ()
    assert not is_whole(held("p1 p2"), SLOTS, 1)
    assert not is_whole(held("v1"), SLOTS, 2)
    assert is_whole(held("v1 d1"), SLOTS, 2)


SENT = ("v1", "v2", "v3", "p1", "p2", "p3", "p4", "d1", "d2", "d3")


@given(st.lists(st.lists(st.sampled_from(SENT), unique=True, max_size=4)))
def test_no_slot_overflows_and_nothing_that_came_is_lost_in_silence(messages: list[list[str]]) -> None:
    work: list[Held] = []
    for words in messages:
        new = held(" ".join(words))
        result = joined(work, new, SLOTS, MOST)
        if isinstance(result, Refusal):
            continue
        after = [*result.kept, *new]
        assert len({one.key for one in after}) == len(after) <= MOST
        assert all(sum(one.slot == slot.code for one in after) <= slot.most for slot in SLOTS)
        assert {*work, *new} == {*after, *result.gone}
        assert {one.slot for one in result.gone} <= {one.slot for one in new}
        work = after
