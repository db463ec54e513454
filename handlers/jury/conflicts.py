"""Conflicts of interest: found by the school, or declared; the organizers hear of each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import assigning
from bot.contest.authorize import RoleKind
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.jury.view import title_of
from handlers.kinds import Case
from storage.jury_rows import Card, Juror, Place


def is_own_school(running: Running, juror: Juror, card: Card | Place) -> bool:
    """Whether the work comes from where the juror works, and that forbids to judge it."""
    rules = running.event.jury
    member = assigning.Juror(juror.person_id, juror.organisation_code)
    entry = assigning.Entry(card.assignment.application_id, card.organisation_code)
    allowed = rules is not None and rules.own_school_allowed
    return bool(assigning.conflicts_of_interest([member], [entry], own_school=allowed))


async def declare_conflict(case: Case, card: Card, juror: Juror, reason: str) -> None:
    """The work is not theirs to judge: kept, and told to the organizers of the event."""
    assignment = card.assignment
    await case.storage.jury.conflict(assignment.id, reason)
    await case.storage.audit.add(
        case.person.id,
        "jury.conflict",
        f"assignment:{assignment.id}",
        {"application": assignment.application_id, "was": assignment.state},
        at=case.now,
    )
    for organizer in await organizers_of(case, card.event_code):
        case.tell(
            organizer,
            Reply(
                "jury.conflict_told",
                juror=juror.full_name,
                number=card.number,
                work=Trusted(case.say("jury.conflict_work", title=title_of(card))) if title_of(card) else "",
                reason=reason,
                buttons=[
                    [Button("org.assign", f"assign:{card.event_code}", colour="primary")],
                    [Button("org.jury", f"jurors:{card.event_code}")],
                ],
            ),
            key=f"conflict:{assignment.id}:{organizer}",
        )


async def leave_own_school(case: Case, running: Running, juror: Juror, places: Sequence[Place]) -> bool:
    """Works of one's own school are left by themselves, should any have come to the juror; whether any had."""
    own = [one for one in places if one.assignment.state == "assigned" and is_own_school(running, juror, one)]
    for one in own:
        card = await case.storage.jury.card(one.assignment.id)
        if card is not None:
            await declare_conflict(case, card, juror, case.say("jury.own_school"))
    return bool(own)


async def organizers_of(case: Case, event_code: str) -> list[int]:
    """Who hears of what somebody did: the event's organizers, or else the administrators."""
    found = await case.storage.roles.with_role(RoleKind.ORGANIZER, event_code)
    admins = [*case.facts.admins, *await case.storage.roles.with_role(RoleKind.ADMIN, event_code)]
    return sorted({*(found or admins)} - {case.person.id})
