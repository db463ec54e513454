"""«Готовые ответы»: organizers add, change and take them away in the chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action, Target, authorize
from bot.contest.helping.ready import MOST, TEXT_LIMIT, text_refusal, title_refusal
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.events import all_events, event_of
from handlers.helping.helpers import is_anybodys_organizer, may_set_ready
from handlers.helping.ready import PAGE, Ready, all_ready
from handlers.helping.wording import QUEUE
from handlers.kinds import Case
from handlers.organizer.scope import detail, not_available, whole

NEW, CHANGE = "ready_new", "ready_change"
#: Subject of the talk about a new one.
FOR_ALL = "-"
ALL = Button("ready.all", "ready")
#: Labels have 40 characters; longer texts are typed.
TITLE_TYPED = 200


async def ready(case: Case, argument: str) -> Outcome:
    """All that the one who asks may see; `argument`: the number of the page."""
    found = await _mine(case)
    if not await is_anybodys_organizer(case):
        return not_available()
    page = whole(argument) if whole(argument) * PAGE < len(found) else 0
    buttons = [
        Button(label=one.title, go=f"ready_one:{one.mark}") for one in found[page * PAGE : (page + 1) * PAGE]
    ]
    turns = [
        Button(turn, f"ready:{to}")
        for turn, to in (("org.before", page - 1), ("org.after", page + 1))
        if 0 <= to * PAGE < len(found)
    ]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Reply("ready.list", count=len(found), buttons=[*rows, [Button("ready.add", "ready_add"), *turns, QUEUE]])


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
    one = await _changeable(case, mark)
    if one is None:
        return not_available()
    sure = Button("ready.drop_sure", f"ready_drop_sure:{mark}", colour="negative")
    return Reply("ready.drop_ask", title=one.title, buttons=[[sure, Button("ready.keep", f"ready_one:{mark}")]])


async def ready_drop_sure(case: Case, mark: str) -> Outcome:
    """Take it away."""
    one = await _changeable(case, mark)
    if one is None:
        return not_available()
    if one.is_preset:
        await case.storage.ready_answers.put_preset(mark, one.title, None, by=case.person.id, at=case.now)
    else:
        await case.storage.ready_answers.drop(int(mark))
    await _note(case, mark, dropped=True)
    return Reply("ready.dropped", title=one.title, buttons=[[ALL]])


async def ready_add(case: Case, _argument: str) -> Outcome:
    """A new one."""
    return Open(NEW, resume=False) if await is_anybodys_organizer(case) else not_available()


async def ready_change(case: Case, mark: str) -> Outcome:
    """Other words."""
    one = await _changeable(case, mark)
    return not_available() if one is None else Open(CHANGE, mark, {"was": one.title, "now": one.text}, resume=False)


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


async def _changeable(case: Case, mark: str) -> Ready | None:
    one = await _of(case, mark)
    return one if one is not None and await may_set_ready(case, one.event_code) else None


async def _places(case: Case, _answers: Answers) -> Sequence[Option]:
    """For which events: the live ones of the organizer; for all, whoever answers at all."""
    actor = await actor_of(case)
    codes = [Option(case.say("button.ready.for_all"), FOR_ALL)] if await may_set_ready(case, "") else []
    live = [one for one in await all_events(case) if one.stored.published_at is None]
    return codes + [
        Option(one.event.short_title, one.code)
        for one in live
        if authorize(actor, Action.ANSWER_PERSON, Target(event=one.code))
    ]


async def _title(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return title_refusal(text) or text.strip()


async def _text(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text_refusal(text) or text.strip()


async def _old_title(case: Case, answers: Answers) -> Sequence[Option]:
    return [Option(str(answers["was"]), str(answers["was"]))]


async def _old_text(_case: Case, answers: Answers) -> dict[str, object]:
    return {"now": Trusted(str(answers["now"]))}


async def _new_steps(case: Case, _subject: str) -> Sequence[Step]:
    if not await is_anybodys_organizer(case):
        return ()
    return [
        Step("place", options=_places, counted=False),
        Step("title", parse=_title, counted=False, limit=TITLE_TYPED),
        Step("text", parse=_text, counted=False, limit=TEXT_LIMIT),
    ]


async def _change_steps(case: Case, mark: str) -> Sequence[Step]:
    if await _changeable(case, mark) is None:
        return ()
    return [
        Step("title", parse=_title, options=_old_title, counted=False, limit=TITLE_TYPED),
        Step("text", parse=_text, values=_old_text, counted=False, limit=TEXT_LIMIT),
    ]


async def _added(case: Case, _subject: str, answers: Answers) -> Outcome:
    code = "" if answers.get("place") == FOR_ALL else str(answers.get("place", ""))
    if "text" not in answers or not await may_set_ready(case, code):
        return not_available()
    if sum(one.event_code == code for one in await all_ready(case)) >= MOST:
        return Reply("ready.many", most=MOST, buttons=[[ALL]])
    mark = await case.storage.ready_answers.add(
        code, str(answers["title"]), str(answers["text"]), by=case.person.id, at=case.now
    )
    await _note(case, str(mark), added=True)
    return Reply("ready.added", title=str(answers["title"]), buttons=[[ALL, QUEUE]])


async def _changed(case: Case, mark: str, answers: Answers) -> Outcome:
    one = await _changeable(case, mark)
    if one is None or "text" not in answers:
        return not_available()
    title, text, by = str(answers["title"]), str(answers["text"]), case.person.id
    if one.is_preset:
        await case.storage.ready_answers.put_preset(mark, title, text, by=by, at=case.now)
    else:
        await case.storage.ready_answers.change(int(mark), title, text, by=by, at=case.now)
    await _note(case, mark, changed=True)
    return Reply("ready.changed", title=title, buttons=[[ALL, QUEUE]])


async def _note(case: Case, mark: str, **facts: object) -> None:
    await case.storage.audit.add(
        case.person.id, Action.ANSWER_PERSON, f"ready_answer:{mark}", detail(**facts), at=case.now
    )


async def _cancelled(case: Case, subject: str) -> Outcome:
    return await ready_one(case, subject) if subject else await ready(case, "")


TALKS = (
    Talk(NEW, steps=_new_steps, finish=_added, cancelled=_cancelled),
    Talk(CHANGE, steps=_change_steps, finish=_changed, cancelled=_cancelled),
)
