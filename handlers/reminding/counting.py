"""How many people each reminder would reach now: counted aside, because everybody has to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.reminders.kinds import Kind
from handlers.access import actor_for
from handlers.events import Running, event_of
from handlers.jury.seat import JUDGED
from handlers.kinds import Desk, Think, Thought
from handlers.reminding.occasions import is_over, occasions, rules_at
from handlers.reminding.sending import found_of, people_of

#: People looked at between two breaths.
SLICE = 500


async def consider(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Count; rights are asked for anew."""
    running = await event_of(desk, str(about["event"]))
    if running is None:
        return None
    actor = await actor_for(desk, int(about["person_id"]))
    if not authorize(actor, Action.CHANGE_REMINDERS, Target(event=running.code)):
        return None
    people = await count(desk, running)
    return lambda: Thought({"people": people})


async def count(desk: Desk, running: Running) -> dict[str, int]:
    """Whom each kind that is on would reach if its time were now; those of an event that is over reach nobody."""
    rules = {kind: rule for kind, rule in (await rules_at(desk, running)).items() if rule.is_on}
    found: dict[Kind, set[int]] = {kind: set() for kind in rules}
    for one in [] if is_over(running) else occasions(running, rules):
        if one.until <= desk.now:
            continue
        last, people = 0, [0]
        while people:
            people = await people_of(desk, running, one, after=last, most=SLICE)
            for person_id, lacking in (await found_of(desk, running, one, people, frozenset(one.plan))).items():
                for lack in lacking:
                    found[lack.kind].add(person_id)
            last = people[-1] if people else last
    if Kind.JURY in found:
        progress = await desk.storage.jury.progress(running.code, states=JUDGED)
        found[Kind.JURY] = {one.person_id for one in progress if one.scored < one.assigned}
    return {kind.value: len(people) for kind, people in found.items()}
