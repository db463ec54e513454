"""«Напомнить»: before the deadline or the meeting, once, and not when there is nothing left to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.event.units import Bundle
from bot.contest.quiet import is_quiet
from bot.contest.reminding import BEFORE, is_needed, matters_at, possible, told_at
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk
from handlers.participant.wording import MENU, deadline
from handlers.reminding.reasons import ASKED, reason
from storage.application_rows import Application
from storage.reminders import Reminder

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
COLUMNS = 2
#: People reminded in one transaction.
SLICE = 60
#: So many are listed with a button each.
MOST_LISTED = 8


async def remind(case: Case, code: str) -> Reply:
    """When to be reminded of an event."""
    running = await event_of(case, code)
    if running is None:
        return Reply("no_event", buttons=[[Button("events", "events")]])
    mine = await case.storage.applications.of_person(case.person.id, code)
    moment = _moment(running, case.person.id, mine)
    choices = possible(moment, case.now, case.facts.zone)
    if is_over(running, moment, case.now) or not choices:
        return Reply("remind_late", buttons=[[Button("back_to_event", f"event:{code}")]])
    kept = [one.before for one in await case.storage.reminders.of_person(case.person.id) if one.event_code == code]
    buttons = [
        Button(f"before_{before // MINUTE}", f"remind_at:{code}/{before // MINUTE}")
        for before in choices
        if before not in kept
    ]
    drop = [[Button("unremind", f"unremind:{code}")]] if kept else []
    return Reply(
        "remind",
        title=Trusted(running.event.short_title),
        moment=Trusted(case.say(f"remind_what.{_what(running, mine, moment)}", moment=deadline(case, moment))),
        kept=_kept(case, kept),
        buttons=[
            *(buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)),
            *drop,
            [Button("back_to_event", f"event:{code}")],
        ],
    )


async def remind_at(case: Case, argument: str) -> Reply:
    """Keep the wish; `argument`: the event, and how many minutes before."""
    code, _, minutes = argument.partition("/")
    running = await event_of(case, code)
    before = next((one for one in BEFORE if str(one // MINUTE) == minutes), None)
    if running is None or before is None:
        return Reply("no_event", buttons=[[Button("events", "events")]])
    mine = await case.storage.applications.of_person(case.person.id, code)
    moment = _moment(running, case.person.id, mine)
    if before not in possible(moment, case.now, case.facts.zone):
        return await remind(case, code)
    await case.storage.reminders.put(case.person.id, Reminder(code, before), at=case.now)
    return Reply(
        "remind_kept",
        at=calendar.at(told_at(moment, before, case.facts.zone), case.facts.zone, now=case.now),
        title=Trusted(running.event.short_title),
        buttons=[
            [Button("remind_more", f"remind:{code}"), Button("unremind", f"unremind:{code}")],
            [Button("back_to_event", f"event:{code}"), Button("reminders", "reminders")],
        ],
    )


async def unremind(case: Case, code: str) -> Reply:
    """No reminder of this event."""
    dropped = await case.storage.reminders.drop(case.person.id, code)
    rows = [[Button("back_to_event", f"event:{code}"), Button("reminders", "reminders")]]
    return Reply("remind_dropped" if dropped else "remind_none_here", buttons=rows)


async def reminders(case: Case, _argument: str) -> Reply:
    """What the person waits for, a button to drop each."""
    kept: dict[str, list[timedelta]] = {}
    for one in await case.storage.reminders.of_person(case.person.id):
        kept.setdefault(one.event_code, []).append(one.before)
    found = [(running, kept[code]) for code in kept if (running := await event_of(case, code)) is not None]
    if not found:
        return Reply("reminders_none", buttons=[[Button("events", "events"), MENU]])
    lines = [
        case.say("reminders_line", title=Trusted(running.event.short_title), before=_named(case, befores))
        for running, befores in found
    ]
    buttons = [
        Button(label=case.say("unremind_of", title=Trusted(running.event.short_title)), go=f"unremind:{running.code}")
        for running, _ in found[:MOST_LISTED]
    ]
    rows = [buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)]
    return Reply("reminders", lines=Trusted("\n".join(lines)), buttons=[*rows, [MENU]])


async def send_reminders(desk: Desk) -> bool:
    """Remind the next ones whose time has come, each once; whether there are more."""
    room, by_night = SLICE, is_quiet(desk.now, desk.facts.zone)
    for wanted in await desk.storage.reminders.waiting():
        running = await event_of(desk, wanted.event_code)
        # Those of days come in waking hours: one that was missed waits for the morning.
        if running is None or (by_night and wanted.before >= DAY) or not _may_be_due(desk, running, wanted):
            continue
        room -= await _send(desk, running, wanted, room)
        if room == 0:
            return True
    return False


async def _send(desk: Desk, running: Running, wanted: Reminder, most: int) -> int:
    """Remind at most so many; how many were done with."""
    done = 0
    for person_id in await desk.storage.reminders.people(wanted):
        mine = await _mine(desk, running, person_id)
        moment = _moment(running, person_id, mine)
        due_at = told_at(moment, wanted.before, desk.facts.zone)
        if due_at > desk.now:
            continue
        await desk.storage.reminders.told(person_id, wanted, at=desk.now)
        if await _is_needed(desk, running, mine, moment):
            key = f"reminder:{running.code}:{person_id}:{int(due_at.timestamp())}"
            why = reason(ASKED, running.code, person=person_id, until=moment)
            desk.tell(person_id, _reminder(desk, running, mine, moment), key=key, reason=why)
        done += 1
        if done == most:
            break
    return done


async def _mine(desk: Desk, running: Running, person_id: int) -> list[Application]:
    """The person's applications, those to the parts of a common event too."""
    unit, mine = running.event.unit, list[Application]()
    for code in (running.code, *(unit.children if isinstance(unit, Bundle) else ())):
        mine += await desk.storage.applications.of_person(person_id, code)
    return mine


