"""Is the database that stands in the place the one that the bot worked with last? (docs/faults.md, F35)

A copy put back knows nothing of what was said after it was made. Whoever goes on with it as if nothing had happened
says everything again, so a start that finds a copy looks first and asks administrators.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """How a copy was recognised."""

    #: The copy says of itself that it is one: it was made by `backup` or put back by `restore`.
    COPY = "copy"
    #: The file beside the database was written by a later start.
    EPOCH = "epoch"
    #: The same start, but the database has come less far than the file beside it says.
    BEHIND = "behind"
    #: The community has said what the database does not know of.
    VK = "vk"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the bot stood: which start it was, and the last rows of inbox and outbox."""

    epoch: str
    inbox: int
    outbox: int


@dataclass(frozen=True, slots=True)
class Own:
    """What the database says of itself."""

    #: The start that wrote it last and the one before; None: no start of a version that keeps them.
    epoch: str | None
    epoch_before: str | None
    inbox: int
    outbox: int
    is_copy: bool


def why_restored(own: Own, beside: Mark | None) -> Why | None:
    """How the database is seen to be a copy; None where nothing says so.

    `beside` is what the file next to it says, None where there is none. That file is written after the database, so
    one that is a start behind is what a power cut left, and no sign of anything.
    """
    if own.is_copy:
        return Why.COPY
    if beside is None or (own.epoch is None and not own.inbox and not own.outbox):
        return None
    if beside.epoch not in (own.epoch, own.epoch_before):
        return Why.EPOCH
    if beside.inbox > own.inbox or beside.outbox > own.outbox:
        return Why.BEHIND
    return None


def is_unknown(own: Own, beside: Mark | None) -> bool:
    """Whether only the messenger can tell: the database was at work, and the file beside it is missing."""
    return beside is None and own.epoch is not None and not own.is_copy
