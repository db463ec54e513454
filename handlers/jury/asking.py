"""«Спросить автора»: a juror's question, without a name on either side."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.helping.inquiry import QUESTION_LIMIT, question_refusal
from bot.contest.quiet import not_before
from bot.contest.refusal import Refusal
from bot.contest.text import shorten
from bot.talk.model import Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.jury.paper import Paper, paper_of, shut
from handlers.jury.showing import as_new, face, refused, work
from handlers.kinds import Case, Desk
from handlers.participant.works.work_answers import TITLE
from storage.application_rows import Application
from storage.jury_questions import JuryQuestion

TALK = "jury_ask"
MOST_TITLE = 80


async def ask(case: Case, assignment_id: str) -> Outcome:
    """«Спросить автора»."""
    paper = await _paper(case, assignment_id)
    if isinstance(paper, Reply):
        return paper
    refusal = _refusal(paper, "?")
    return refused(case, refusal, paper.event.code) if refusal else Open(TALK, assignment_id, resume=False)


async def _paper(case: Case, assignment_id: str) -> Paper | Reply:
    """The work, while its author may be asked."""
    paper = await paper_of(case, assignment_id, Action.ASK_AUTHOR)
    if isinstance(paper, Refusal):
        return refused(case, paper)
    refusal = shut(case, paper)
    return refused(case, refusal, paper.event.code) if refusal else paper


def _refusal(paper: Paper, text: str) -> Refusal | None:
    juror = paper.seat.juror
    waiting = sum(one.juror_id == juror.person_id and one.answered_at is None for one in paper.inquiries)
    return question_refusal(text, own_names=[juror.full_name], waiting=waiting)


async def _steps(case: Case, assignment_id: str) -> Sequence[Step]:
    paper = await _paper(case, assignment_id)
    if isinstance(paper, Reply):
        return ()
    held = paper

    async def read(_case: Case, _answers: Answers, text: str) -> str | Refusal:
        return _refusal(held, text) or text

    return [Step("text", parse=read, counted=False, limit=QUESTION_LIMIT)]


async def _finish(case: Case, assignment_id: str, answers: Answers) -> Outcome:
    paper = await _paper(case, assignment_id)
    if isinstance(paper, Reply):
        return paper
    if refusal := _refusal(paper, str(answers["text"])):
        return refused(case, refusal, paper.event.code)
    application_id, zone = paper.card.assignment.application_id, case.facts.zone
    due_at = not_before(case.now, zone)
    questions = case.storage.jury_questions
    question = await questions.ask(application_id, case.person.id, str(answers["text"]), at=case.now, due_at=due_at)
    await case.storage.audit.add(
        case.person.id, Action.ASK_AUTHOR, f"application:{application_id}", {"question": question}, at=case.now
    )
    await tell_authors(case)
    after = await paper_of(case, assignment_id, Action.VIEW_WORK)
    key = "jury.asked" if due_at <= case.now else "jury.asked_at_night"
    asked = Reply(key, at=calendar.near(due_at, case.now, zone))
    return [asked, refused(case, after) if isinstance(after, Refusal) else as_new(face(case, after))]


async def tell_authors(desk: Desk) -> None:
    """Authors are told what the jury asks: at once, and what was asked at night in the morning."""
    for question in await desk.storage.jury_questions.due(desk.now):
        await desk.storage.jury_questions.told(question.id, at=desk.now)
        application = await desk.storage.applications.get(question.application_id)
        if application is not None and question.text and await is_answerable(desk, application):
            desk.tell(application.person_id, _asked(desk, application, question), key=f"jury_question:{question.id}")


async def is_answerable(desk: Desk, application: Application) -> bool:
    """Whether an answer may still be of use: the work takes part and the protocol is not approved."""
    running = await event_of(desk, application.event_code)
    return (
        running is not None
        and application.state is ApplicationState.ACCEPTED
        and running.stored.approved_at is None
        and running.stored.published_at is None
    )


def _asked(desk: Desk, application: Application, question: JuryQuestion) -> Reply:
    title = str(application.answers.get(TITLE) or "")
    return Reply(
        "author.asked",
        number=application.number,
        title=Trusted(desk.say("author.title", title=shorten(title, MOST_TITLE))) if title else "",
        text=question.text,
        buttons=[[Button("author_answer", f"author_answer:{question.id}", colour="primary")]],
    )


JURY_ASK = Talk(TALK, steps=_steps, finish=_finish, cancelled=work)
