"""Jurors with works that are left: asked with the digest of that day, and organizers hear who does not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.announcing.quiet import is_quiet
from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action, RoleKind, Target
from bot.contest.naming import quoted
from bot.contest.phases import Phase
from bot.contest.reminders import wording
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.moments import reminded_at
from bot.contest.reminders.rules import Rule, asked_on
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import Running, all_events, event_of
from handlers.kinds import Case, Desk
from handlers.participant.wording import deadline
from handlers.reminding.occasions import JURY, rules_at, time_left
from handlers.reminding.reasons import SILENT, reason
from storage.jury_rows import Juror, JurorProgress
from storage.nudges import Time

#: Who is judged.
JUDGED = (ApplicationState.ACCEPTED,)
#: So many have a button to be written to.
MOST_BUTTONS = 5


@dataclass(frozen=True, slots=True)
class Silent:
    """A juror with works that are left, of whom nothing was heard."""

    juror: Juror
    progress: JurorProgress


async def asking(desk: Desk, running: Running, person_id: int) -> Rule | None:
    """The rule by which the juror is asked today whether they will be in time; None: they are not, or have answered."""
    until = running.event.judging_until
    if until is None or running.phase(desk.now) is not Phase.JUDGING:
        return None
    zone = desk.facts.zone
    rule = (await rules_at(desk, running)).get(Kind.JURY)
    if rule is None or not rule.is_on or not asked_on(until.astimezone(zone), rule.befores, desk.now.astimezone(zone)):
        return None
    return None if person_id in await desk.storage.nudges.nodded(running.code, until=until) else rule


def question(desk: Desk, running: Running, rule: Rule, *, left: int, first_name: str) -> str:
    """What the digest of such a day says in the end; organizers' own words stand instead of the usual ones."""
    works, until = desk.say("nudge.works", works=left), running.event.judging_until
    if rule.text is None or until is None:
        return desk.say("nudge.jury", works=works)
    values = {
        wording.NAME: first_name,
        wording.TITLE: quoted(running.event.title),
        wording.UNTIL: deadline(desk, until),
        wording.LEFT: calendar.left(until, desk.now),
        wording.WORKS: works,
    }
    return wording.in_own_words(rule.text, values)


async def jury_nod(case: Case, event_code: str) -> Outcome:
    """«Вижу, оценю»."""
    running = await event_of(case, event_code)
    until = running.event.judging_until if running else None
    juror = await case.storage.jury.get(case.person.id, event_code)
    if running is None or until is None or juror is None:
        return Reply("not_available")
    if not await may(case, Action.VIEW_DIGEST, Target(event_code)):
        return Reply("not_available")
    await case.storage.nudges.nod(event_code, case.person.id, until=until, at=case.now)
    return Reply(
        "nudge.nodded",
        until=deadline(case, until),
        buttons=[[Button("jury_go", f"jury_go:{event_code}", colour="primary")]],
    )


async def silent_jurors(desk: Desk, running: Running) -> list[Silent]:
    """Who has neither scored everything nor said that they will, in the order of the jury."""
    until = running.event.judging_until
    if until is None:
        return []
    nodded = await desk.storage.nudges.nodded(running.code, until=until)
    members = {one.person_id: one for one in await desk.storage.jury.members(running.code)}
    return [
        Silent(members[one.person_id], one)
        for one in await desk.storage.jury.progress(running.code, states=JUDGED)
        if one.scored < one.assigned and one.person_id not in nodded
    ]


async def tell_of_silent(desk: Desk) -> None:
    """Tell the organizers once, some hours before judging ends, of all such jurors in one message."""
    if is_quiet(desk.now, desk.facts.zone):
        return
    for running in await all_events(desk):
        if running.phase(desk.now) is Phase.JUDGING and (until := running.event.judging_until) is not None:
            await _tell_of(desk, running, until)


async def _tell_of(desk: Desk, running: Running, until: datetime) -> None:
    before = timedelta(hours=running.event.reminders.jury.organizers_hours)
    at = reminded_at(until, before, desk.facts.zone)
    time = Time(running.code, JURY, until, at)
    if desk.now < at or await desk.storage.nudges.reached(time) is None:
        return
    await desk.storage.nudges.set_reached(time, 0, done_at=desk.now)
    rule = (await rules_at(desk, running)).get(Kind.JURY)
    found = await silent_jurors(desk, running) if rule and rule.is_on else []
    if not found:
        return
    organizers = set(await desk.storage.roles.with_role(RoleKind.ORGANIZER, running.code)) | set(desk.facts.admins)
    told = _told(desk, running, found, until, at)
    for person_id in sorted(organizers):
        key = f"jury_silent:{running.code}:{int(until.timestamp())}:{person_id}"
        why = reason(SILENT, running.code, person=person_id, until=until)
        desk.tell(person_id, told, key=key, reason=why)


def _told(desk: Desk, running: Running, found: Sequence[Silent], until: datetime, at: datetime) -> Reply:
    lines = [
        desk.say("nudge.silent_line", name=one.juror.full_name, scored=one.progress.scored, total=one.progress.assigned)
        for one in found
    ]
    writing = [
        Button(
            label=desk.say("nudge.write_to", name=_brief(one.juror.full_name)),
            url=f"https://vk.com/write{one.juror.person_id}",
        )
        for one in found[:MOST_BUTTONS]
    ]
    return Reply(
        "nudge.silent",
        title=Trusted(running.event.title),
        until=deadline(desk, until),
        left=time_left(desk, until, at),
        lines=Trusted("\n".join(lines)),
        buttons=[
            *([one] for one in writing),
            [Button("org.assign", f"assign:{running.code}"), Button("org.jury", f"jurors:{running.code}")],
        ],
    )


def _brief(full_name: str) -> str:
    """«Орлова Нина»: for a button."""
    return " ".join(full_name.split()[:2])
