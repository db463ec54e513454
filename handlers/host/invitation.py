"""How one becomes the representative of a host school: by a one-time code, in a link or typed."""

from __future__ import annotations

import re

from bot.contest.authorize import RoleKind
from bot.talk.model import Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.host.desk import host
from handlers.host.scope import host_name
from handlers.kinds import Case

WORD = re.compile(r"host[-_](.{1,100})", re.IGNORECASE)
TYPED = re.compile(
    r"(?:.{0,60}\bкод[:\s]\s*|.{0,200}[?&]ref=)?host[-_]([A-Za-z0-9_-]{22})(?:[&#].{0,200})?\.?",
    re.IGNORECASE | re.DOTALL,
)


async def door(case: Case, word: str) -> Outcome:
    """A deep link with an invitation."""
    found = WORD.fullmatch(word)
    return await _enter(case, found[1]) if found else None


async def typed_code(case: Case, text: str) -> Outcome:
    """A code, or the whole link, that was sent as a message."""
    found = TYPED.fullmatch(text.strip())
    return await _enter(case, found[1]) if found else None


async def _enter(case: Case, code: str) -> Outcome:
    """The code gives the role once; who has lost the role needs a new one."""
    invitation = await case.storage.invitations.use(code, case.person.id, at=case.now)
    person = case.person.id
    if invitation is None or invitation.kind is not RoleKind.HOST or invitation.organisation is None:
        return Reply("host.invitation_bad")
    running, school = await event_of(case, invitation.event_code), invitation.organisation
    roles = await case.storage.roles.of_person(person)
    has = any(
        (one.kind, one.event, one.organisation) == (RoleKind.HOST, invitation.event_code, school) for one in roles
    )
    if running is None or (invitation.accepted_at is not None and not has):
        return Reply("host.invitation_bad")
    if not has:
        by = invitation.created_by
        await case.storage.roles.grant(
            person, RoleKind.HOST, invitation.event_code, by=by, at=case.now, organisation=school
        )
        about = {"organisation": school}
        await case.storage.audit.add(person, "host.join", f"event:{invitation.event_code}", about, at=case.now)
    await case.storage.invitations.accept(
        person, RoleKind.HOST, invitation.event_code, at=case.now, organisation=school
    )
    welcome = Reply("host.joined", host=host_name(case, school), title=Trusted(running.event.title))
    opened = await host(case, "")
    return [welcome, opened] if isinstance(opened, Reply) else welcome
