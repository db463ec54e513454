"""Whose turn it is: people who are talking now, or announcements.

VK gives some twenty requests a second to both. Whoever talks goes first, but never so that an announcement stands
still: of every two turns that are not needed to the full by talking people one is its.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Turn(Enum):
    """Who takes the next request."""

    TALK = auto()
    BULK = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Does anything wait for people who are talking, does it fill a request, and does any announcement wait?"""

    talk: bool = False
    talk_is_full: bool = False
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Slots:
    """Requests that may be on their way at once, all of them and those with announcements."""

    free: int
    free_for_bulk: int


def slots_for_bulk(slots: int) -> int:
    """How many of them announcements may hold: replies always find one free."""
    return max(1, slots * 3 // 4)


def whose_turn(waiting: Waiting, slots: Slots, *, talk_was_last: bool) -> Turn:
    """Who goes next; `talk_was_last`: the turn before was for people who are talking."""
    if slots.free <= 0:
        return Turn.NOBODY
    may_bulk = waiting.bulk and slots.free_for_bulk > 0
    if waiting.talk and (waiting.talk_is_full or not may_bulk or not talk_was_last):
        return Turn.TALK
    return Turn.BULK if may_bulk else Turn.NOBODY
