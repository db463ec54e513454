"""Calendar files (RFC 5545) for the calendars of phones and computers. Times are in UTC: right in every zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.documents.file import File

_PRODUCT = "-//Школьные конкурсы//RU"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar."""

    #: Stays the same when the entry is moved: a calendar puts the new one in the place of the old.
    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    description: str = ""
    url: str = ""
    #: How long before it the calendar reminds.
    alarms: tuple[timedelta, ...] = ()


def calendar_file(entries: Sequence[Entry], *, name: str, title: str, made_at: datetime) -> File:
    """`<name>.ics`; `title` is what a calendar calls the whole. Raises ValueError for a moment without a zone."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return File(f"{name}.ics", calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _utc(made_at))
    event.add("summary", entry.title)
    event.add("dtstart", _utc(entry.starts_at))
    event.add("dtend", _utc(entry.ends_at))
    if entry.description:
        event.add("description", entry.description)
    if entry.url:
        event.add("url", entry.url)
    for before in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)
