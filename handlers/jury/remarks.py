"""Two small talks beside a card: a comment for the organizers, and a conflict of interest with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.scoring import conflict_refusal
from bot.talk.model import Open, Option, Outcome, Reply, Step, Talk, fixed
from bot.talk.position import Answers
from handlers.jury.conflicts import declare_conflict
from handlers.jury.paper import paper_of, shut
from handlers.jury.seat import Judging, judging
from handlers.jury.showing import as_new, next_card, refused, work
from handlers.kinds import Case

COMMENT_LIMIT = 1000
REASON_LIMIT = 300
REASONS = ("button.jury_conflict_pupil", "button.jury_conflict_relative", "button.jury_conflict_school")
#: Takes a comment back.
NOTHING = ""


async def comment(case: Case, assignment_id: str) -> Outcome:
    """«Комментарий»."""
    return await _open(case, assignment_id, Action.SCORE, "jury_comment")


async def conflict(case: Case, assignment_id: str) -> Outcome:
    """«Конфликт интересов»."""
    return await _open(case, assignment_id, Action.DECLARE_CONFLICT, "jury_conflict")


async def _open(case: Case, assignment_id: str, action: Action, talk: str) -> Outcome:
    paper = await paper_of(case, assignment_id, action)
    if isinstance(paper, Refusal):
        return refused(case, paper)
    refusal = shut(case, paper)
    if refusal:
        return refused(case, refusal, paper.event.code)
    return Open(talk, assignment_id, {"had_comment": True} if paper.card.assignment.comment else {}, resume=False)


async def _words(_case: Case, _answers: Answers, text: str) -> object:
    return text if text.strip() else Refusal("jury.comment_expected")


async def _no_comment(case: Case, answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.jury_no_comment"), NOTHING)] if answers.get("had_comment") else []


async def _commented(case: Case, assignment_id: str, answers: Answers) -> Outcome:
    paper = await paper_of(case, assignment_id, Action.SCORE)
    if isinstance(paper, Refusal):
        return refused(case, paper)
    if refusal := shut(case, paper):
        return refused(case, refusal, paper.event.code)
    await case.storage.jury.set_comment(paper.id, answers["text"] or None)
    await case.storage.audit.add(
        case.person.id, "jury.comment", f"assignment:{paper.id}", {"given": bool(answers["text"])}, at=case.now
    )
    return await work(case, assignment_id)


async def _reasons(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(label, label) for label in map(case.say, REASONS)]


async def _reason(_case: Case, _answers: Answers, text: str) -> object:
    return conflict_refusal(text, closed=False) or text


async def _in_conflict(case: Case, assignment_id: str, answers: Answers) -> Outcome:
    paper = await paper_of(case, assignment_id, Action.DECLARE_CONFLICT)
    if isinstance(paper, Refusal):
        return refused(case, paper)
    closed = judging(case, paper.seat.running) is Judging.CLOSED
    refusal = conflict_refusal(answers["reason"], closed=closed) or shut(case, paper)
    if refusal:
        return refused(case, refusal, paper.event.code)
    await declare_conflict(case, paper.card, paper.seat.juror, answers["reason"])
    after = await paper_of(case, assignment_id, Action.VIEW_WORK)
    if isinstance(after, Refusal):
        return refused(case, after)
    return [Reply("jury.conflict_done"), as_new(await next_card(case, after.seat, after))]


JURY_COMMENT = Talk(
    "jury_comment",
    steps=fixed(Step("text", parse=_words, options=_no_comment, limit=COMMENT_LIMIT)),
    finish=_commented,
    cancelled=work,
)
JURY_CONFLICT = Talk(
    "jury_conflict",
    steps=fixed(Step("reason", parse=_reason, options=_reasons, limit=REASON_LIMIT)),
    finish=_in_conflict,
    cancelled=work,
)
