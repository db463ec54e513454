"""Who may answer a person, and who hears of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action, Actor, RoleKind, Target, authorize
from handlers.access import actor_of, may
from handlers.kinds import Case, Desk
from storage.help_rows import ADMINS_ONLY, HelpCall, Waiting


async def concerned(desk: Desk, person_id: int) -> list[str]:
    """The events that a person has to do with; none for one who has begun nothing."""
    events = {stored.code for stored in await desk.storage.events.all()}
    theirs = {one.event_code for one in await desk.storage.applications.of_person(person_id)}
    theirs |= {draft.subject for draft in await desk.storage.memory.drafts(person_id)} & events
    theirs |= {member.event_code for member in await desk.storage.jury.memberships(person_id)}
    return sorted(theirs)


async def may_help(case: Case, person_id: int) -> bool:
    """Whether the one who acts answers this person: as an organizer of an event of theirs, or of all."""
    actor, codes = await actor_of(case), await concerned(case, person_id)
    return any(authorize(actor, Action.ANSWER_PERSON, Target(event=code)) for code in (None, *codes)) or (
        not codes and organizes_anything(actor)
    )


def organizes_anything(actor: Actor) -> bool:
    """Whether there is any event whose people they answer."""
    return any(authorize(actor, Action.ANSWER_PERSON, Target(event=role.event)) for role in actor.roles)


def may_answer(actor: Actor, call: HelpCall) -> bool:
    """Whether a call is theirs to answer: by its events, or by any event where it is nobody's own."""
    if actor.person_id == call.person_id:
        return False
    if authorize(actor, Action.ANSWER_PERSON, Target()):
        return call.events != ADMINS_ONLY or actor.has(RoleKind.ADMIN, None)
    if call.events in ("", ADMINS_ONLY):
        return not call.events and organizes_anything(actor)
    return any(authorize(actor, Action.ANSWER_PERSON, Target(event=code)) for code in call.codes)


async def call_for(case: Case, written_id: str) -> HelpCall | None:
    """The call of this id, for one who may answer it; else None."""
    if not (written_id.isascii() and written_id.isdecimal() and len(written_id) < len(str(2**63))):
        return None
    call = await case.storage.help_calls.get(int(written_id))
    return call if call is not None and may_answer(await actor_of(case), call) else None


async def queue_of(case: Case) -> list[Waiting]:
    """Who waits for an answer of the one who asks, what is urgent first, then whoever waits longest."""
    actor = await actor_of(case)
    if not organizes_anything(actor):
        return []
    return [one for one in await case.storage.help_calls.waiting() if may_answer(actor, one.call)]


async def helpers(desk: Desk, call: HelpCall) -> list[int]:
    """Who hears of a call: whoever may answer it."""
    found = set(await admins(desk))
    if call.events != ADMINS_ONLY:
        found |= await _organizers(desk, call.codes)
    return sorted(found - {call.person_id})


async def helpers_of(desk: Desk, person_id: int, codes: Sequence[str]) -> list[int]:
    """Who would hear of a call of this person, who has to do with these events."""
    return sorted({*await admins(desk), *await _organizers(desk, codes)} - {person_id})


async def is_heard(desk: Desk, people: Sequence[int]) -> bool:
    """Whether what is told to these reaches anybody: somebody who has met the bot and lets it write."""
    found = [await desk.storage.people.get(person_id) for person_id in people]
    return any(one is not None and one.unreachable_code is None for one in found)


async def _organizers(desk: Desk, codes: Sequence[str]) -> set[int]:
    """Whoever organizes these events, or any, where there are none."""
    roles, found = desk.storage.roles, set()
    for code in ("", *(codes or [stored.code for stored in await desk.storage.events.all()])):
        found.update(await roles.with_role(RoleKind.ORGANIZER, code))
        found.update(await roles.with_role(RoleKind.ADMIN, code))
    return found


async def admins(desk: Desk) -> list[int]:
    """Who hears of what can't wait, whosever event it is."""
    return sorted({*desk.facts.admins, *await desk.storage.roles.with_role(RoleKind.ADMIN, "")})


async def is_anybodys_organizer(case: Case) -> bool:
    """Whether the one who acts answers people at all."""
    return organizes_anything(await actor_of(case))


async def may_set_ready(case: Case, event_code: str) -> bool:
    """Whether they write the ready answers of this event; of all events, where the code is empty."""
    return await may(case, Action.ANSWER_PERSON, Target(event=event_code or None))


def taker(call: HelpCall, found: Sequence[int]) -> list[int]:
    """Who hears what the person writes: whoever took the call, while it is still theirs to answer; else all."""
    return [call.taken_by] if call.taken_by in found and call.taken_by is not None else list(found)
