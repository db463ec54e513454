"""«Передать»: a question becomes another event's organizers', or the administrators'."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_of
from handlers.events import Running, all_events, event_of
from handlers.helping.acting import as_now, note
from handlers.helping.helpers import admins, call_for, helpers, may_answer
from handlers.helping.queue import card
from handlers.helping.wording import QUEUE, open_button
from handlers.kinds import Case
from handlers.organizer.people import page_name
from handlers.organizer.scope import not_available, whole
from handlers.paging import paged
from storage.help_rows import ADMINS_ONLY, HelpCall, events_of

#: Where a call goes that no event's organizer should answer.
TO_ADMINS = "-"
#: So many events stand on a page: with the two rows below them they fill a screen.
PAGE = 4


async def pass_on(case: Case, argument: str) -> Outcome:
    """«Передать»: to whom? `12`, or `12/1` for a page."""
    written, _, number = argument.partition("/")
    call = await call_for(case, written)
    if call is None:
        return not_available()
    if not call.is_open:
        return await card(case, call)
    roles = case.storage.roles
    found = [one for one in await _others(case, call) if await roles.with_role(RoleKind.ORGANIZER, one.code)]
    _, shown, turns = paged(found, whole(number), PAGE, f"help_pass:{call.id}/")
    rows = [[Button(label=one.event.short_title, go=f"help_pass_to:{call.id}/{one.code}")] for one in shown]
    if call.events != ADMINS_ONLY and await admins(case):
        rows.append([Button("help.to_admins", f"help_pass_to:{call.id}/{TO_ADMINS}")])
    name = await page_name(case, call.person_id)
    last = [*turns, open_button(call)]
    return Reply("help.pass_ask" if rows else "help.pass_nobody", name=name, buttons=[*rows, last])


async def _others(case: Case, call: HelpCall) -> list[Running]:
    """The other events that are not over, those first whose intake goes on."""
    live = [one for one in await all_events(case) if one.stored.published_at is None and call.codes != (one.code,)]
    return sorted(live, key=lambda one: one.closes_at < case.now)


async def pass_to(case: Case, argument: str) -> Outcome:
    """It is the question of another event's organizers now, or of the administrators; they hear of it."""
    written, _, code = argument.partition("/")
    call = await call_for(case, written)
    running = await event_of(case, code) if code != TO_ADMINS else None
    if call is None or (running is None and code != TO_ADMINS):
        return not_available()
    events = events_of([running.code]) if running else ADMINS_ONLY
    if not await case.storage.help_calls.pass_on(call.id, events=events, event_code=running.code if running else None):
        return await card(case, call)
    await note(case, call, passed_to=code)
    passed = await as_now(case, call)
    notice = Reply(
        "help.passed",
        who=case.person.page_name,
        name=await page_name(case, call.person_id),
        buttons=[[open_button(call)]],
    )
    for person_id in await helpers(case, passed):
        if person_id != case.person.id:
            case.tell(person_id, notice)
    to = running.event.title if running else case.say("help.admins")
    own = [open_button(call)] if may_answer(await actor_of(case), passed) else []
    return Reply("help.passed_to", to=to, buttons=[own, [QUEUE]])
