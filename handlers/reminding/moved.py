"""A changed event file has moved the deadline: those concerned hear of it once, as when an organizer extends it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.quiet import is_quiet
from bot.contest.reminders.kinds import BY_DEADLINE
from handlers.events import Running, all_events
from handlers.kinds import Desk
from handlers.reminding.lacking import Lack
from handlers.reminding.letters import moved, times
from handlers.reminding.occasions import MOVED, Occasion, is_over, was_told
from handlers.reminding.reasons import reason
from handlers.reminding.sending import Tell, tell_next
from storage.nudges import Move, Time

KINDS = frozenset(BY_DEADLINE)


async def tell_of_moved(desk: Desk) -> bool:
    """Compare each deadline with the one that people know, and tell the next ones; whether there are more."""
    if is_quiet(desk.now, desk.facts.zone):
        return False
    more, moves = False, await desk.storage.nudges.moves(MOVED)
    for running in await all_events(desk):
        move = moves.get(running.code)
        if move is None or move.time.until != running.closes_at:
            move = await _noticed(desk, running, move)
        if move.is_told:
            continue
        about = Occasion(MOVED, running.closes_at, {})
        if await tell_next(desk, running, about, move.time, KINDS, _teller(desk, running, move.time)):
            more = True
    return more


async def _noticed(desk: Desk, running: Running, before: Move | None) -> Move:
    """Keep the new deadline. Nobody is told of the first one, nor where an organizer has extended it and told them."""
    goes_on = running.event.opens_at <= desk.now < running.closes_at and not is_over(running)
    is_told = before is None or running.stored.extended_by is not None or not goes_on
    time = Time(running.code, MOVED, running.closes_at, desk.now)
    await desk.storage.nudges.set_reached(time, 0, done_at=desk.now if is_told else None)
    if not is_told:
        await was_told(desk, running.code, running.closes_at)
    return Move(time, is_told)


def _teller(desk: Desk, running: Running, time: Time) -> Tell:
    said = times(desk, time.until, desk.now)

    async def tell(person_id: int, found: Sequence[Lack]) -> None:
        key = f"moved:{running.code}:{int(time.at.timestamp())}:{person_id}"
        why = reason(MOVED, running.code, person=person_id, until=time.until, lacking=[lack.kind for lack in found])
        desk.tell(person_id, moved(desk, running, found, said), key=key, bulk=True, reason=why)

    return tell
