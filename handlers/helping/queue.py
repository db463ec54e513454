"""«Вопросы»: who waits for an answer, the oldest first; and the card of one question."""

from __future__ import annotations

from bot.contest.authorize import Action, Target, authorize
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.events import event_of
from handlers.helping.helpers import call_for, is_anybodys_organizer, queue_of
from handlers.helping.wording import QUEUE, age, dialog, moment, resendable, shown, who_and_when
from handlers.kinds import Case
from handlers.organizer.people import page_name
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import lines
from handlers.paging import paged
from storage.help_rows import HelpCall, HelpWord, Waiting

PAGE = 5
#: So much of the first words stands in the list.
MOST_OF_LINE = 120
#: So many applications have a button.
MOST_APPLICATIONS = 2
DESK = Button("org.desk", "desk")
READY = Button("ready.all", "ready")


async def questions(case: Case, argument: str) -> Outcome:
    """Who waits; `argument`: the number of the page."""
    if not await is_anybodys_organizer(case):
        return not_available()
    found = await queue_of(case)
    if not found:
        return Reply("help.nobody", buttons=[[READY], [DESK]])
    page, part, turns = paged(found, whole(argument), PAGE, "questions:")
    numbered = list(enumerate(part, start=page * PAGE + 1))
    return Reply(
        "help.list",
        count=len(found),
        lines=lines([await _line(case, number, one) for number, one in numbered]),
        buttons=[
            *([Button(label=_label(number, one), go=f"question:{one.call.id}")] for number, one in numbered),
            [*turns, READY, DESK],
        ],
    )


async def typed(case: Case, word: str) -> Outcome:
    """«вопросы», written by whoever answers any; None: it is something else."""
    if word.strip().casefold() not in ("вопросы", "вопросы людей") or not await is_anybodys_organizer(case):
        return None
    return await questions(case, "")


async def question_button(case: Case) -> list[Button]:
    """The way from the organizer's desk, while somebody waits: «Вопросы (3)»."""
    count = len(await queue_of(case))
    return [Button(label=case.say("help.desk", count=count), go="questions", colour="primary")] if count else []


async def question(case: Case, argument: str) -> Outcome:
    """One question: who, where they stood, and what was said."""
    call = await call_for(case, argument)
    return not_available() if call is None else await card(case, call)


async def card(case: Case, call: HelpCall) -> Reply:
    """The card of a call, with what may be done about it."""
    words = await case.storage.help_calls.words(call.id)
    return Reply(
        "help.card",
        name=await page_name(case, call.person_id),
        person=call.person_id,
        lines=lines([case.say("help.is_urgent") if call.urgent else "", *await _facts(case, call)]),
        dialog=await dialog(case, call, words),
        attachments=resendable([thing for one in words for thing in one.things]),
        buttons=await _buttons(case, call, words),
    )


async def _facts(case: Case, call: HelpCall) -> list[str]:
    running = await event_of(case, call.event_code) if call.event_code else None
    found = [case.say("help.event", title=running.event.title)] if running else []
    found += [case.say("help.step", step=Trusted(call.step))] if call.step else []
    if call.failed_at is not None:
        found.append(case.say("human_error", at=moment(case, call.failed_at)).strip())
    if not call.is_open:
        found.append(case.say("help.is_closed"))
    elif call.waiting_at is not None:
        found.append(case.say("help.waits", age=age(case, call.waiting_at)))
    else:
        found.append(case.say("help.is_answered"))
    if call.taken_by is not None and call.taken_at is not None:
        who = await who_and_when(case, call.taken_by, call.taken_at)
        found.append(case.say("help.taken_by_me" if call.taken_by == case.person.id else "help.taken_by", who=who))
    return [*found, case.say("help.bot_is_silent" if call.silent else "help.bot_answers")]


async def _buttons(case: Case, call: HelpCall, words: list[HelpWord]) -> list[list[Button]]:
    rows = await _applications(case, call)
    if not call.is_open:
        return [*rows, [QUEUE, DESK]]
    place = f"{call.id}/{words[-1].id if words else 0}"
    take = [] if call.taken_by == case.person.id else [Button("help.take", f"help_take:{call.id}/{call.taken_by or 0}")]
    silent = [Button("release_person", f"release_person:{call.person_id}")] if call.silent else []
    return [
        [Button("help.answer", f"help_answer:{place}", colour="primary"), Button("help.ready", f"help_ready:{place}")],
        [*take, Button("help.pass", f"help_pass:{call.id}")],
        [*silent, Button("help.close", f"help_close:{place}")],
        *rows,
        [QUEUE, DESK],
    ]


async def _applications(case: Case, call: HelpCall) -> list[list[Button]]:
    """The person's newest applications, as far as they may be seen; else their event."""
    actor = await actor_of(case)
    mine = await case.storage.applications.of_person(call.person_id)
    seen = [one for one in mine if authorize(actor, Action.VIEW_APPLICATION, Target(event=one.event_code))]
    row = [Button(label=one.number, go=f"moderate:{one.id}") for one in seen[::-1][:MOST_APPLICATIONS]]
    if not row and call.event_code and authorize(actor, Action.VIEW_COUNTS, Target(event=call.event_code)):
        row = [Button("org.event", f"desk_event:{call.event_code}")]
    return [row] if row else []


async def _line(case: Case, number: int, one: Waiting) -> str:
    running = await event_of(case, one.call.event_code) if one.call.event_code else None
    return case.say(
        "help.list_line",
        number=number,
        urgent=case.say("help.urgent_mark") if one.call.urgent else "",
        name=one.page_name,
        age=age(case, one.call.waiting_at or one.call.opened_at),
        title=Trusted(case.say("help.list_event", title=running.event.short_title)) if running else "",
        taken=case.say("help.list_taken") if one.call.taken_by else "",
        text=Trusted(shown(case, one.first_words, most=MOST_OF_LINE)) or case.say("help.no_words"),
    )


def _label(number: int, one: Waiting) -> str:
    return f"{number}. {one.page_name}"
