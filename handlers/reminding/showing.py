"""What organizers see of an event's reminders: which are sent, when next, and how many people each would reach now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.moments import coming
from bot.contest.reminders.rules import Rule
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available, of_event
from handlers.organizer.wording import back_to_event, lines
from handlers.reminding.occasions import is_over, occasions, rules_at

THINKER = "nudges"
COLUMNS = 2
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@of_event(Action.CHANGE_REMINDERS)
async def nudges(case: Case, running: Running, _more: str) -> Outcome:
    """All kinds of the event; people are counted aside."""
    rules = await rules_at(case, running)
    if not rules:
        return Reply("nudge.page_none", title=running.event.title, buttons=[[back_to_event(running.code)]])
    name = f"nudges/{case.person.id}/{case.incoming.number}" if case.incoming.number else None
    ask_thought(case, THINKER, {"event": running.code, "called": name})
    return page(case, running, rules, {}, end=case.say("nudge.counting"), called=name)


async def counted(case: Case, _argument: str) -> Reply | None:
    """The same with the numbers of people. Nothing was asked for where somebody presses their way here."""
    result = case.incoming.result or {}
    about = result.get("about") or {}
    running = await event_of(case, str(about.get("event")))
    if running is None:
        return not_available()
    said = result.get("thought")
    end = case.say("nudge.not_counted") if said is None else ""
    reply = page(case, running, await rules_at(case, running), (said or {}).get("people", {}), end=end)
    case.tell(case.person.id, reply, edits=about.get("called"))
    return None


def page(
    desk: Desk, running: Running, rules: Mapping[Kind, Rule], people: Mapping[str, int], *,
    end: str, called: str | None = None,
) -> Reply:  # fmt: skip
    """A line and a button for each kind; `people`: whom it would reach, as far as they were counted."""
    found = [
        desk.say(
            "nudge.line",
            mark=desk.say("nudge.mark_on" if rule.is_on else "nudge.mark_off"),
            kind=desk.say(f"nudge.kind.{kind}"),
            when=when(desk, rule),
            next=next_time(desk, running, rules, kind),
            people=desk.say("nudge.line_people", count=people[kind]) if rule.is_on and kind in people else "",
        )
        for kind, rule in rules.items()
    ]
    buttons = [Button(label=desk.say(f"nudge.kind.{kind}"), go=f"nudge:{running.code}/{kind}") for kind in rules]
    return Reply(
        "nudge.page",
        title=running.event.title,
        lines=Trusted(lines(found) + end),
        buttons=[
            *(buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)),
            [back_to_event(running.code)],
        ],
        called=called,
    )


def when(desk: Desk, rule: Rule) -> str:
    """«за 7 дней, 3 дня, 1 день, 3 часа»."""
    if not rule.befores:
        return desk.say("nudge.never")
    befores = [
        desk.say("nudge.before_days", days=before // _DAY)
        if before >= _DAY
        else desk.say("nudge.before_hours", hours=before // _HOUR)
        for before in rule.befores
    ]
    return desk.say("nudge.before", befores=", ".join(befores))


def next_time(desk: Desk, running: Running, rules: Mapping[Kind, Rule], kind: Kind) -> str:
    """«. Ближайшее 27 апреля, 19:00»; empty where there is none."""
    at = None if is_over(running) else _next(desk, running, rules, kind)
    return desk.say("nudge.line_next", at=calendar.at(at, desk.facts.zone, now=desk.now)) if at else ""


def _next(desk: Desk, running: Running, rules: Mapping[Kind, Rule], kind: Kind) -> datetime | None:
    zone = desk.facts.zone
    if kind is not Kind.JURY:
        found = [coming(one.moments(zone), kind, desk.now) for one in occasions(running, rules)]
        return min((at for at in found if at is not None), default=None)
    until, jury = running.event.judging_until, running.event.jury
    if until is None or not rules[kind].is_on:
        return None
    hour = jury.digest_hour if jury else 0
    days = [(until.astimezone(zone) - one).replace(hour=hour, minute=0, second=0) for one in rules[kind].befores]
    return min((at for at in days if at > desk.now), default=None)
