"""A reminder as its reader sees it: what is unfinished, until when, and the buttons that lead right there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.event.stages import StageFormat
from bot.contest.naming import quoted
from bot.contest.reminders import wording
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Gathering, Rule, gathering
from bot.contest.text import inert
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Desk
from handlers.participant.wording import deadline
from handlers.reminding.lacking import Lack

#: So many are named.
MOST_NAMED = 5
#: A reminder that goes out in time says «3 часа», not «2 часа» for the seconds that it took.
IN_TIME = timedelta(minutes=10)


def letter(
    desk: Desk, running: Running, found: Sequence[Lack], rules: Mapping[Kind, Rule], *,
    until: datetime, at: datetime, first_name: str,
) -> Reply:  # fmt: skip
    """One message about all that a person has not finished; `at`: when it was to be told."""
    left = calendar.left(until, at if desk.now - at < IN_TIME else desk.now)
    values = _values(desk, running, until, left=left, first_name=first_name)
    parts, usual = [], False
    for one in found:
        text = rules[one.kind].text
        usual = usual or text is None
        who = _names(desk, one.who)
        parts.append(_own(text, {**values, wording.LIST: who}) if text else _line(desk, one, who))
    return Reply(
        "nudge.deadline" if usual else "nudge.own",
        title=Trusted(running.event.title),
        until=deadline(desk, until),
        left=left,
        lines=Trusted("\n".join(parts)),
        buttons=[*([one.way] for one in found), [Button("open_event", f"event:{running.code}")]],
    )


def invitation(desk: Desk, running: Running, found: Lack, rule: Rule, *, first_name: str) -> Reply:
    """The final, or the meeting, is near."""
    begins = gathering(running.event)
    if begins is None:
        raise ValueError(running.code)
    when, who = _when(desk, begins), _names(desk, found.who)
    values = _values(desk, running, begins.starts_at, left="", first_name=first_name) | {
        wording.UNTIL: when,
        wording.LIST: who,
    }
    rows = [[found.way, Button("open_event", f"event:{running.code}")]]
    if rule.text:
        return Reply("nudge.own", lines=Trusted(_own(rule.text, values)), buttons=rows)
    stage = begins.stage
    form = f"host.format.{stage.format}" if stage else f"host.format.{StageFormat.ON_SITE}"
    return Reply(
        "nudge.final",
        title=Trusted(running.event.title),
        what=stage.title if stage else desk.say("nudge.meeting"),
        when=when,
        format=desk.say(form),
        who=Trusted(who),
        buttons=rows,
    )


def _values(desk: Desk, running: Running, until: datetime, *, left: str, first_name: str) -> dict[str, str]:
    return {
        wording.NAME: first_name,
        wording.TITLE: quoted(running.event.title),
        wording.UNTIL: deadline(desk, until),
        wording.LEFT: left,
    }


def _own(text: str, values: Mapping[str, str]) -> str:
    return wording.in_own_words(text, values)


def _line(desk: Desk, one: Lack, who: str) -> str:
    several = len(one.who) > 1
    return desk.say(f"nudge.{one.kind}_many" if several else f"nudge.{one.kind}", count=len(one.who), who=Trusted(who))


def _names(desk: Desk, who: Sequence[str]) -> str:
    """«Соколова Вера, Белов Артём и ещё 3»: names that people wrote, with nothing in them to be pressed."""
    named = ", ".join(inert(one) for one in who[:MOST_NAMED])
    more = len(who) - MOST_NAMED
    return desk.say("nudge.and_more", named=Trusted(named), more=more) if more > 0 else named


def _when(desk: Desk, begins: Gathering) -> str:
    """«28 октября»; with the hour where there is one: a day begins at midnight."""
    zone = desk.facts.zone
    if calendar.clock(begins.starts_at, zone) == "00:00":
        return calendar.day(begins.starts_at, zone, now=desk.now)
    return deadline(desk, begins.starts_at)
