"""The consents of an application: what was decided, and taking a consent back."""

from __future__ import annotations

from bot.contest.applications import ApplicationState, withdrawing_refusal
from bot.contest.authorize import Action, RoleKind
from bot.contest.consents import ConsentKind
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.kinds import Case
from handlers.participant.applications import absent
from handlers.participant.consents import CHANNEL
from handlers.participant.own import own_application
from storage.application_rows import Application

#: Decisions that can be taken back.
STANDING = ("given", "paper")


async def consents(case: Case, argument: str) -> Reply:
    """What was decided, and how to take it back."""
    found = await own_application(case, argument)
    if found is None:
        return absent()
    decided = await case.storage.consents.current(found.id)
    lines = [
        case.say(
            "consents_line",
            what=case.say(f"consent_kinds.{kind}"),
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
    if found is None or kind is None:
        return absent()
    return Reply(
        f"consent_withdraw.{kind}",
        number=found.number,
        buttons=[
            [Button("withdraw_sure", f"consent_withdraw_sure:{argument}", colour="negative")],
            [Button("keep_application", f"consents:{found.id}")],
        ],
    )


async def consent_withdraw_sure(case: Case, argument: str) -> Reply:
    """Take the consent back; without the first one nobody takes part."""
    found, kind = await _standing(case, argument)
    running = await event_of(case, found.event_code) if found else None
    if found is None or kind is None or running is None:
        return absent()
    last = (await case.storage.consents.current(found.id))[kind]
    await case.storage.consents.record(
        found.id,
        kind,
        version=last.version,
        text_hash=last.text_hash,
        decision="withdrawn",
        channel=CHANNEL,
        person_id=case.person.id,
        at=case.incoming.said_at,
    )
    published = running.stored.published_at is not None
    if kind is ConsentKind.PROCESSING and withdrawing_refusal(found.state, published=published) is None:
        await case.storage.applications.set_state(found.id, ApplicationState.WITHDRAWN, reason=None, at=case.now)
    organizers = set(case.facts.admins) | set(await case.storage.roles.with_role(RoleKind.ORGANIZER, found.event_code))
    for organizer in sorted(organizers):
        case.tell(
            organizer,
            Reply(
                "consent_withdrawn_notice",
                number=found.number,
                title=Trusted(running.event.short_title),
                what=case.say(f"consent_kinds.{kind}"),
            ),
        )
    return Reply("consent_withdrawn", buttons=[[Button("applications", "applications")]])


async def _standing(case: Case, argument: str) -> tuple[Application | None, ConsentKind | None]:
    """The application and the consent, if it can be taken back."""
    number, _, name = argument.partition("/")
    found = await own_application(case, number, Action.WITHDRAW_CONSENT)
    kind = next((kind for kind in ConsentKind if kind == name), None)
    if found is None or kind is None:
        return None, None
    decided = (await case.storage.consents.current(found.id)).get(kind)
    return (found, kind) if decided is not None and decided.decision in STANDING else (None, None)
