"""When people are reminded: never in the quiet hours, never after the deadline, and late only while it is of use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from bot.contest.calendar import local
from bot.contest.quiet import BEGIN, is_quiet
from bot.contest.reminders.kinds import Kind
from bot.contest.reminding import told_at

#: What would fall into the night comes at this hour of the evening before.
EVE = clock_time(20)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which people are reminded of these."""

    #: In UTC.
    at: datetime
    kinds: frozenset[Kind]


def reminded_at(until: datetime, before: timedelta, zone: ZoneInfo) -> datetime:
    """When one is reminded of `until`, in UTC: days come in waking hours, hours are exact unless they fall at night."""
    at = told_at(until, before, zone)
    if not is_quiet(at, zone):
        return at
    here = local(at, zone)
    evening = here.date() if here.time() >= BEGIN else here.date() - _DAY
    return datetime.combine(evening, EVE, zone).astimezone(UTC)


def moments(until: datetime, plan: Mapping[Kind, Iterable[timedelta]], zone: ZoneInfo) -> tuple[Moment, ...]:
    """All times for a deadline, the earliest first; what falls on the same time is told together."""
    kinds: dict[datetime, set[Kind]] = {}
    for kind, befores in plan.items():
        for before in befores:
            kinds.setdefault(reminded_at(until, before, zone), set()).add(kind)
    return tuple(Moment(at, frozenset(kinds[at])) for at in sorted(kinds))


def due(found: Sequence[Moment], until: datetime, now: datetime, zone: ZoneInfo) -> Moment | None:
    """What people are reminded of at `now`, if they have not been; `found` in order.

    Only the last moment that has passed counts, those before it came to nothing. Where it was missed, it is made up
    for until half of the time to the next one (or to the deadline) has gone: «за неделю» two days late says less than
    «за 3 дня» two days later.
    """
    if now >= until or is_quiet(now, zone):
        return None
    last = next((one for one in reversed(found) if one.at <= now), None)
    if last is None:
        return None
    following = next((one.at for one in found if one.at > now), until)
    return last if (now - last.at) * 2 < following - last.at else None


def coming(found: Iterable[Moment], kind: Kind, now: datetime) -> datetime | None:
    """When people are reminded of this kind next, or None."""
    return next((one.at for one in found if kind in one.kinds and one.at > now), None)
