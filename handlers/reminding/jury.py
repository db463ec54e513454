"""Jurors with works that are left are asked, with the digest of that day, whether they will be in time."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.authorize import Action, Target
from bot.contest.naming import quoted
from bot.contest.phases import Phase
from bot.contest.reminders import wording
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Rule, asked_on
from bot.contest.text import inert
from bot.talk.model import Button, Outcome, Reply
from handlers.access import may
from handlers.events import Running, event_of
from handlers.jury.desk import jury
from handlers.jury.seat import Judging, judging
from handlers.kinds import Case, Desk
from handlers.participant.wording import deadline
from handlers.reminding.occasions import rules_at


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
        wording.NAME: inert(first_name),
        wording.TITLE: quoted(running.event.title),
        wording.UNTIL: deadline(desk, until),
        wording.LEFT: calendar.left(until, desk.now),
        wording.WORKS: works,
    }
    return wording.in_own_words(rule.text, values)


async def jury_nod(case: Case, event_code: str) -> Outcome:
    """«Вижу, оценю». An old button, pressed when judging is over, shows how it stands instead."""
    running = await event_of(case, event_code)
    until = running.event.judging_until if running else None
    juror = await case.storage.jury.get(case.person.id, event_code)
    if running is None or until is None or juror is None:
        return Reply("not_available")
    if not await may(case, Action.VIEW_DIGEST, Target(event_code)):
        return Reply("not_available")
    if judging(case, running) is not Judging.OPEN:
        return await jury(case, event_code)
    await case.storage.nudges.nod(event_code, case.person.id, until=until, at=case.now)
    return Reply(
        "nudge.nodded",
        until=deadline(case, until),
        buttons=[[Button("jury_go", f"jury_go:{event_code}", colour="primary")]],
    )
