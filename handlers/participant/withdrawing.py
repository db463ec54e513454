"""Withdrawing an application: asked first, told to those who count on it."""

from __future__ import annotations

from bot.contest.applications import ApplicationState, withdrawing_refusal
from bot.contest.authorize import Action
from bot.contest.phases import Phase
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant.applications import absent, who
from handlers.participant.organizers import tell_organizers, to_card
from handlers.participant.own import own_application
from handlers.participant.wording import refusal_reply
from storage.application_rows import Application


async def withdraw(case: Case, argument: str) -> Reply:
    """Ask whether the person means it."""
    asked = await _asked(case, argument)
    if asked is None:
        return absent()
    running, found = asked
    if refusal := _refusal(running, found):
        return refusal_reply(case, refusal, (Button("open_application", f"application:{found.id}"),))
    return Reply(
        "withdraw",
        number=found.number,
        who=who(found),
        then=case.say("withdraw_then.anew" if is_in_intake(case, running) else "withdraw_then.over"),
        buttons=[
            [Button("withdraw_sure", f"withdraw_sure:{found.id}", colour="negative")],
            [Button("keep_application", f"application:{found.id}")],
        ],
    )


async def withdraw_sure(case: Case, argument: str) -> Reply:
    """Withdraw the application."""
    asked = await _asked(case, argument)
    if asked is None:
        return absent()
    running, found = asked
    if refusal := _refusal(running, found):
        return refusal_reply(case, refusal, (Button("open_application", f"application:{found.id}"),))
    await case.storage.applications.set_state(found.id, ApplicationState.WITHDRAWN, reason=None, at=case.now)
    if not is_in_intake(case, running):
        await _tell(case, running, found)
    rows = [[Button("applications", "applications")], [Button("events", "events")]]
    return Reply("withdrawn", number=found.number, buttons=rows)


def is_in_intake(case: Case, running: Running) -> bool:
    """Whether another application can still be made."""
    return running.phase(case.incoming.said_at) is Phase.INTAKE


async def _tell(case: Case, running: Running, found: Application) -> None:
    """Works are being judged, or places are given already: somebody counts on this application."""
    approved = running.stored.approved_at is not None
    notice = Reply(
        "withdrawn_notice",
        number=found.number,
        who=who(found),
        title=Trusted(running.event.short_title),
        then=case.say("withdrawn_approved") if approved else "",
        buttons=to_card(found),
    )
    await tell_organizers(case, running.code, notice)


async def _asked(case: Case, argument: str) -> tuple[Running, Application] | None:
    found = await own_application(case, argument, Action.WITHDRAW_APPLICATION)
    running = await event_of(case, found.event_code) if found else None
    return None if found is None or running is None else (running, found)


def _refusal(running: Running, found: Application) -> Refusal | None:
    return withdrawing_refusal(found.state, published=running.stored.published_at is not None)
