"""Whether a reminder is still of use: asked right before it goes, however long it has waited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.contest.quiet import is_quiet
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import gathering
from handlers.events import Running, event_of
from handlers.jury.seat import JUDGED
from handlers.kinds import Desk
from handlers.participant.events.reminders import is_wanted
from handlers.reminding.known import known_of
from handlers.reminding.lacking import finalists, lacks
from handlers.reminding.occasions import DEADLINE, FINAL, JURY, MOVED, is_over, rules_at
from handlers.reminding.reasons import ASKED, SILENT
from handlers.reminding.silent import silent_jurors


async def wanted(desk: Desk, reason: str) -> bool:
    """Whether the reason still stands; one that is not ours is left to stand.

    What was made before the quiet hours and could not be sent does not come in the middle of them.
    """
    said = _read(reason)
    if said is None or said.get("kind") not in (DEADLINE, FINAL, JURY, MOVED, SILENT, ASKED):
        return True
    running = await event_of(desk, str(said["event"]))
    return running is not None and not is_over(running) and await _stands(desk, running, said)


async def _stands(desk: Desk, running: Running, said: Mapping[str, Any]) -> bool:
    person_id = int(said["person"])
    if said["kind"] == ASKED:  # by the person, for that very hour
        return await is_wanted(desk, running, person_id, _second(said))
    if said["kind"] == JURY:  # comes at the event's own hour, whichever that is
        return await _jury_is_wanted(desk, running, person_id, _second(said))
    if said["kind"] == MOVED:  # is news, and is late rather than lost
        return int(running.closes_at.timestamp()) == _second(said) and await _is_wanted(desk, running, said)
    if is_quiet(desk.now, desk.facts.zone):
        return False
    if said["kind"] == SILENT:
        until = running.event.judging_until
        return until is not None and desk.now < until and bool(await silent_jurors(desk, running))
    return await _is_wanted(desk, running, said)


async def _is_wanted(desk: Desk, running: Running, said: Mapping[str, Any]) -> bool:
    rules, person_id, until_s = await rules_at(desk, running), int(said["person"]), _second(said)
    kinds = [kind for kind in map(Kind, said["lacking"]) if kind in rules]
    if said["kind"] != MOVED:
        kinds = [kind for kind in kinds if rules[kind].is_on]
    if desk.now.timestamp() >= until_s or not kinds:
        return False
    known = await known_of(desk, running, person_id)
    if said["kind"] == FINAL:
        begins = gathering(running.event)
        same = begins is not None and int(begins.starts_at.timestamp()) == until_s
        return same and bool(await finalists(desk, running, known, [person_id]))
    until = _deadline(running, until_s)
    return until is not None and bool(await lacks(desk, running, known, person_id, until, kinds))


async def _jury_is_wanted(desk: Desk, running: Running, person_id: int, until_s: int) -> bool:
    """The digest is of one day: in the night it would wake somebody, and in the morning there is a new one."""
    until = running.event.judging_until
    if (until is not None and desk.now >= until) or desk.now.timestamp() >= until_s:
        return False
    progress = await desk.storage.jury.progress(running.code, states=JUDGED)
    return any(one.person_id == person_id and one.scored < one.assigned for one in progress)


def _deadline(running: Running, until_s: int) -> datetime | None:
    """The deadline of that second, if anybody still has it: a moved one has reminders of its own."""
    ends = [running.closes_at, *(one.until for one in running.stored.longer)]
    ends += [stage.closes_at for stage in running.event.stages]
    return next((one for one in ends if int(one.timestamp()) == until_s), None)


def _second(said: Mapping[str, Any]) -> int:
    return int(said.get("until_s", 0))


def _read(reason: str) -> Mapping[str, Any] | None:
    try:
        said = json.loads(reason)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
