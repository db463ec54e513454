"""Organizers hear, some hours before judging ends, which jurors have neither finished nor answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contest.authorize import RoleKind
from bot.contest.phases import Phase
from bot.contest.quiet import is_quiet
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.moments import reminded_at
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events
from handlers.jury.seat import JUDGED
from handlers.kinds import Desk
from handlers.participant.wording import deadline
from handlers.reminding.occasions import JURY, rules_at, time_left
from handlers.reminding.reasons import SILENT, reason
from storage.jury_rows import Juror, JurorProgress
from storage.nudges import Time

#: So many have a button to be written to.
MOST_BUTTONS = 5


@dataclass(frozen=True, slots=True)
class Silent:
    """A juror with works that are left, of whom nothing was heard."""

    juror: Juror
    progress: JurorProgress


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


def _line(desk: Desk, one: Silent) -> str:
    """«Кольцова Вера: оценено 12 из 45»; and whether they have said that they have no time today."""
    today = desk.now.astimezone(desk.facts.zone).date()
    return desk.say(
        "nudge.silent_line",
        name=one.juror.full_name,
        scored=one.progress.scored,
        total=one.progress.assigned,
        away=desk.say("nudge.silent_away") if one.juror.away_on == today else "",
    )


def _told(desk: Desk, running: Running, found: Sequence[Silent], until: datetime, at: datetime) -> Reply:
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
        lines=Trusted("\n".join(_line(desk, one) for one in found)),
        buttons=[
            *([one] for one in writing),
            [Button("org.assign", f"assign:{running.code}"), Button("org.jury", f"jurors:{running.code}")],
        ],
    )


def _brief(full_name: str) -> str:
    """«Орлова Нина»: for a button."""
    return " ".join(full_name.split()[:2])
