"""Applications and corrections that were begun and not sent: what they are about, and the way on."""

from __future__ import annotations

from bot.contest.event import Event
from bot.talk.model import Button, Reply
from bot.talk.position import Draft
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.kinds import Case, Desk
from handlers.participant import deadlines
from handlers.participant.applying.form import answers_of
from handlers.participant.applying.questions import left, questions
from storage.application_rows import Application, Contact

#: The talks by name: the application, and the correction of one that was sent.
APPLY, EDIT = "apply", "edit"
#: Which state of the application the answers of a correction were taken from.
REVISION = "_revision"
#: So many drafts have a button beside the applications.
MOST_SHOWN = 2


async def begun(case: Case) -> list[Draft]:
    """Applications that were begun and can still be sent, the newest first."""
    drafts = [draft for draft in await case.storage.memory.drafts(case.person.id) if draft.talk == APPLY]
    return [draft for draft in drafts if draft.trail and await can_be_sent(case, draft)]


async def can_be_sent(case: Case, draft: Draft) -> bool:
    """Whether the intake of its event goes on for this person."""
    running = await event_of(case, draft.subject)
    return running is not None and deadlines.may_apply(case, running)


async def describe(case: Case, draft: Draft) -> str:
    """«заявка на „Создавай со Scratch“: Соколова Вера, осталось 3 вопроса»."""
    running = await event_of(case, draft.subject)
    if running is None:
        return case.say("draft_lost")
    name, count = left(running.event, questions(running.event), draft.answers)
    return case.say(
        "draft_apply",
        title=Trusted(running.event.short_title),
        name=f": {name}" if name else "",
        left=questions_left(case, count),
    )


def questions_left(case: Desk, count: int) -> str:
    """«остался 1 вопрос», «осталось 3 вопроса»."""
    if not count:
        return case.say("draft_to_send")
    one = count % 10 == 1 and count % 100 != 11  # noqa: PLR2004 - the numbers that end as «один» does
    return case.say("draft_question_left" if one else "draft_questions_left", count=count)


async def shown(case: Case) -> tuple[list[str], list[list[Button]]]:
    """Lines and buttons of the drafts, for the list of applications."""
    drafts = (await begun(case))[:MOST_SHOWN]
    lines = [case.say("line_draft", what=Trusted(await describe(case, draft))) for draft in drafts]
    if len(drafts) == 1:
        return lines, [[Button("resume", f"draft_resume:{APPLY}/{drafts[0].subject}", colour="primary")]]
    buttons = [Button(label=await _label(case, draft), go=f"draft_resume:{APPLY}/{draft.subject}") for draft in drafts]
    return lines, [buttons] if buttons else []


def offered(what: str, draft: Draft) -> Reply:
    """The question what becomes of a draft."""
    place = f"{draft.talk}/{draft.subject}"
    return Reply(
        "draft_offered",
        what=what,
        buttons=[
            [Button("resume", f"draft_resume:{place}", colour="primary")],
            [Button("restart", f"draft_restart:{place}"), Button("drop", f"draft_drop:{place}")],
        ],
    )


async def is_answered(case: Case, talk: str, subject: str) -> bool:
    """Whether something was answered in a talk that is being given up."""
    draft = await case.storage.memory.draft(case.person.id, talk, subject)
    return draft is not None and bool(draft.trail)


async def has_unsaved(case: Case, event: Event, application: Application) -> bool:
    """Whether corrections of an application as it still stands were made and not saved."""
    draft = await case.storage.memory.draft(case.person.id, EDIT, str(application.id))
    if draft is None or draft.answers.get(REVISION) != application.revision:
        return False
    contact = await case.storage.applications.contact(application.id)
    before = answers_of(event, application, contact or Contact())
    return any(draft.answers.get(name) != value for name, value in before.items())


async def _label(case: Case, draft: Draft) -> str:
    running = await event_of(case, draft.subject)
    return case.say("line_resume", title=Trusted(running.event.short_title if running else draft.subject))
