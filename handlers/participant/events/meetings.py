"""Webinars: the link to the call, on the eve and an hour before."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contest.applications import ApplicationState
from bot.contest.attendance import has_word
from bot.contest.calendar import near
from bot.contest.event.stages import Meeting
from bot.contest.reminders.moments import reminded_at
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events
from handlers.kinds import Desk

#: How long before the beginning the link is sent; the earliest comes first.
BEFORE = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)))


async def send_links(desk: Desk) -> None:
    """Send the link to everybody who is registered, once at each time."""
    for running in await all_events(desk):
        meeting = running.event.meeting
        if meeting is not None and links(desk, meeting) and desk.now < meeting.starts_at:
            await _send(desk, running, meeting)


def is_near(meeting: Meeting, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the link was sent already: who comes later gets it at once."""
    return now >= reminded_at(meeting.starts_at, BEFORE[0][1], zone)


def links(desk: Desk, meeting: Meeting) -> str:
    """The address of the call, and of each section that has one of its own; empty where there is none."""
    own = [
        desk.say("meeting_section", title=Trusted(section.title), url=Trusted(section.join_url))
        for section in meeting.sections
        if section.join_url
    ]
    return "\n".join([*([meeting.join_url] if meeting.join_url else []), *own])


async def _send(desk: Desk, running: Running, meeting: Meeting) -> None:
    zone = desk.facts.zone
    due = [name for name, before in BEFORE if desk.now >= reminded_at(meeting.starts_at, before, zone)]
    key = f"meeting_link:{running.code}:{due[-1]}" if due else ""
    if not due or await desk.storage.settings.get(key) is not None:
        return
    await desk.storage.settings.set(key, desk.now.isoformat())
    words = await desk.storage.attendance.words(running.code)
    reply = Reply(
        "meeting_link",
        title=Trusted(running.event.title),
        when=near(meeting.starts_at, desk.now, zone),
        url=Trusted(links(desk, meeting)),
        hint=desk.say("meeting_word" if has_word(meeting, words) else "meeting_button"),
        buttons=[[Button("open_event", f"event:{running.code}")]],
    )
    people = await desk.storage.applications.applicants(running.code, states={ApplicationState.ACCEPTED})
    for person_id in people:
        desk.tell(person_id, reply, key=f"{key}:{person_id}")
