"""A work made of several pieces: what joins it, what gives way to what, and what is still missing.

Pieces are counted by slots: one for each rule of the event's file, so many links or files of a kind.

Refusal keys: `work.too_many` (limit), `work.full` (most).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.contest.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Slot:
    """How many pieces of one kind a work has at least and at most."""

    code: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Held:
    """One piece. `key` is its link or its file: the same thing sent twice is one piece."""

    key: str
    #: None: the rules do not take such a thing (any more); it stays until it is taken out.
    slot: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What of the earlier pieces stays beside the new ones, and what gives way to them."""

    kept: tuple[Held, ...]
    gone: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A slot, and how many more pieces of it are meant."""

    slot: Slot
    count: int


def joined(held: Sequence[Held], new: Sequence[Held], slots: Collection[Slot], most: int) -> Joined | Refusal:
    """What becomes of the earlier pieces (the oldest first) when `new` come; or why they can't.

    Where a kind is full, its oldest pieces give way, as many as have to. Where the work as a whole is full, nothing
    is chosen for its author: they take a piece out themselves.
    """
    if len(new) > most:
        return Refusal("work.too_many", {"limit": most})
    again = {one.key for one in new}
    gone = [one for one in held if one.key in again]
    for slot in slots:
        coming = sum(one.slot == slot.code for one in new)
        if coming > slot.most:
            return Refusal("work.too_many", {"limit": slot.most})
        same = [one for one in held if one.slot == slot.code and one.key not in again]
        over = len(same) + coming - slot.most if coming else 0
        gone += same[: max(over, 0)]
    kept = tuple(one for one in held if one not in gone)
    if len(kept) + len(new) > most:
        return Refusal("work.full", {"most": most})
    return Joined(kept, tuple(one for one in gone if one.key not in again))


def lacking(held: Sequence[Held], slots: Collection[Slot]) -> tuple[Counted, ...]:
    """What a work must have and has not."""
    return tuple(Counted(slot, slot.least - _of(held, slot)) for slot in slots if _of(held, slot) < slot.least)


def is_whole(held: Sequence[Held], slots: Collection[Slot], least: int) -> bool:
    """Whether everything that must be in is in."""
    return len(held) >= least and not lacking(held, slots)


def room(held: Sequence[Held], slots: Collection[Slot], most: int) -> tuple[Counted, ...]:
    """What may still join without anything giving way."""
    free = most - len(held)
    counts = [(slot, min(slot.most - _of(held, slot), free)) for slot in slots]
    return tuple(Counted(slot, count) for slot, count in counts if count > 0)


def _of(held: Sequence[Held], slot: Slot) -> int:
    return sum(one.slot == slot.code for one in held)
