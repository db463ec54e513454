"""A reminder as its reader sees it: what is unfinished, until when, and the buttons that lead right there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from handlers.reminding.occasions import time_left

#: So many are named.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Times:
    """Moments in words: the same for everybody of one time, so they are put into words once."""

    #: «30 апреля, 23:59 (томское время, UTC+7)».
    until: str
    #: «осталось 3 дня».
    left: str = ""


def times(desk: Desk, until: datetime, at: datetime) -> Times:
    """Until when, and how long it is to it, for what was to be told at `at`."""
    return Times(deadline(desk, until), time_left(desk, until, at))


def letter(
    desk: Desk, running: Running, found: Sequence[Lack], rules: Mapping[Kind, Rule], said: Times, *, first_name: str
) -> Reply:
    """One message about all that a person has not finished."""
    values = _values(running, said, first_name=first_name)
    parts, usual = [], False
    for one in found:
        text = rules[one.kind].text
        usual = usual or text is None
        who = _names(desk, one.who)
        parts.append(_own(text, {**values, wording.LIST: who}) if text else _line(desk, one, who))
    return Reply(
        "nudge.deadline" if usual else "nudge.own",
        title=Trusted(running.event.title),
        until=said.until,
        left=said.left,
        lines=Trusted("\n".join(parts)),
        buttons=_ways(running, found),
    )


def moved(desk: Desk, running: Running, found: Sequence[Lack], said: Times) -> Reply:
    """The deadline is another now, for a person who has not finished."""
    return Reply(
        "nudge.moved",
        title=Trusted(running.event.title),
        until=said.until,
        left=said.left,
        lines=Trusted("\n".join(_line(desk, one, _names(desk, one.who)) for one in found)),
        buttons=_ways(running, found),
    )


def invitation(desk: Desk, running: Running, found: Lack, rule: Rule, *, first_name: str) -> Reply:
    """The final, or the meeting, is near."""
    begins = gathering(running.event)
    if begins is None:
        raise ValueError(running.code)
    when, who = _when(desk, begins), _names(desk, found.who)
    values = {**_values(running, Times(when), first_name=first_name), wording.LIST: who}
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


def _ways(running: Running, found: Sequence[Lack]) -> list[list[Button]]:
    return [*([one.way] for one in found), [Button("open_event", f"event:{running.code}")]]


def _values(running: Running, said: Times, *, first_name: str) -> dict[str, str]:
    return {
        wording.NAME: inert(first_name),
        wording.TITLE: quoted(running.event.title),
        wording.UNTIL: said.until,
        wording.LEFT: said.left,
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
