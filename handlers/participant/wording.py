"""Moments, sizes and refusals in the words that a person reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contest import calendar
from bot.contest.phases import Phase
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Reply
from handlers.events import Running
from handlers.kinds import Desk

_MIB_BYTES = 1024 * 1024
MENU = Button("to_menu", "menu")


def refused(desk: Desk, refusal: Refusal) -> Refusal:
    """The refusal with its moments on the clock here and its sizes in megabytes."""
    return Refusal(refusal.key, {name: _shown(desk, name, value) for name, value in refusal.values.items()})


def refusal_reply(desk: Desk, refusal: Refusal, *rows: tuple[Button, ...]) -> Reply:
    """A refusal outside a talk, always with a way forward."""
    return Reply(refused(desk, refusal), buttons=[*rows, (MENU,)])


def size(size_bytes: int) -> str:
    """«50 МБ», «1,5 МБ»."""
    return f"{round(size_bytes / _MIB_BYTES, 1):g} МБ".replace(".", ",")


def moment(desk: Desk, at: datetime) -> str:
    """«18 апреля, 19:20»."""
    return calendar.at(at, desk.facts.zone, now=desk.now)


def due(desk: Desk, at: datetime) -> str:
    """«30 апреля, 23:59 (томское время)»: a deadline where space is short; midnight belongs to the day before."""
    at = at - timedelta(minutes=1) if calendar.clock(at, desk.facts.zone) == "00:00" else at
    name, _, _ = calendar.zone_name(at, desk.facts.zone).partition(", ")
    return f"{moment(desk, at)} ({name})"


def deadline(desk: Desk, at: datetime) -> str:
    """«30 апреля, 23:59 (томское время, UTC+7)»."""
    return calendar.deadline(at, desk.facts.zone, now=desk.now)


def _shown(desk: Desk, name: str, value: object) -> object:
    match value:
        case datetime():
            return deadline(desk, value)
        case date():
            return f"{value:%d.%m.%Y}"
        case int() if name.endswith("_bytes"):
            return size(value)
    return value


def hours(start: datetime, end: datetime, zone: ZoneInfo, now: datetime) -> str:
    """«27 октября, 15:00–16:30 (томское время, UTC+7)»."""
    day, zone_name = calendar.day(start, zone, now=now), calendar.zone_name(start, zone)
    return f"{day}, {calendar.clock(start, zone)}–{calendar.clock(end, zone)} ({zone_name})"


def briefly(desk: Desk, running: Running) -> str:
    """The one date of an event that matters now: «приём до 30 апреля, осталось 12 дней»."""
    zone, now, meeting = desk.facts.zone, desk.now, running.event.meeting
    match running.phase(now):
        case Phase.PREPARATION | Phase.ANNOUNCED:
            return desk.say("when_opens_briefly", day=calendar.day(running.event.opens_at, zone, now=now))
        case Phase.INTAKE:
            day, left = calendar.day(running.closes_at, zone, now=now), calendar.left(running.closes_at, now)
            return desk.say("when_closes_briefly", day=day, left=left)
        case Phase.PUBLISHED | Phase.ARCHIVED:
            return desk.say("when_published_briefly")
    if meeting is not None and now <= meeting.ends_at:
        return desk.say("when_meets_briefly", when=calendar.near(meeting.starts_at, now, zone))
    return desk.say("when_judged_briefly")
