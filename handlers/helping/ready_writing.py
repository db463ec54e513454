"""Writing a ready answer, or writing it anew."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action, Target, authorize
from bot.contest.helping.ready import MOST, TEXT_LIMIT, text_refusal, title_refusal
from bot.contest.refusal import Refusal
from bot.talk.model import Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.events import all_events
from handlers.helping.helpers import is_anybodys_organizer, may_set_ready
from handlers.helping.ready import all_ready
from handlers.helping.ready_keeping import ALL, changeable, note, ready, ready_one
from handlers.helping.wording import QUEUE
from handlers.kinds import Case
from handlers.organizer.scope import not_available

NEW, CHANGE = "ready_new", "ready_change"
#: The answer of a talk about a new one that fits any event.
FOR_ALL = "-"
#: What is too long for a button is refused in words of its own.
TITLE_TYPED = 200


async def ready_add(case: Case, _argument: str) -> Outcome:
    """A new one."""
    return Open(NEW, resume=False) if await is_anybodys_organizer(case) else not_available()


async def ready_change(case: Case, mark: str) -> Outcome:
    """Other words."""
    one = await changeable(case, mark)
    return not_available() if one is None else Open(CHANGE, mark, {"was": one.title, "now": one.text}, resume=False)


async def _places(case: Case, _answers: Answers) -> Sequence[Option]:
    """For which events: the live ones of the organizer; for all, whoever answers at all."""
    actor = await actor_of(case)
    codes = [Option(case.say("button.ready.for_all"), FOR_ALL)] if await may_set_ready(case, "") else []
    known = await all_events(case)
    live = [one for one in known if one.stored.published_at is None] or known
    return codes + [
        Option(one.event.short_title, one.code)
        for one in live
        if authorize(actor, Action.ANSWER_PERSON, Target(event=one.code))
    ]


async def _title(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return title_refusal(text) or text.strip()


async def _text(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text_refusal(text) or text.strip()


async def _old_title(_case: Case, answers: Answers) -> Sequence[Option]:
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
    if await changeable(case, mark) is None:
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
    await note(case, str(mark), added=True)
    return Reply("ready.added", title=str(answers["title"]), buttons=[[ALL, QUEUE]])


async def _changed(case: Case, mark: str, answers: Answers) -> Outcome:
    one = await changeable(case, mark)
    if one is None or "text" not in answers:
        return not_available()
    title, text, by = str(answers["title"]), str(answers["text"]), case.person.id
    if one.is_preset:
        await case.storage.ready_answers.put_preset(mark, title, text, by=by, at=case.now)
    else:
        await case.storage.ready_answers.change(int(mark), title, text, by=by, at=case.now)
    await note(case, mark, changed=True)
    return Reply("ready.changed", title=title, buttons=[[ALL, QUEUE]])


async def _cancelled(case: Case, subject: str) -> Outcome:
    return await ready_one(case, subject) if subject else await ready(case, "")


TALKS = (
    Talk(NEW, steps=_new_steps, finish=_added, cancelled=_cancelled),
    Talk(CHANGE, steps=_change_steps, finish=_changed, cancelled=_cancelled),
)
