"""How many applications an event takes from one school, one supervisor, in one nomination.

A limit by participant is not counted here: a double is asked about, not refused, for namesakes exist.

Refusal keys: `apply.limit` (rule).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.contest.event.base import Limit, Per
from bot.contest.quotas import rule
from bot.contest.refusal import Refusal

#: Whose applications are counted before anybody is selected.
_COUNTED = frozenset((Per.ORGANISATION, Per.SUPERVISOR, Per.NOMINATION, Per.GROUP, Per.CATEGORY))

#: What an application is counted by; what it lacks is left out.
Entry = Mapping[Per, str]


def counted(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """The limits that an application is held against when it is sent."""
    return tuple(limit for limit in limits if set(limit.per) <= _COUNTED)


class Tally:
    """So many applications as there are, by what each limit counts: asked about one after another."""

    def __init__(self, limits: Iterable[Limit], entries: Iterable[Entry] = ()) -> None:
        self._limits = counted(limits)
        self._taken = Counter[tuple[Limit, tuple[str, ...]]]()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """One more."""
        self._taken.update(self._places(entry))

    def drop(self, entry: Entry) -> None:
        """One less."""
        self._taken.subtract(self._places(entry))

    def refusal(self, entry: Entry) -> Refusal | None:
        """The first limit that `entry` would break, or None.

        A limit by something that the entry lacks (no supervisor was named) does not bind it.
        """
        broken = (limit for limit, values in self._places(entry) if self._taken[limit, values] >= limit.most)
        limit = next(broken, None)
        return None if limit is None else Refusal("apply.limit", {"rule": rule(limit)})

    def _places(self, entry: Entry) -> list[tuple[Limit, tuple[str, ...]]]:
        bound = (limit for limit in self._limits if all(per in entry for per in limit.per))
        return [(limit, tuple(entry[per] for per in limit.per)) for limit in bound]


def entry_refusal(limits: Iterable[Limit], entry: Entry, others: Iterable[Entry]) -> Refusal | None:
    """The first limit that `entry` would break beside `others`, or None."""
    return Tally(limits, others).refusal(entry)
