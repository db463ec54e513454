"""What came of rows, gathered until the next transaction writes it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from storage.outbox import Due, Later, Sent, Settled


@dataclass(slots=True)
class Marks:
    """What is to be written, in one transaction. `handled` rows may be picked again once that is done."""

    sent: list[Sent] = field(default_factory=list)
    later: list[Later] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    #: Person and code.
    unreachable: list[tuple[int, int]] = field(default_factory=list)
    #: Person and until when.
    paused: list[tuple[int, datetime]] = field(default_factory=list)
    handled: list[Due] = field(default_factory=list)

    def ids(self) -> list[int]:
        """The rows that have come to their end."""
        return [row.id for row in self.sent] + [row.id for row in self.settled]

    def and_then(self, others: Marks) -> Marks:
        """These and then the others."""
        return Marks(
            self.sent + others.sent,
            self.later + others.later,
            self.settled + others.settled,
            self.unreachable + others.unreachable,
            self.paused + others.paused,
            self.handled + others.handled,
        )
