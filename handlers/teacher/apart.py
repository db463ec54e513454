"""Judging a long table in a process of its own, which gets all that it needs and gives back what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from bot.apart import made_apart
from bot.contest.facts import Facts as Settings
from bot.contest.people import Person
from bot.talk.incoming import Incoming
from bot.talk.texts import Texts
from handlers.events import Running
from handlers.kinds import Case, Thought
from handlers.teacher.judging import Gathered, judged
from storage.imports import Import
from storage.storage import Storage

#: A thousand rows take three seconds.
WALL_S = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A table with all that it is judged by."""

    now: datetime
    facts: Settings
    person: Person
    #: What was said, and when.
    incoming: Incoming
    running: Running
    gathered: Gathered
    kept: Import

    def judged(self, texts: Texts) -> Thought:
        """What it would do. There is no storage to ask."""
        case: Case = Case(
            now=self.now,
            storage=cast("Storage", None),
            texts=texts,
            facts=self.facts,
            person=self.person,
            incoming=self.incoming,
        )
        return judged(case, self.running, self.gathered, self.kept)


def apart(asked: Asked) -> Thought:
    """The same, in another process; waits for it. Raises CalledProcessError, TimeoutExpired."""
    return made_apart(_judged, asked, wall_s=WALL_S)


def _judged(asked: Asked) -> Thought:
    from handlers.book import texts

    return asked.judged(texts())
