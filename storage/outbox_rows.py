"""Rows of the outbox as they are picked and as they come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from storage.times import from_ms

Kind = Literal["send", "edit", "answer", "delete"]


#: The reason of a message whose announcement was stopped: there is none any more, but it may have arrived.
CALLED_OFF = "called off"


class Priority(IntEnum):
    """Who goes first; order holds among one person's messages of one priority."""

    ANSWER = 0
    REPLY = 1
    NOTICE = 2
    BULK = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A row whose turn it is."""

    id: int
    peer_id: int
    priority: Priority
    kind: Kind
    #: The message in the messenger-free form of `bot.talk.message`; rows of one batch share one.
    body: Mapping[str, Any]
    random_id: int
    tries: int
    created_at: datetime
    #: An edit, a deletion of a row of ours: its message's numbers and state, as far as known.
    target_id: int | None
    target_cmid: int | None
    target_state: str | None
    #: The inbox row that it answers; None: it answers nobody.
    update_id: int | None = None
    target_message_id: int | None = None
    #: Rows of one batch may go in one call.
    batch_id: int | None = None
    #: Asked about once more before it goes.
    reason: str | None = None
    #: How often VK said that this person gets too much.
    floods: int = 0
    #: The messenger's code for why this person can't be written to; None: they can.
    unreachable_code: int | None = None
    #: VK may have it: an answer was lost.
    unsure: bool = False

    @property
    def goes_together(self) -> bool:
        """May it be one of up to a hundred in a call?"""
        return self.batch_id is not None or self.kind == "delete"

    @property
    def is_spared(self) -> bool:
        """Is it news for somebody who can't be written to?"""
        return self.unreachable_code is not None and self.priority is Priority.BULK and self.kind == "send"


@dataclass(frozen=True, slots=True)
class Sent:
    """VK accepted a row; edits, answers and deletions have no number of their own."""

    id: int
    message_id: int | None = None
    cmid: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """A row to be tried again at `due_at`; `counted` if this was an attempt of its own, `flood` if it was too much.

    `unsure`: the messenger may have it all the same.
    """

    id: int
    due_at: datetime
    code: int | None
    error: str
    counted: bool = True
    flood: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A row that will not be sent."""

    id: int
    state: Literal["dropped", "dead"]
    code: int | None
    error: str


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many messages of an announcement are in a state; `error_code`: the messenger's, where it refused."""

    state: Literal["due", "held", "sent", "dropped", "dead"]
    error_code: int | None
    count: int


def due_row(row: Mapping[str, Any], body: Mapping[str, Any]) -> Due:
    """A row of the query `due` with its body."""
    return Due(
        id=row["id"],
        peer_id=row["peer_id"],
        priority=_PRIORITIES[row["priority"]],
        kind=row["kind"],
        body=body,
        random_id=row["random_id"],
        tries=row["tries"],
        created_at=from_ms(row["created_at"]),
        target_id=row["target_id"],
        target_cmid=row["target_cmid"],
        target_state=row["target_state"],
        update_id=row["update_id"],
        target_message_id=row["target_message_id"],
        batch_id=row["batch_id"],
        reason=row["reason"],
        floods=row["floods"],
        unreachable_code=row["unreachable_code"],
        unsure=bool(row["unsure"]),
    )


_PRIORITIES = tuple(Priority)
