"""When organizers answer, and when they are reminded of whoever waits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.contest.calendar import local

#: Organizers are teachers: they answer on weekdays, within these hours.
BEGIN, END = time(9), time(18)
#: So long the bot keeps silent after the last word of either side.
SILENCE = timedelta(days=1)
#: Whoever waits longer is remembered, once.
PATIENCE = timedelta(hours=4)
#: Organizers are reminded within these hours only, on any day: a deadline may end on a Sunday.
WAKING = time(9), time(21)
#: What a person writes goes on together, when they have paused so long, or have written for so long.
PAUSE, LONGEST = timedelta(seconds=8), timedelta(seconds=60)
_SATURDAY = 5


def answered_on(asked: datetime, zone: ZoneInfo) -> date:
    """On which day an answer may be expected: the same working day before its end, else the next one."""
    here = local(asked, zone)
    day = here.date() if here.time() < END else here.date() + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def is_to_remind(waiting_since: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody has waited for long enough, and the organizers are awake."""
    first, last = WAKING
    return now - waiting_since >= PATIENCE and first <= local(now, zone).time() < last


def is_to_pass_on(first: datetime, last: datetime, now: datetime) -> bool:
    """Whether words that nobody was told are to go on now; `first` and `last`: when the earliest and latest came."""
    return now - last >= PAUSE or now - first >= LONGEST
