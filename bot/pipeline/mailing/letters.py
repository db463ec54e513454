"""What the handlers know of announcements and the engine asks of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.contest.announcing.model import Announcement, Figures
from bot.contest.facts import Facts
from bot.talk.case import Desk
from bot.talk.engine import Engine
from bot.talk.model import Reply
from bot.talk.texts import Texts
from storage.connection import Connection
from storage.database import Database
from storage.storage import Storage

#: Draws the message of one person from the values of the personal placeholders; touches no storage.
Draw = Callable[[Mapping[str, str]], Reply]


class Letters(Protocol):
    """Each is called on a snapshot, which takes no writes."""

    async def audience(self, desk: Desk[Storage], announcement: Announcement) -> Sequence[int]:
        """Who is meant by `announcement.audience`; doubles, unreachable and opted-out people are sorted out by the
        caller. There may be a million: nothing is done to all of them at once.
        """
        ...

    async def values(
        self, desk: Desk[Storage], announcement: Announcement, people: Sequence[int]
    ) -> Mapping[int, Mapping[str, str]]:
        """What `{имя}` and `{номер}` are for each of some hundreds of people; what is not known is left out."""
        ...

    async def letter(self, desk: Desk[Storage], announcement: Announcement) -> Draw:
        """How the message is drawn, with what is the same for all (`{название}`, `{срок}`) found already.

        Its buttons lead where anybody may go. Without personal placeholders it is drawn once, of no values.
        """
        ...

    async def progress(self, desk: Desk[Storage], announcement: Announcement, figures: Figures) -> Reply:
        """How far it is, and at the end the report: for its author and those who watch, in one message."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """What every part of the engine has at hand."""

    database: Database
    engine: Engine
    letters: Letters
    texts: Texts
    facts: Facts
    now: Callable[[], datetime]

    def desk(self, connection: Connection) -> Desk[Storage]:
        """What the handlers read from."""
        return Desk(now=self.now(), storage=Storage(connection), texts=self.texts, facts=self.facts)
