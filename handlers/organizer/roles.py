"""Roles, for administrators: who organizes what, giving and taking that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.contest.authorize import Action, RoleKind, Target
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import all_events, event_of
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, not_available, whole
from handlers.organizer.wording import MENU, lines
from handlers.paging import paged
from storage.roles import Grant

TALK = "org_grant"
PAGE = 4
LINK_LIMIT = 100
#: Ids from here on are group chats.
MOST_ID = 2_000_000_000
_PAGE_LINK = re.compile(r"(?:https?://)?(?:(?:www|m)\.)?(?:vk\.(?:com|ru)/)?(?:id)?([0-9]{1,10})/?")


async def roles(case: Case, argument: str) -> Outcome:
    """Everybody with a role; `argument`: the page's number."""
    if not await may(case, Action.GRANT_ROLE, Target()):
        return not_available()
    grants = [one for one in await case.storage.roles.all() if one.role.kind is RoleKind.ORGANIZER]
    _, shown, turns = paged(grants, whole(argument), PAGE, "roles:")
    return Reply(
        "org.roles" if grants else "org.roles_none",
        lines=lines([await _line(case, one) for one in shown]),
        buttons=[
            *[[Button(label=await _label(case, one), go=f"role_revoke:{_mark(one)}")] for one in shown],
            [Button("org.grant", "role_grant", colour="primary"), *turns],
            [export_button("-", "roles"), Button("org.desk", "desk"), MENU],
        ],
    )


async def role_grant(case: Case, _argument: str) -> Outcome:
    """Ask who, and where."""
    if not await may(case, Action.GRANT_ROLE, Target()):
        return not_available()
    return Open(TALK, resume=False)


async def role_revoke(case: Case, mark: str) -> Outcome:
    """Ask whether that is meant; `mark`: `<person>/<event>`."""
    grant = await _grant_of(case, mark)
    if grant is None:
        return not_available()
    sure = Button("org.role_revoke_sure", f"role_revoke_sure:{mark}", colour="negative")
    return Reply("org.role_revoke_ask", line=await _line(case, grant), buttons=[[sure], [Button("org.roles", "roles")]])


async def role_revoke_sure(case: Case, mark: str) -> Outcome:
    """Take the role away: it ends at once."""
    grant = await _grant_of(case, mark)
    if grant is None:
        return not_available()
    await case.storage.roles.revoke(grant.person_id, grant.role.kind, grant.role.event)
    await case.storage.audit.add(
        case.person.id,
        Action.REVOKE_ROLE,
        f"person:{grant.person_id}",
        detail(role=grant.role.kind, event=grant.role.event),
        at=case.now,
    )
    return Reply("org.role_revoked", line=await _line(case, grant), buttons=[[Button("org.roles", "roles"), MENU]])


async def _grant_of(case: Case, mark: str) -> Grant | None:
    """The organizer's role that a button names, for one who may take it."""
    if not await may(case, Action.REVOKE_ROLE, Target()):
        return None
    return next(
        (one for one in await case.storage.roles.all() if one.role.kind is RoleKind.ORGANIZER and _mark(one) == mark),
        None,
    )


def _mark(grant: Grant) -> str:
    return f"{grant.person_id}/{grant.role.event or ''}"


async def _line(case: Case, grant: Grant) -> Trusted:
    name, title = await page_name(case, grant.person_id), await _event_title(case, grant.role.event)
    return Trusted(case.say("org.role_line", name=name, person=grant.person_id, event=title))


async def _label(case: Case, grant: Grant) -> str:
    return f"{await page_name(case, grant.person_id)}, {await _event_title(case, grant.role.event)}"


async def _event_title(case: Case, code: str | None) -> str:
    if code is None:
        return case.say("org.every_event")
    running = await event_of(case, code)
    return f"«{running.event.short_title}»" if running else code


async def _steps(case: Case, _subject: str) -> Sequence[Step]:
    return _STEPS if await may(case, Action.GRANT_ROLE, Target()) else ()


def read_page(text: str) -> int | None:
    """Whose page a link or a bare id is of; None: it is neither."""
    found = _PAGE_LINK.fullmatch(text.strip().lower())
    person_id = int(found[1]) if found else 0
    return person_id if 0 < person_id < MOST_ID else None


async def _read_person(_case: Case, _answers: Answers, text: str) -> Any:
    return read_page(text) or Refusal("org.person_expected")


async def _events(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(one.event.short_title, one.code) for one in await all_events(case)]


async def _sure(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.org.grant_yes"), "yes", "primary")]


async def _plan(case: Case, answers: Answers) -> dict[str, object]:
    person_id = int(answers["person"])
    return {
        "name": await page_name(case, person_id),
        "person": person_id,
        "event": await _event_title(case, str(answers["event"])),
    }


async def _finish(case: Case, _subject: str, answers: Answers) -> Outcome:
    if not await may(case, Action.GRANT_ROLE, Target()):
        return not_available()
    person_id, code = int(answers["person"]), str(answers["event"])
    running = await event_of(case, code)
    if running is None:
        return not_available()
    stranger = await case.storage.people.known(person_id, at=case.now)
    new = await case.storage.roles.grant(person_id, RoleKind.ORGANIZER, code, by=case.person.id, at=case.now)
    if new:
        await case.storage.audit.add(
            case.person.id,
            Action.GRANT_ROLE,
            f"person:{person_id}",
            detail(role=RoleKind.ORGANIZER, event=code),
            at=case.now,
        )
    if new and not stranger:
        rows = [[Button("desk", "desk", colour="primary")]]
        case.tell(person_id, Reply("org.told.organizer", title=running.event.title, buttons=rows))
    return Reply(
        "org.granted" if new else "org.granted_already",
        name=await page_name(case, person_id),
        person=person_id,
        event=await _event_title(case, code),
        hint=case.say("org.granted_stranger") if stranger else "",
        buttons=[[Button("org.roles", "roles"), MENU]],
    )


_STEPS = (
    Step("person", parse=_read_person, limit=LINK_LIMIT),
    Step("event", options=_events),
    Step("sure", options=_sure, values=_plan),
)
GRANT = Talk(TALK, _steps, _finish, cancelled=roles)
