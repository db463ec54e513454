"""What a table is judged by, and what becomes of its entries: values, gathered before and carried out after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.contest.bulk import Column
from bot.contest.bulk_matching import Change, Fate
from bot.contest.entry_limits import Entry
from bot.contest.event import Event
from bot.contest.refusal import Refusal
from bot.talk.position import Answers
from handlers.events import Running
from handlers.teacher.answering import Wrong
from storage.application_rows import Application, Form


@dataclass(frozen=True, slots=True)
class Known:
    """An application of the same account for the same event."""

    application: Application
    answers: Answers
    #: Why it may not be changed any more, or None.
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that rows are judged by."""

    running: Running
    columns: Sequence[Column]
    known: Sequence[Known] = ()
    #: What participants are told apart by, whom others have entered.
    others: frozenset[str] = frozenset()
    #: What is the same for all rows that don't say otherwise: school, supervisor, contact.
    given: Mapping[str, object] = field(default_factory=dict)
    #: What all who take part are counted by, by the application's id; empty where there are no limits.
    counted: Mapping[int, Entry] = field(default_factory=dict)

    @property
    def event(self) -> Event:
        """The event's definition."""
        return self.running.event


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes of one entry."""

    fate: Fate
    line: int
    who: str
    answers: Answers = field(default_factory=dict)
    #: What would be kept; None: nothing.
    form: Form | None = None
    application: Application | None = None
    changes: tuple[Change, ...] = ()
    #: Whether this account, another one or the table itself seems to enter them otherwise too.
    twice: bool = False


@dataclass(slots=True)
class Plan:
    """What becomes of all of them."""

    items: list[Item] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def of(self, fate: Fate) -> list[Item]:
        """Those of this fate."""
        return [item for item in self.items if item.fate is fate]
