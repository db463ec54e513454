"""Who signs beside the members of the jury: asked before the approval, afterwards it takes a correction."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.protocol_snapshot import Signers
from bot.talk.model import Button, Open, Outcome, Reply, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.protocols.asking import SIGNERS
from handlers.organizer.protocols.changing import Kind
from handlers.organizer.protocols.listing import protocols
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event

TALK = "protocol_signers"


@of_event(Action.APPROVE_RESULTS)
async def signers(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask for the chair and the secretary."""
    if running.stored.approved_at is not None:
        return _too_late(running)
    answers = {"event": running.code, "what": Kind.SIGNERS.value}
    return Open(TALK, running.code, answers=answers, resume=False)


def _too_late(running: Running) -> Reply:
    return Reply(
        "protocols.signers_late",
        buttons=[
            [Button("protocols.correct", f"protocol_correct:{running.code}")],
            [Button("protocols.back", f"protocols:{running.code}")],
        ],
    )


@finish_of_event(Action.APPROVE_RESULTS)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    if running.stored.approved_at is not None:
        return _too_late(running)
    found = Signers(str(answers["chair"]), str(answers["secretary"]))
    await case.storage.protocols.set_signers(running.code, found)
    await case.storage.audit.add(
        case.person.id,
        "protocol.signers",
        f"event:{running.code}",
        detail(chair=bool(found.chair), secretary=bool(found.secretary)),
        at=case.now,
    )
    return Reply(
        "protocols.signers_kept",
        buttons=[
            [Button("protocols.draft", f"protocol:{running.code}/0")],
            [Button("protocols.back", f"protocols:{running.code}")],
        ],
    )


TALK_OF_SIGNERS = Talk(TALK, event_steps(Action.APPROVE_RESULTS, *SIGNERS), _finish, cancelled=protocols)
