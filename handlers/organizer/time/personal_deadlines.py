"""More time than the rest: whoever has it at an event, and taking it back."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.deadlines import Longer
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.organizer.exports.button import export_button
from handlers.organizer.people import page_name
from handlers.organizer.record import ALIVE
from handlers.organizer.scope import (
    detail,
    event_for,
    not_available,
    of_event,
    the_event,
    whole,
)
from handlers.organizer.wording import back_to_event, lines
from handlers.paging import paged
from handlers.participant.wording import deadline
from storage.deadlines import Given

PAGE = 4


@of_event(Action.EXTEND_FOR_ONE)
async def longer(case: Case, running: Running, more: str) -> Outcome:
    """Whoever has more time at the event; `more`: the page's number."""
    return await listed(case, running, whole(more))


async def longer_revoke(case: Case, written_id: str) -> Outcome:
    """Ask whether that is meant."""
    found = await _given(case, written_id)
    if found is None:
        return not_available()
    running, given = found
    sure = Button("org.longer_revoke_sure", f"longer_revoke_sure:{given.id}", colour="negative")
    return Reply(
        "org.longer_revoke_ask",
        line=await _line(case, given),
        buttons=[[sure], [Button("org.longer", f"longer:{running.code}")]],
    )


async def longer_revoke_sure(case: Case, written_id: str) -> Outcome:
    """Take the time back: the event's own deadline holds again, and they hear of it."""
    found = await _given(case, written_id)
    if found is None:
        return not_available()
    running, given = found
    await case.storage.deadlines.revoke(given.id)
    await note(case, running, given.longer, revoked=True)
    for person_id in await concerned(case, running, given.longer):
        told = Reply("org.told.longer_revoked", title=running.event.title, until=deadline(case, running.closes_at))
        case.tell(person_id, told, key=f"longer_revoked:{given.id}:{person_id}")
    return [Reply("org.longer_revoked"), await listed(case, await the_event(case, running.code), 0)]


async def _given(case: Case, written_id: str) -> tuple[Running, Given] | None:
    given = await case.storage.deadlines.get(whole(written_id))
    running = await event_for(case, given.event_code, Action.EXTEND_FOR_ONE) if given else None
    return None if given is None or running is None else (running, given)


async def listed(case: Case, running: Running, page: int) -> Reply:
    """Everybody who has more time, a page at a time."""
    given = (await case.storage.deadlines.of_event(running.code))[::-1]
    _, shown, turns = paged(given, page, PAGE, f"longer:{running.code}/")
    revoke = [
        [
            Button(
                label=case.say("org.longer_revoke_of", whom=await whom(case, one.longer)),
                go=f"longer_revoke:{one.id}",
            )
        ]
        for one in shown
    ]
    return Reply(
        "org.longer_list" if given else "org.longer_none",
        title=running.event.title,
        until=deadline(case, running.closes_at),
        lines=lines([await _line(case, one) for one in shown]),
        buttons=[
            *revoke,
            [Button("org.longer_give", f"longer_give:{running.code}", colour="primary"), *turns],
            [*([export_button(running.code, "deadlines")] if given else []), back_to_event(running.code)],
        ],
    )


async def _line(case: Case, given: Given) -> str:
    until = calendar.at(given.longer.until, case.facts.zone, now=case.now)
    return case.say("org.longer_line", whom=await whom(case, given.longer), until=until, reason=given.reason)


async def whom(case: Desk, wanted: Longer) -> str:
    """How the person's page or the school is called."""
    if wanted.person_id is not None:
        return await page_name(case, wanted.person_id)
    code = wanted.organisation_code or ""
    return case.facts.directory.get(code).name_short if code in case.facts.directory.codes else code


async def concerned(case: Case, running: Running, wanted: Longer) -> list[int]:
    """Who hears of it: the person, or everybody of the school with an application that takes part."""
    if wanted.person_id is not None:
        return [wanted.person_id]
    found = await case.storage.applications.of_event(running.code, states=ALIVE)
    return sorted({one.person_id for one in found if one.organisation_code == wanted.organisation_code})


async def note(case: Case, running: Running, wanted: Longer, **facts: object) -> None:
    """Put it into the audit log; the reason, which may name people, stays out of it."""
    subject = f"person:{wanted.person_id}" if wanted.person_id else f"organisation:{wanted.organisation_code}"
    await case.storage.audit.add(
        case.person.id, Action.EXTEND_FOR_ONE, subject, detail(event=running.code, **facts), at=case.now
    )
