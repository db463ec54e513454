"""Telling people what is due: each event's times are worked out first, people are read only when one has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.contest.quiet import is_quiet
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.moments import Moment, due
from bot.contest.reminders.rules import Rule, rules_of
from handlers.events import Running, all_events
from handlers.kinds import Desk
from handlers.participant.applying.drafts import APPLY
from handlers.participant.own import ALIVE
from handlers.reminding.known import known_between, known_of
from handlers.reminding.lacking import Lack, finalists, lacks
from handlers.reminding.letters import invitation, letter, times
from handlers.reminding.occasions import FINAL, Occasion, is_over, occasions
from handlers.reminding.reasons import reason
from storage.nudges import Time

#: Tells a person what they lack.
Tell = Callable[[int, Sequence[Lack]], Awaitable[None]]
#: People looked at in one transaction: about 30 ms, so that nobody who talks notices.
SLICE = 100


async def send_due(desk: Desk) -> bool:
    """Tell the next people of each time that has come, each person once; whether there are more."""
    if is_quiet(desk.now, desk.facts.zone):
        return False
    more = False
    changed = await desk.storage.nudges.settings()
    for running in await all_events(desk):
        if is_over(running) or desk.now < running.event.opens_at:
            continue
        rules = rules_of(running.event, {kind: one for (code, kind), one in changed.items() if code == running.code})
        for one in occasions(running, rules):
            moment = due(one.moments(desk.facts.zone), one.until, desk.now, desk.facts.zone)
            if moment is None:
                continue
            time, tell = Time(running.code, one.name, one.until, moment.at), _teller(desk, running, rules, one, moment)
            if await tell_next(desk, running, one, time, moment.kinds, tell):
                more = True
    return more


async def found_of(
    desk: Desk, running: Running, one: Occasion, people: Sequence[int], kinds: frozenset[Kind]
) -> dict[int, list[Lack]]:
    """What of these each of the people (by id, in order) is to be reminded of; who has nothing is left out."""
    if not people:
        return {}
    # Where some were picked out there may be thousands between two of them.
    known = None if one.people is not None else await known_between(desk, running, people[0], people[-1])
    if one.name == FINAL and known is not None:
        finals = await finalists(desk, running, known, people)
        return {person_id: [final] for person_id, final in finals.items()}
    found = {}
    for person_id in people:
        their = known or await known_of(desk, running, person_id)
        found[person_id] = await lacks(desk, running, their, person_id, one.until, kinds)
    return {person_id: lacking for person_id, lacking in found.items() if lacking}


async def tell_next(
    desk: Desk, running: Running, one: Occasion, time: Time, kinds: frozenset[Kind], tell: Tell
) -> bool:
    """Tell the next of those who lack any of these; whether there are more."""
    reached = await desk.storage.nudges.reached(time)
    if reached is None:
        return False
    people = await people_of(desk, running, one, after=reached, most=SLICE)
    for person_id, found in (await found_of(desk, running, one, people, kinds)).items():
        await tell(person_id, found)
    is_last = len(people) < SLICE
    await desk.storage.nudges.set_reached(
        time, people[-1] if people else reached, done_at=desk.now if is_last else None
    )
    return not is_last


async def people_of(desk: Desk, running: Running, one: Occasion, *, after: int, most: int) -> list[int]:
    """The next of those whom it may concern, by id."""
    if one.people is not None:
        refused = await desk.storage.people.unreachable_of(list(one.people))
        return [id_ for id_ in one.people if id_ > after and id_ not in refused][:most]
    return await desk.storage.nudges.people(running.code, talk=APPLY, states=ALIVE, after=after, most=most)


def _teller(desk: Desk, running: Running, rules: Mapping[Kind, Rule], one: Occasion, moment: Moment) -> Tell:
    said = times(desk, one.until, moment.at)

    async def tell(person_id: int, found: Sequence[Lack]) -> None:
        person = await desk.storage.people.get(person_id)
        first_name = person.first_name or "" if person else ""
        if one.name == FINAL:
            reply = invitation(desk, running, found[0], rules[Kind.FINAL], first_name=first_name)
        else:
            reply = letter(desk, running, found, rules, said, first_name=first_name)
        # The key of a reminder that the person has asked for: of one time they get one message.
        key = f"reminder:{running.code}:{person_id}:{int(moment.at.timestamp())}"
        why = reason(one.name, running.code, person=person_id, until=one.until, lacking=[lack.kind for lack in found])
        desk.tell(person_id, reply, key=key, reason=why)

    return tell
