"""The author answers a question of the jury: words, a link, a photo or a file, without learning who asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest.authorize import Action
from bot.contest.helping.inquiry import ANSWER_LIMIT, answer_refusal
from bot.contest.refusal import Refusal
from bot.contest.text import too_long
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.helping.wording import resendable
from handlers.jury.asking import is_answerable
from handlers.jury.inquiries import words_shown
from handlers.kinds import Case
from handlers.participant.own import own_application
from handlers.participant.works.work_answers import TITLE
from storage.application_rows import Application
from storage.help_rows import Thing
from storage.jury_questions import JuryQuestion

TALK = "author_answer"
MENU = Button("to_menu", "menu")
#: What an answer may bring.
KINDS = ("photo", "doc", "video", "link", "wall")


async def answer(case: Case, question_id: str) -> Outcome:
    """«Ответить жюри»."""
    found = await _own(case, question_id)
    if found is None:
        return Reply("not_available")
    return await _why_not(case, *found) or Open(TALK, question_id, resume=False)


async def _own(case: Case, question_id: str) -> tuple[JuryQuestion, Application] | None:
    """The question about a work of one's own."""
    if not (question_id.isascii() and question_id.isdecimal() and len(question_id) < len(str(2**63))):
        return None
    question = await case.storage.jury_questions.get(int(question_id))
    if question is None:
        return None
    application = await own_application(case, str(question.application_id), Action.ANSWER_JURY)
    return None if application is None or not question.text else (question, application)


async def _why_not(case: Case, question: JuryQuestion, application: Application) -> Reply | None:
    if question.answered_at is not None:
        return Reply("author.answered_before", buttons=[[MENU]])
    return None if await is_answerable(case, application) else Reply("author.late", buttons=[[MENU]])


async def _steps(case: Case, question_id: str) -> Sequence[Step]:
    found = await _own(case, question_id)
    if found is None or await _why_not(case, *found) is not None:
        return ()
    question, application = found
    running = await event_of(case, application.event_code)
    blind = running is not None and running.event.jury is not None and running.event.jury.blind
    people = [f"{one.name.surname} {one.name.name}" for one in application.participants]
    names = [*people, *((application.supervisor or "").split(", ")), case.person.last_name or ""]

    async def read(_case: Case, _answers: Answers, text: str) -> dict[str, Any] | Refusal:
        refusal = answer_refusal(text, names=names, blind=blind)
        if refusal is None and not text.strip():
            refusal = Refusal("author.expected")
        return refusal or {"text": text, "things": []}

    async def receive(case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> dict[str, Any] | Refusal:
        text = case.incoming.text
        refusal = too_long(text, ANSWER_LIMIT) or answer_refusal(text, names=names, blind=blind)
        things = [[one.kind, one.id] for one in attachments if one.kind in KINDS and one.id]
        if refusal is None and not things and not text.strip():
            refusal = Refusal("author.expected")
        return refusal or {"text": text, "things": things}

    async def about(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"text": question.text, "blind": case.say("author.blind") if blind else ""}

    return [Step("answer", parse=read, receive=receive, values=about, counted=False, limit=ANSWER_LIMIT)]


async def _finish(case: Case, question_id: str, answers: Answers) -> Outcome:
    found = await _own(case, question_id)
    if found is None:
        return Reply("not_available")
    question, application = found
    if (why := await _why_not(case, *found)) is not None or "answer" not in answers:
        return why
    text = str(answers["answer"]["text"])
    things = [Thing(kind, id_) for kind, id_ in answers["answer"]["things"]]
    await case.storage.jury_questions.answer(question.id, text, things, at=case.now)
    await _tell_juror(case, question, application, text, things)
    return Reply("author.thanks", buttons=[[Button("applications", "applications"), MENU]])


async def _tell_juror(
    case: Case, question: JuryQuestion, application: Application, text: str, things: Sequence[Thing]
) -> None:
    """Whoever asked hears the answer, while the work is theirs."""
    running = await event_of(case, application.event_code)
    places = await case.storage.jury.places(application.event_code, question.juror_id)
    held = next((one.assignment for one in places if one.assignment.application_id == application.id), None)
    if running is None or held is None or held.state == "conflict":
        return
    told = Reply(
        "jury.inquiry.told",
        work=str(application.answers.get(TITLE) or application.number),
        question=question.text,
        text=words_shown(running.event, application.nomination, text) or Trusted(case.say("jury.inquiry.no_words")),
        attachments=resendable(things),
        buttons=[[Button("jury_open_work", f"jury_work:{held.id}", colour="primary")]],
    )
    case.tell(question.juror_id, told, key=f"jury_answer:{question.id}")


AUTHOR_ANSWER = Talk(TALK, steps=_steps, finish=_finish)
