"""Quiet hours: news and reminders wait from ten in the evening to eight in the morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.contest.calendar import local

BEGIN, END = time(22), time(8)


def is_quiet(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether people are left alone then: 22:00 is quiet, 8:00 is not. Raises ValueError for a naive moment."""
    clock = local(moment, zone).time()
    return clock >= BEGIN or clock < END


def not_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into; in the zone of `moment`."""
    if not is_quiet(moment, zone):
        return moment
    here = local(moment, zone)
    morning = here.date() + timedelta(days=1 if here.time() >= BEGIN else 0)
    return datetime.combine(morning, END, zone).astimezone(moment.tzinfo)
