"""What one act leads to: messages on their way out and a new position, committed as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.talk.message import Answer, Message
from bot.talk.position import Position


@dataclass(frozen=True, slots=True)
class Post:
    """One message on its way out, to whomever."""

    person_id: int
    body: Message | Answer
    edits: bool = False
    notice: bool = False
    bulk: bool = False
    key: str | None = None
    #: The key of the message that this one takes the place of.
    edits_key: str | None = None
    #: Without it the message does not go any more.
    reason: str | None = None


@dataclass(slots=True)
class Turn:
    """What an act leads to; committed as a whole."""

    position: Position
    posts: list[Post] = field(default_factory=list)
    #: Drafts (talk, subject) that are of no use any more.
    forgotten: list[tuple[str, str]] = field(default_factory=list)
