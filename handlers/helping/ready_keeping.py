"""«Готовые ответы»: organizers add, change and take them away in the chat."""

from __future__ import annotations

from bot.contest.authorize import Action, Target, authorize
from bot.contest.text import fold
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.events import event_of
from handlers.helping.helpers import is_anybodys_organizer, may_set_ready
from handlers.helping.ready import PAGE, Ready, all_ready
from handlers.helping.wording import QUEUE
from handlers.kinds import Case
from handlers.organizer.scope import detail, not_available, whole
from handlers.paging import paged

ALL = Button("ready.all", "ready")


async def ready(case: Case, argument: str) -> Outcome:
    """All that the one who asks may see; `argument`: the number of the page."""
    found = await _mine(case)
    if not await is_anybodys_organizer(case):
        return not_available()
    _, shown, turns = paged(found, whole(argument), PAGE, "ready:")
    buttons = [Button(label=one.title, go=f"ready_one:{one.mark}") for one in shown]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    last = [Button("ready.add", "ready_add"), *turns, QUEUE]
    return Reply("ready.list", count=len(found), buttons=[*rows, last])


async def typed(case: Case, word: str) -> Outcome:
    """«готовые ответы», written by whoever may; None: it is something else."""
    if fold(word) != fold("готовые ответы") or not await is_anybodys_organizer(case):
        return None
    return await ready(case, "")


async def ready_one(case: Case, mark: str) -> Outcome:
    """One of them, as it is written."""
    one = await _of(case, mark)
    if one is None:
        return not_available()
    running = await event_of(case, one.event_code) if one.event_code else None
    change = [Button("ready.change", f"ready_change:{mark}"), Button("ready.drop", f"ready_drop:{mark}")]
    return Reply(
        "ready.one",
        title=one.title,
        text=Trusted(one.text),
        place=running.event.title if running else case.say("ready.for_all"),
        buttons=[change if await may_set_ready(case, one.event_code) else [], [ALL]],
    )


async def ready_drop(case: Case, mark: str) -> Outcome:
    """Sure?"""
    one = await changeable(case, mark)
    if one is None:
        return not_available()
    sure = Button("ready.drop_sure", f"ready_drop_sure:{mark}", colour="negative")
    return Reply("ready.drop_ask", title=one.title, buttons=[[sure, Button("ready.keep", f"ready_one:{mark}")]])


async def ready_drop_sure(case: Case, mark: str) -> Outcome:
    """Take it away."""
    one = await changeable(case, mark)
    if one is None:
        return not_available()
    if one.is_preset:
        await case.storage.ready_answers.put_preset(mark, one.title, None, by=case.person.id, at=case.now)
    else:
        await case.storage.ready_answers.drop(int(mark))
    await note(case, mark, dropped=True)
    return Reply("ready.dropped", title=one.title, buttons=[[ALL]])


async def _mine(case: Case) -> list[Ready]:
    actor = await actor_of(case)

    def is_seen(one: Ready) -> bool:
        return not one.event_code or authorize(actor, Action.ANSWER_PERSON, Target(event=one.event_code))

    return [one for one in await all_ready(case) if is_seen(one)]


async def _of(case: Case, mark: str) -> Ready | None:
    """One that they may see."""
    if not await is_anybodys_organizer(case):
        return None
    return next((one for one in await _mine(case) if one.mark == mark), None)


async def changeable(case: Case, mark: str) -> Ready | None:
    """One that they may change."""
    one = await _of(case, mark)
    return one if one is not None and await may_set_ready(case, one.event_code) else None


async def note(case: Case, mark: str, **facts: object) -> None:
    """Keep in the audit log what became of a ready answer."""
    await case.storage.audit.add(
        case.person.id, Action.ANSWER_PERSON, f"ready_answer:{mark}", detail(**facts), at=case.now
    )
