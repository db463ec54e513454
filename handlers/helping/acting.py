"""What an organizer does about a question beside answering: taking, passing on, closing, giving the person back."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_of
from handlers.helping.calling import speak_again
from handlers.helping.helpers import call_for, may_answer, may_help
from handlers.helping.queue import card
from handlers.helping.wording import QUEUE, open_button, who_and_when
from handlers.kinds import Case
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, not_available, whole
from storage.help_rows import HelpCall


async def take(case: Case, argument: str) -> Outcome:
    """«Взять себе»: `12/0` where nobody had it when the button was shown, else `12/<who>`."""
    written, _, seen = argument.partition("/")
    call = await call_for(case, written)
    if call is None:
        return not_available()
    if not call.is_open or call.taken_by == case.person.id:
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
    return await card(case, await as_now(case, call))


async def _taken(case: Case, call: HelpCall) -> Reply:
    if call.taken_by is None or call.taken_at is None:
        return Reply("help.changed")
    return Reply("help.already_taken", who=await who_and_when(case, call.taken_by, call.taken_at))


async def close(case: Case, argument: str) -> Outcome:
    """«Закрыть»: nothing is left to answer; the person hears it, and the bot is back.

    `12/45`: the call and the last of its words when the button was shown; what was said since is read first.
    """
    written, _, seen = argument.partition("/")
    call = await call_for(case, written)
    if call is None:
        return not_available()
    words = await case.storage.help_calls.words(call.id) if call.is_open else []
    if any(one.id > whole(seen) and one.author_id == call.person_id for one in words):
        return [Reply("help.said_since"), await card(case, call)]
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


async def as_now(case: Case, call: HelpCall) -> HelpCall:
    """The call after what was done about it."""
    return await case.storage.help_calls.get(call.id) or call
