"""The case in hand: what a step may know and what it may ask for. No step waits on the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.contest.facts import Facts
from bot.contest.people import Person
from bot.talk.incoming import Incoming
from bot.talk.texts import Texts

if TYPE_CHECKING:
    from bot.talk.model import Reply

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to somebody, perhaps not the one who acts. `key` makes it happen once, ever."""

    person_id: int
    reply: Reply
    key: str | None = None
    bulk: bool = False
    #: The key of an earlier message that this one takes the place of.
    edits: str | None = None
    #: Looked at once more right before it goes: where it is gone, so is the message.
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Work for the network, done after the commit. `key` makes it happen once, ever."""

    kind: str
    argument: Mapping[str, Any]
    key: str | None = None
    delay_s: float = 0.0


@dataclass(slots=True, kw_only=True)
class Desk(Generic[S]):
    """What any work of ours has in hand: the time, the storage, the texts, and a tray for what is to go out."""

    now: datetime
    storage: S
    texts: Texts
    facts: Facts
    #: Asked for by the step; carried out with its commit.
    notices: list[Notice] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def say(self, key: str, /, **values: object) -> str:
        """A plain text of the catalogue."""
        return self.texts.say(key, **values)

    def tell(
        self,
        person_id: int,
        reply: Reply,
        *,
        key: str | None = None,
        bulk: bool = False,
        edits: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Write to somebody. It never moves them from where they are in their own talk."""
        self.notices.append(Notice(person_id, reply, key, bulk, edits, reason))

    def ask(
        self,
        person_id: int,
        kind: str,
        argument: Mapping[str, Any],
        *,
        key: str | None = None,
        delay_s: float = 0.0,
    ) -> None:
        """Ask for work on the network; its result comes back as an act of this person."""
        self.tasks.append(Task(kind, {**argument, "person_id": person_id}, key, delay_s))


@dataclass(slots=True, kw_only=True)
class Case(Desk[S]):
    """One act of one person. `now` is when the step runs; deadlines are judged by `incoming.said_at`."""

    person: Person
    incoming: Incoming
