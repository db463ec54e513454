"""Reminders: of what, how long before, and when they are of no use any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.contest.applications import ApplicationState
from bot.contest.event.model import Event

_DAY = timedelta(days=1)
#: How long before one may be reminded, the earliest first.
BEFORE = (timedelta(days=7), timedelta(days=3), timedelta(days=1), timedelta(hours=1))
#: A reminder of whole days comes while people are up: within these hours on the clock there, or at `EVENING`.
WAKING, EVENING = (time(10), time(20)), time(19)
ALIVE = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED)


def matters_at(event: Event, deadline: datetime, states: Iterable[ApplicationState]) -> datetime:
    """What the person is reminded of: the meeting for those who take part in it, the deadline for the others.

    `deadline` is this person's; `states` are those of their applications.
    """
    takes_part = any(state in ALIVE for state in states)
    return event.meeting.starts_at if event.meeting is not None and takes_part else deadline


def is_needed(event: Event, applications: Iterable[tuple[ApplicationState, bool]]) -> bool:
    """Whether there is still something to do; `applications` with whether their work is handed in.

    Who has not applied is reminded of applying, who takes part of the meeting or of a work that is missing; who has
    withdrawn, or has handed in everything, of nothing.
    """
    found = list(applications)
    alive = [handed_in for state, handed_in in found if state in ALIVE]
    if not found:
        return True
    if event.meeting is not None:
        return bool(alive)
    return event.submission is not None and not all(alive)


def told_at(moment: datetime, before: timedelta, zone: ZoneInfo) -> datetime:
    """When one is reminded of what happens at `moment`, in UTC.

    Hours are exact. Days are not: «за день» of a deadline at 23:59 comes at 19:00 the day before, of a meeting at 8:00
    at 10:00 the day before.
    """
    if before < _DAY:
        return moment - before
    local = moment.astimezone(zone) - before
    first, last = WAKING
    if local.time() < first:
        local = datetime.combine(local.date(), first, zone)
    elif local.time() > last:
        local = datetime.combine(local.date(), EVENING, zone)
    return local.astimezone(UTC)


def possible(moment: datetime, now: datetime, zone: ZoneInfo) -> tuple[timedelta, ...]:
    """How long before `moment` one can still be reminded."""
    return tuple(before for before in BEFORE if told_at(moment, before, zone) > now)
