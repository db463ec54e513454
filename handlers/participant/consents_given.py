"""The consents of an application: what was decided, and taking a consent back."""

from __future__ import annotations

from bot.contest.applications import ApplicationState, withdrawing_refusal
from bot.contest.authorize import Action
from bot.contest.consents import ConsentKind
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import drafts
from handlers.participant.applications import absent
from handlers.participant.consents import CHANNEL
from handlers.participant.organizers import tell_organizers, to_card
from handlers.participant.own import own_application
from storage.application_rows import Application

#: Decisions that can be taken back.
STANDING = ("given", "paper")


async def consents(case: Case, argument: str) -> Reply:
    """What was decided, and how to take it back."""
    found = await own_application(case, argument)
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return absent()
    decided = await case.storage.consents.current(found.id)
    lines = [
        case.say(
            "consents_line",
            what=_what(case, running, kind),
            decision=case.say(f"consent_decisions.{decided[kind].decision}"),
        )
        for kind in ConsentKind
        if kind in decided
    ]
    rows = [
        [Button(f"withdraw_{kind}", f"consent_withdraw:{found.id}/{kind}")]
        for kind in reversed(ConsentKind)
        if kind in decided and decided[kind].decision in STANDING
    ]
    back = [Button("open_application", f"application:{found.id}")]
    return Reply("consents", number=found.number, lines=Trusted("\n".join(lines)), buttons=[*rows, back])


async def consent_withdraw(case: Case, argument: str) -> Reply:
    """Ask whether the person means it."""
    found, kind = await _standing(case, argument)
    running = await event_of(case, found.event_code) if found else None
    if found is None or kind is None or running is None:
        return absent()
    return Reply(
        f"consent_withdraw.{_way(running, found, kind)}",
        number=found.number,
        buttons=[
            [Button("withdraw_sure", f"consent_withdraw_sure:{argument}", colour="negative")],
            [Button("keep_application", f"consents:{found.id}")],
        ],
    )


async def consent_withdraw_sure(case: Case, argument: str) -> Reply:
    """Take the consent back; without the first one nobody takes part, and nothing may be published."""
    found, kind = await _standing(case, argument)
    running = await event_of(case, found.event_code) if found else None
    if found is None or kind is None or running is None:
        return absent()
    way = _way(running, found, kind)
    taken_back = await _take_back(case, found, kind)
    if kind is ConsentKind.PROCESSING:
        await case.storage.memory.drop_draft(case.person.id, drafts.EDIT, str(found.id))
    if way == "processing":
        await case.storage.applications.set_state(found.id, ApplicationState.WITHDRAWN, reason=None, at=case.now)
    notice = Reply(
        "consent_withdrawn_notice",
        number=found.number,
        title=Trusted(running.event.short_title),
        what=", ".join(_what(case, running, one) for one in taken_back),
        todo=case.say(f"consent_withdrawn_todo.{way}"),
        buttons=to_card(found),
    )
    await tell_organizers(case, found.event_code, notice)
    return Reply(f"consent_withdrawn.{way}", number=found.number, buttons=[[Button("applications", "applications")]])


async def _take_back(case: Case, found: Application, kind: ConsentKind) -> list[ConsentKind]:
    """Record what is not agreed to any more: without processing, publication neither."""
    decided = await case.storage.consents.current(found.id)
    ends = [kind, *(one for one in ConsentKind if kind is ConsentKind.PROCESSING and one is not kind)]
    standing = [one for one in ends if one in decided and decided[one].decision in STANDING]
    for one in standing:
        await case.storage.consents.record(
            found.id,
            one,
            version=decided[one].version,
            text_hash=decided[one].text_hash,
            decision="withdrawn",
            channel=CHANNEL,
            person_id=case.person.id,
            at=case.incoming.said_at,
        )
    return standing


def _way(running: Running, found: Application, kind: ConsentKind) -> str:
    """What follows: the end of taking part, or of what is kept of it where it has ended already."""
    if kind is ConsentKind.PUBLICATION:
        return "publication"
    refusal = withdrawing_refusal(found.state, published=running.stored.published_at is not None)
    return "processing" if refusal is None else "processing_over"


def _what(case: Case, running: Running, kind: ConsentKind) -> str:
    """«публикация имени и работы»."""
    bare = kind is ConsentKind.PUBLICATION and running.event.submission is None
    return case.say("consent_kinds.publication_name" if bare else f"consent_kinds.{kind}")


async def _standing(case: Case, argument: str) -> tuple[Application | None, ConsentKind | None]:
    """The application and the consent, if it can be taken back."""
    number, _, name = argument.partition("/")
    found = await own_application(case, number, Action.WITHDRAW_CONSENT)
    kind = next((kind for kind in ConsentKind if kind == name), None)
    if found is None or kind is None:
        return None, None
    decided = (await case.storage.consents.current(found.id)).get(kind)
    return (found, kind) if decided is not None and decided.decision in STANDING else (None, None)
