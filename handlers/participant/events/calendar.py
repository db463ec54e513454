"""«В календарь»: a file with an event's dates, or with those of all that a person takes part in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.event.stages import StageKind
from bot.documents.ics import Entry, calendar_file
from bot.talk.model import Button, Reply
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.kinds import Case, Desk, Draw
from handlers.participant.own import ALIVE
from handlers.participant.wording import MENU
from storage.application_rows import Application

MAKER = "calendar"
#: A deadline is shown as the last half an hour before it.
LAST = timedelta(minutes=30)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Stages that have dates of their own for participants.
SHOWN = (StageKind.SELECTION, StageKind.TEST, StageKind.TASKS, StageKind.FINAL)


async def ics(case: Case, code: str) -> Reply:
    """The file of one event; without a code, of all that the person takes part in."""
    if code and await event_of(case, code) is None:
        return Reply("no_event", buttons=[[Button("events", "events")]])
    ask_file(case, MAKER, {"event": code}, text="ics_ready", go=f"ics:{code}")
    back = Button("back_to_event", f"event:{code}") if code else Button("applications", "applications")
    return Reply("ics_soon", buttons=[[back, MENU]])


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The dates as this person knows them; None: there are none."""
    person_id, code = int(about["person_id"]), str(about["event"])
    mine: dict[str, list[Application]] = {code: []} if code else {}
    for one in await desk.storage.applications.of_person(person_id, code or None):
        if one.state in ALIVE:
            mine.setdefault(one.event_code, []).append(one)
    entries: list[Entry] = []
    for event_code, applications in mine.items():
        running = await event_of(desk, event_code)
        if running is not None:
            entries += entries_of(desk, running, applications, person_id)
    if not entries:
        return None
    name, title = code or "my-events", desk.say("ics_title")
    return partial(calendar_file, tuple(entries), name=name, title=title, made_at=desk.now)


def entries_of(desk: Desk, running: Running, mine: Sequence[Application], person_id: int) -> list[Entry]:
    """The deadline, the stages and the meeting of one event."""
    about, uid = running.event, f"{running.code}@{desk.facts.community}"
    schools = [one.organisation_code for one in mine] or [None]
    closes_at = max(running.until(person_id, school).at for school in schools)
    told = calendar.deadline(closes_at, desk.facts.zone)
    key = "ics_work" if about.submission is not None else "ics_registration"
    found = [
        Entry(
            f"deadline-{uid}",
            desk.say(key, title=about.short_title),
            closes_at - LAST,
            closes_at,
            desk.say("ics_until", title=about.title, until=told),
            alarms=(DAY, HOUR),
        )
    ]
    found += [
        Entry(
            f"{stage.code}-{uid}",
            desk.say("ics_stage", title=about.short_title, stage=stage.title),
            stage.closes_at - LAST,
            stage.closes_at,
            desk.say("ics_until", title=about.title, until=calendar.deadline(stage.closes_at, desk.facts.zone)),
            alarms=(DAY,),
        )
        for stage in about.stages
        if stage.kind in SHOWN
    ]
    if about.meeting is not None:
        accepted = any(one.state is ApplicationState.ACCEPTED for one in mine)
        url = about.meeting.join_url if accepted else None
        found.append(
            Entry(
                f"meeting-{uid}",
                about.short_title,
                about.meeting.starts_at,
                about.meeting.ends_at,
                about.title,
                url=url or "",
                alarms=(DAY, HOUR),
            )
        )
    return found
