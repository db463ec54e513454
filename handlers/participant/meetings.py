"""Webinars: the link to the call, on the eve and an hour before."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.contest.applications import ApplicationState
from bot.contest.calendar import near
from bot.contest.event.stages import Meeting
from bot.talk.model import Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events
from handlers.kinds import Desk

#: How long before the beginning the link is sent; the earliest comes first.
BEFORE = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)))


async def send_links(desk: Desk) -> None:
    """Send the link to everybody who is registered, once at each time."""
    for running in await all_events(desk):
        meeting = running.event.meeting
        if meeting is not None and meeting.join_url is not None and desk.now < meeting.starts_at:
            await _send(desk, running, meeting, meeting.join_url)


def is_near(meeting: Meeting, now: datetime) -> bool:
    """Whether the link was sent already: who comes later gets it at once."""
    return now >= meeting.starts_at - BEFORE[0][1]


async def _send(desk: Desk, running: Running, meeting: Meeting, url: str) -> None:
    due = [name for name, before in BEFORE if desk.now >= meeting.starts_at - before]
    key = f"meeting_link:{running.code}:{due[-1]}" if due else ""
    if not due or await desk.storage.settings.get(key) is not None:
        return
    await desk.storage.settings.set(key, desk.now.isoformat())
    reply = Reply(
        "meeting_link",
        title=Trusted(running.event.title),
        when=near(meeting.starts_at, desk.now, desk.facts.zone),
        url=Trusted(url),
    )
    people = await desk.storage.applications.applicants(running.code, states={ApplicationState.ACCEPTED})
    for person_id in people:
        desk.tell(person_id, reply, key=f"{key}:{person_id}")
