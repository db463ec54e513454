"""Telling people what is due: each event's times are worked out first, people are read only when one has come."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contest.announcing.quiet import is_quiet
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.moments import Moment, due
from bot.contest.reminders.rules import Rule, rules_of
from bot.talk.model import Reply
from handlers.events import Running, all_events
from handlers.kinds import Desk
from handlers.participant.applying.drafts import APPLY
from handlers.participant.own import ALIVE
from handlers.reminding.lacking import Lack, finalists, lacks
from handlers.reminding.letters import invitation, letter
from handlers.reminding.occasions import FINAL, Occasion, is_over, occasions
from handlers.reminding.reasons import reason
from storage.nudges import Time

#: People looked at in one transaction: about 30 ms, so that nobody who talks notices.
SLICE = 150


async def send_due(desk: Desk) -> None:
    """Tell the next people of each time that has come, each person once."""
    if is_quiet(desk.now, desk.facts.zone):
        return
    changed = await desk.storage.nudges.settings()
    for running in await all_events(desk):
        if is_over(running) or desk.now < running.event.opens_at:
            continue
        rules = rules_of(running.event, {kind: one for (code, kind), one in changed.items() if code == running.code})
        for one in occasions(running, rules):
            moment = due(one.moments(desk.facts.zone), one.until, desk.now, desk.facts.zone)
            if moment is not None:
                await _tell_next(desk, running, rules, one, moment)


async def found_of(desk: Desk, running: Running, one: Occasion, person_id: int, kinds: frozenset[Kind]) -> list[Lack]:
    """What of these the person is to be reminded of; empty: of nothing."""
    if one.name != FINAL:
        return await lacks(desk, running, person_id, one.until, kinds)
    found = await finalists(desk, running, person_id)
    return [found] if found else []


def message(
    desk: Desk, running: Running, rules: Mapping[Kind, Rule], one: Occasion, found: list[Lack], *,
    moment: Moment, first_name: str,
) -> Reply:  # fmt: skip
    """The reminder of that time to somebody."""
    if one.name == FINAL:
        return invitation(desk, running, found[0], rules[Kind.FINAL], first_name=first_name)
    return letter(desk, running, found, rules, until=one.until, at=moment.at, first_name=first_name)


async def _tell_next(desk: Desk, running: Running, rules: Mapping[Kind, Rule], one: Occasion, moment: Moment) -> None:
    time = Time(running.code, one.name, one.until, moment.at)
    reached = await desk.storage.nudges.reached(time)
    if reached is None:
        return
    people = await people_of(desk, running, one, after=reached, most=SLICE)
    for person_id in people:
        await _tell(desk, running, rules, one, moment, person_id)
    last = len(people) < SLICE
    await desk.storage.nudges.set_reached(time, people[-1] if people else reached, done_at=desk.now if last else None)


async def people_of(desk: Desk, running: Running, one: Occasion, *, after: int, most: int) -> list[int]:
    """The next of those whom it may concern, by id."""
    if one.people is not None:
        refused = await desk.storage.people.unreachable_of(list(one.people))
        return [id_ for id_ in one.people if id_ > after and id_ not in refused][:most]
    return await desk.storage.nudges.people(running.code, talk=APPLY, states=ALIVE, after=after, most=most)


async def _tell(
    desk: Desk, running: Running, rules: Mapping[Kind, Rule], one: Occasion, moment: Moment, person_id: int
) -> None:
    found = await found_of(desk, running, one, person_id, moment.kinds)
    person = await desk.storage.people.get(person_id) if found else None
    if person is None:
        return
    reply = message(desk, running, rules, one, found, moment=moment, first_name=person.first_name or "")
    # The key of a reminder that the person has asked for: of one time they get one message.
    key = f"reminder:{running.code}:{person_id}:{int(moment.at.timestamp())}"
    why = reason(one.name, running.code, person=person_id, until=one.until, lacking=[lack.kind for lack in found])
    desk.tell(person_id, reply, key=key, reason=why)
