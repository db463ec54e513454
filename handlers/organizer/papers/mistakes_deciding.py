"""Deciding about a reported mistake: once, whoever of the organizers is first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.papers.correcting import carry_out, outlook
from handlers.organizer.papers.delivering import deliver
from handlers.organizer.papers.mistakes import decided, mistake_for, paper_mistake, queue_button
from handlers.organizer.scope import detail, not_available
from handlers.organizer.wording import back_to_event
from handlers.participant.papers.own_papers import MINE
from storage.paper_mistakes import Mistake

TALK = "mistake_no"
REASON_LIMIT = 500
#: Ready reasons: texts `mistakes.reasons.<number>`.
READY = 2


async def mistake_yes(case: Case, argument: str) -> Outcome:
    """It is right: the data are put right, the papers made anew, and the person gets the new file."""
    found = await mistake_for(case, argument)
    if found is None:
        return not_available()
    running, mistake = found
    seen = await outlook(case, running, mistake)
    if seen is None or not seen.issued or mistake.state != "asked":
        return await _as_it_is(case, running, mistake)
    await case.storage.paper_mistakes.confirm(mistake.id, by=case.person.id, at=case.now)
    reason = case.say("mistakes.reason", what=case.say(f"mistake.wrong.{mistake.field}").lower())
    papers = await carry_out(case, running, seen, reason=reason)
    await case.storage.audit.add(
        case.person.id,
        Action.CORRECT_PAPER,
        f"paper:{mistake.paper_id}",
        detail(event=running.code, mistake=mistake.id, field=mistake.field, papers=[one.number for one in papers]),
        at=case.now,
    )
    await deliver(case, papers, by=case.person.id)
    if all(one.person_id != mistake.person_id for one in papers):
        fixed = Reply("mistakes.fixed", number=Trusted(mistake.number), buttons=[[MINE]])
        case.tell(mistake.person_id, fixed, key=f"mistake_fixed:{mistake.id}")
    return Reply(
        "mistakes.confirmed",
        number=Trusted(mistake.number),
        count=len(papers),
        buttons=[[queue_button(running.code), back_to_event(running.code)]],
    )


async def mistake_no(case: Case, argument: str) -> Outcome:
    """Ask why it stays as it is."""
    found = await mistake_for(case, argument)
    if found is None:
        return not_available()
    running, mistake = found
    if mistake.state != "asked":
        return await decided(case, running, mistake)
    return Open(TALK, str(mistake.id), resume=False)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    found = await mistake_for(case, subject)
    if found is None or found[1].state != "asked":
        return ()
    return [Step("reason", parse=_read, options=_ready, counted=False, text="mistakes.refuse_ask", limit=REASON_LIMIT)]


async def _ready(case: Case, _answers: Answers) -> Sequence[Option]:
    texts = [case.say(f"mistakes.reasons.{number}") for number in range(1, READY + 1)]
    return [Option(text, text) for text in texts]


async def _read(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text if text.strip() else Refusal("org.reason_expected")


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    found = await mistake_for(case, subject)
    if found is None:
        return not_available()
    running, mistake = found
    if mistake.state != "asked":
        return await decided(case, running, mistake)
    reason = str(answers["reason"])
    await case.storage.paper_mistakes.refuse(mistake.id, reason, by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id,
        Action.CORRECT_PAPER,
        f"paper:{mistake.paper_id}",
        detail(event=running.code, mistake=mistake.id, refused=True),
        at=case.now,
    )
    told = Reply(
        "mistakes.refused_told",
        number=Trusted(mistake.number),
        reason=reason,
        buttons=[[Button("mistake.again", f"mistake:{mistake.paper_id}"), MINE]],
    )
    case.tell(mistake.person_id, told, key=f"mistake_refused:{mistake.id}")
    return Reply(
        "mistakes.refused",
        number=Trusted(mistake.number),
        buttons=[[queue_button(running.code), back_to_event(running.code)]],
    )


async def _as_it_is(case: Case, running: Running, mistake: Mistake) -> Outcome:
    """Decided meanwhile, or nothing would change any more."""
    if mistake.state != "asked":
        return await decided(case, running, mistake)
    return await paper_mistake(case, str(mistake.id))


async def _cancelled(case: Case, subject: str) -> Outcome:
    """«Отмена»: nothing is decided."""
    return await paper_mistake(case, subject)


REFUSING = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
