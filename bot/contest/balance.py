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


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the balance table."""

    kind: OutcomeKind
    count: int

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

    @property
    def closes(self) -> bool:
        """Whether every accepted application has its outcome, so that results may be published."""
        return self.undecided == 0 and self.accepted == sum(row.count for row in self.rows)


def balance(applications: Iterable[Standing]) -> Balance:
    """Count the outcomes; an application that has left counts as left, whatever outcome it had before."""
    kinds = [_kind(application) for application in applications if application.was_accepted]
    counts = Counter(kinds)
    rows = tuple(Row(kind, counts[kind]) for kind in OutcomeKind if counts[kind])
    return Balance(len(kinds), rows, counts[None])


def _kind(application: Standing) -> OutcomeKind | None:
    if application.state in EXITS:
        return EXITS[application.state]
    return application.outcome.kind if application.outcome else None