async def _is_needed(desk: Desk, running: Running, mine: Sequence[Application], moment: datetime) -> bool:
    """Whether there is still something to do, and time for it."""
    if is_over(running, moment, desk.now):
        return False
    handed_in = [await desk.storage.works.current(one.id) is not None for one in mine]
    return is_needed(running.event, [(one.state, done) for one, done in zip(mine, handed_in, strict=True)])


def _reminder(desk: Desk, running: Running, mine: list[Application], moment: datetime) -> Reply:
    about, what = running.event, _what(running, mine, moment)
    rows = [[Button("submit", "submit", colour="primary")]] if what == "work" else []
    return Reply(
        f"reminder.{what}",
        title=Trusted(about.title),
        moment=deadline(desk, moment),
        left=calendar.left(moment, desk.now),
        buttons=[*rows, [Button("open_event", f"event:{running.code}"), Button("reminders", "reminders")]],
    )


def _what(running: Running, mine: Sequence[Application], moment: datetime) -> str:
    """What happens then: the meeting, the end of handing in, the end of applying."""
    meeting = running.event.meeting
    if meeting is not None and moment == meeting.starts_at:
        return "meeting"
    return "work" if mine else "apply"


def is_over(running: Running, moment: datetime, now: datetime) -> bool:
    """Whether there is nothing to remind of: it has passed, or the event is over before its time."""
    done = running.stored.approved_at or running.stored.published_at or running.stored.archived_at
    return now >= moment or done is not None


async def is_wanted(desk: Desk, running: Running, person_id: int, until_s: int) -> bool:
    """Whether what somebody is to be reminded of still ends then, and there is still something to do."""
    mine = await _mine(desk, running, person_id)
    moment = _moment(running, person_id, mine)
    return int(moment.timestamp()) == until_s and await _is_needed(desk, running, mine, moment)


def _moment(running: Running, person_id: int, mine: Iterable[Application]) -> datetime:
    applications = list(mine)
    schools = [one.organisation_code for one in applications] or [None]
    latest = max(running.until(person_id, school).at for school in schools)
    return matters_at(running.event, latest, [one.state for one in applications])


def _may_be_due(desk: Desk, running: Running, wanted: Reminder) -> bool:
    """Whether it can be time for anybody: asked first, so that people are looked at once."""
    moments = [running.closes_at, *([running.event.meeting.starts_at] if running.event.meeting else [])]
    return any(told_at(one, wanted.before, desk.facts.zone) <= desk.now for one in moments)


def _kept(case: Case, kept: list[timedelta]) -> str:
    return case.say("remind_have", before=_named(case, kept)) if kept else ""


def _named(case: Case, befores: Iterable[timedelta]) -> str:
    return ", ".join(case.say(f"button.before_{before // MINUTE}").lower() for before in befores)
