"""The balance: accepted applications = the sum of outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS, Outcome, OutcomeKind


@dataclass(frozen=True, slots=True)
class Standing:
    """One application as the balance sees it."""

    state: ApplicationState
    #: Whether it was accepted at any time, however it went on.
    was_accepted: bool
    #: What was set or published; an application that has left needs none.
    outcome: Outcome | None = None
    #: How many people it is of.
    people: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the balance table."""

    kind: OutcomeKind
    count: int
    #: The event's own titles of this kind with their counts, the most frequent first; () where nothing has a title.
    titles: tuple[tuple[str, int], ...] = ()

    @property
    def label(self) -> str:
        """«Победитель»."""
        return self.kind.label


@dataclass(frozen=True, slots=True)
class Balance:
    """How many were accepted and what became of them."""

    accepted: int
    #: In the order of `OutcomeKind`, without empty lines.
    rows: tuple[Row, ...]
    #: Accepted applications whose outcome nobody has set.
    undecided: int
    #: How many people the accepted applications are of.
    people: int = 0

    @property
    def closes(self) -> bool:
        """Whether every accepted application has its outcome, so that results may be published."""
        return self.undecided == 0 and self.accepted == sum(row.count for row in self.rows)


def balance(applications: Iterable[Standing]) -> Balance:
    """Count the outcomes; an application that has left counts as left, whatever outcome it had before."""
    counted = [application for application in applications if application.was_accepted]
    kinds = Counter(_kind(application) for application in counted)
    titles = Counter((_kind(application), _title(application)) for application in counted)
    rows = tuple(Row(kind, kinds[kind], _titles(titles, kind)) for kind in OutcomeKind if kinds[kind])
    return Balance(len(counted), rows, kinds[None], sum(application.people for application in counted))


def _kind(application: Standing) -> OutcomeKind | None:
    if application.state in EXITS:
        return EXITS[application.state]
    return application.outcome.kind if application.outcome else None


def _title(application: Standing) -> str:
    return application.outcome.title if application.outcome and application.state not in EXITS else ""


def _titles(counts: Counter[tuple[OutcomeKind | None, str]], kind: OutcomeKind) -> tuple[tuple[str, int], ...]:
    found = [(title, count) for (of, title), count in counts.items() if of is kind and title]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
