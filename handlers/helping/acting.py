"""What an organizer does about a question beside answering: taking, passing on, closing, giving the person back."""

from __future__ import annotations

from bot.contest.authorize import Action, RoleKind
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_of
from handlers.events import Running, all_events, event_of
from handlers.helping.calling import speak_again
from handlers.helping.helpers import admins, call_for, helpers, may_answer, may_help
from handlers.helping.queue import card
from handlers.helping.wording import QUEUE, open_button, who_and_when
from handlers.kinds import Case
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, not_available, whole
from storage.help_rows import ADMINS_ONLY, HelpCall, events_of

#: Where a call goes that no event's organizer should answer.
TO_ADMINS = "-"
ORGANIZER = RoleKind.ORGANIZER
#: So many events are offered: with the two rows below them they fill a screen.
MOST_EVENTS = 4


async def take(case: Case, argument: str) -> Outcome:
    """«Взять себе»: `12/0` where nobody had it when the button was shown, else `12/<who>`."""
    written, _, seen = argument.partition("/")
    call = await call_for(case, written)
    if call is None:
        return not_available()
    if not call.is_open:
        return await card(case, call)
    if not await case.storage.help_calls.take(call.id, case.person.id, seen=whole(seen), at=case.now):
        return [await _taken(case, call), await card(case, call)]
    await note(case, call, taken=True)
    if call.taken_by is not None and call.taken_by != case.person.id:
        over = Reply(
            "help.taken_over",
            who=case.person.page_name,
            name=await page_name(case, call.person_id),
            buttons=[[open_button(call)]],
        )
        case.tell(call.taken_by, over)
    return await card(case, await _now(case, call))


async def _taken(case: Case, call: HelpCall) -> Reply:
    if call.taken_by is None or call.taken_at is None:
        return Reply("help.changed")
    return Reply("help.already_taken", who=await who_and_when(case, call.taken_by, call.taken_at))


async def pass_on(case: Case, argument: str) -> Outcome:
    """«Передать»: to whom?"""
    call = await call_for(case, argument)
    if call is None:
        return not_available()
    if not call.is_open:
        return await card(case, call)
    found = [one for one in await _others(case, call) if await case.storage.roles.with_role(ORGANIZER, one.code)]
    rows = [
        [Button(label=one.event.short_title, go=f"help_pass_to:{call.id}/{one.code}")] for one in found[:MOST_EVENTS]
    ]
    if call.events != ADMINS_ONLY and await admins(case):
        rows.append([Button("help.to_admins", f"help_pass_to:{call.id}/{TO_ADMINS}")])
    name = await page_name(case, call.person_id)
    return Reply("help.pass_ask" if rows else "help.pass_nobody", name=name, buttons=[*rows, [open_button(call)]])


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
    passed = await _now(case, call)
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


async def close(case: Case, argument: str) -> Outcome:
    """«Закрыть»: nothing is left to answer; the person hears it, and the bot is back."""
    call = await call_for(case, argument)
    if call is None:
        return not_available()
    if await case.storage.help_calls.close(call.id, by=case.person.id, at=case.now):
        await note(case, call, closed=True)
        if call.silent:
            await case.storage.people.silent_until(call.person_id, None)
        told = Reply("help.closed_told", buttons=[[Button("help.more", f"help_more:{call.id}")]])
        if call.silent or call.waiting_at:
            case.tell(call.person_id, told, key=f"help_closed:{call.id}")
    return Reply("help.closed", name=await page_name(case, call.person_id), buttons=[[QUEUE]])


async def release_person(case: Case, argument: str) -> Outcome:
    """«Вернуть боту»: the bot speaks to this person again."""
    person = await case.storage.people.get(whole(argument))
    call = await case.storage.help_calls.open_of(person.id) if person else None
    theirs = call is not None and may_answer(await actor_of(case), call)
    if person is None or not (theirs or await may_help(case, person.id)):
        return not_available()
    if not person.is_left_to_a_human(case.now):
        return Reply("human_person_back")
    await case.storage.people.silent_until(person.id, None)
    if call is not None:
        await speak_again(case, call, by=case.person.id)
    case.tell(person.id, Reply("human_released_waiting" if call and call.waiting_at else "human_released"))
    await case.storage.audit.add(case.person.id, Action.ANSWER_PERSON, f"person:{person.id}", detail(), at=case.now)
    return Reply("human_person_released", buttons=[[QUEUE]])


async def note(case: Case, call: HelpCall, **facts: object) -> None:
    """Keep in the audit log what was done about a call."""
    await case.storage.audit.add(
        case.person.id, Action.ANSWER_PERSON, f"help_call:{call.id}", detail(**facts), at=case.now
    )


async def _now(case: Case, call: HelpCall) -> HelpCall:
    return await case.storage.help_calls.get(call.id) or call
