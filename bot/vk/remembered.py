"""What the sender remembers of rows, people and methods between attempts, in memory only.

A restart forgets it and starts anew: pauses of people, counts of floods and the rows themselves are in the outbox.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.vk import limits, reconcile
from storage.outbox import CALLED_OFF, Due


class Remembered:
    """Nothing of it is ever needed for a message to arrive; it keeps requests from being made in vain."""

    def __init__(self, *, now: Callable[[], datetime], verify_after: timedelta = reconcile.VERIFY_AFTER) -> None:
        self._now = now
        self._verify_after = verify_after
        self._started_at = now()
        #: How often requests with this row in them failed as a whole, and how many may therefore share one.
        self.failures: Counter[int] = Counter()
        self.together: dict[int, int] = {}
        self.people_paused: dict[int, datetime] = {}
        self.methods_paused: dict[str, datetime] = {}
        #: Rows that may have been delivered, rows that VK was asked about, edits to be sent as new messages.
        self.uncertain: set[int] = set()
        self.verified: set[int] = set()
        self.as_new: set[int] = set()
        #: Rows that were refused for good after an answer was lost: VK is asked about them before that counts.
        self.doubted: set[int] = set()
        #: Rows that were in each of the last requests without an answer; None: the last one got one.
        self._suspects: set[int] | None = None
        #: Messages that people with an uncertain row got since.
        self._since: Counter[int] = Counter()

    def most_together(self, row: Due) -> int:
        """How many rows may share a request with this one."""
        return self.together.get(row.id, limits.PEERS_AT_ONCE)

    def paused_until(self, row: Due, method: str) -> datetime | None:
        """Until when this person or method is left alone, None where neither is."""
        now = self._now()
        ends = max(self.people_paused.get(row.peer_id, now), self.methods_paused.get(method, now))
        return ends if ends > now else None

    def method_paused(self, method: str) -> bool:
        """Is this method's quota spent?"""
        return self.methods_paused.get(method, self._now()) > self._now()

    def may_have_arrived(self, row: Due) -> bool:
        """Was the answer to this message lost, and VK not asked about it since?"""
        new_message = row.kind == "send" or row.id in self.as_new
        return new_message and row.id not in self.verified and (row.unsure or row.id in self.uncertain)

    def is_to_be_verified(self, row: Due) -> bool:
        """Is VK to be asked about the message before it goes, or is given up?

        It may have been delivered so long ago, or before so many others, that VK would not know the double; or it is
        not to be sent any more, and counts as what became of it.
        """
        new_message = row.kind == "send" or row.id in self.as_new
        if not new_message or row.id in self.verified:
            return False
        if row.id in self.doubted:
            return True
        if (row.is_spared or row.reason == CALLED_OFF) and self.may_have_arrived(row):
            return True
        if self._now() - row.created_at >= self._verify_after:
            return row.unsure or row.id in self.uncertain or row.created_at < self._started_at
        return row.id in self.uncertain and self._since[row.peer_id] >= reconcile.VERIFY_AFTER_MESSAGES

    def unsure(self, row: Due) -> None:
        """VK may have it."""
        if row.id not in self.uncertain:
            self.uncertain.add(row.id)
            self._since.setdefault(row.peer_id, 0)
        self.verified.discard(row.id)

    def delivered(self, row: Due) -> None:
        """VK has it."""
        if self._since and row.peer_id in self._since:
            self._since[row.peer_id] += 1
        self.forget(row)

    def forget(self, row: Due) -> None:
        """The row has come to its end."""
        if row.id in self.uncertain:
            self.uncertain.discard(row.id)
            self._since.pop(row.peer_id, None)
        self.verified.discard(row.id)
        self.as_new.discard(row.id)
        self.doubted.discard(row.id)
        self.failures.pop(row.id, None)
        self.together.pop(row.id, None)

    def unanswered(self, rows: Iterable[Due]) -> None:
        """A request with these rows got no sound answer."""
        ids = {row.id for row in rows}
        self._suspects = ids if self._suspects is None else self._suspects & ids

    def answered(self, *, was_outage: bool) -> None:
        """VK answers (again): an outage failed the requests, not their content, unless one row was in all of them."""
        if was_outage:
            self.failures.clear()
            self.together = dict.fromkeys(self._suspects or (), 1)
        self._suspects = None
