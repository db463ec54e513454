"""How many applications an event takes from one school, one supervisor, in one nomination.

A limit by participant is not counted here: a double is asked about, not refused, for namesakes exist.

Refusal keys: `apply.limit` (rule).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


def entry_refusal(limits: Iterable[Limit], entry: Entry, others: Sequence[Entry]) -> Refusal | None:
    """The first limit that `entry` would break beside `others`, or None.

    A limit by something that the entry lacks (no supervisor was named) does not bind it.
    """
    for limit in counted(limits):
        if any(per not in entry for per in limit.per):
            continue
        same = sum(all(other.get(per) == entry[per] for per in limit.per) for other in others)
        if same >= limit.most:
            return Refusal("apply.limit", {"rule": rule(limit)})
    return None
