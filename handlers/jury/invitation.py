"""How one joins a jury: by a one-time code, in a link or typed; then a name for the protocol and a school."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.contest.authorize import RoleKind
from bot.contest.names import NAME_LIMIT, FullName, read_full_name
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk, without
from bot.talk.position import Answers, Draft
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.jury.desk import desk
from handlers.jury.seat import seat_of, unnamed_events
from handlers.kinds import Case
from handlers.participant.applying.school_steps import school_steps
from storage.invitations import Invitation

#: A code is 22 characters; it may come bare, with its prefix, or inside the link itself.
CODE = r"[A-Za-z0-9_-]{22}"
WORD = re.compile(r"jury[-_](.{1,100})", re.IGNORECASE)
TYPED = re.compile(
    rf"(?:.{{0,60}}\bкод[:\s]\s*|.{{0,200}}[?&]ref=)?(?:jury[-_])?({CODE})(?:[&#].{{0,200}})?\.?",
    re.IGNORECASE | re.DOTALL,
)
NO_SCHOOL: Mapping[str, Any] = {"code": None, "name": ""}


async def door(case: Case, word: str) -> Outcome:
    """A deep link with an invitation."""
    found = WORD.fullmatch(word)
    return await _enter(case, found[1]) if found else None


async def typed_code(case: Case, text: str) -> Outcome:
    """A code, or the whole link, that was sent as a message."""
    found = TYPED.fullmatch(text.strip())
    return await _enter(case, found[1]) if found else None


async def _enter(case: Case, code: str) -> Outcome:
    """Spend the code, for good: only who spent it may come back with it, and while they may be in the jury at all."""
    invitation = await case.storage.invitations.use(code, case.person.id, at=case.now)
    if invitation is None or invitation.kind is not RoleKind.JURY:
        return Reply("jury.invitation_bad")
    if seat := await seat_of(case, invitation.event_code):
        await case.storage.invitations.accept(case.person.id, RoleKind.JURY, seat.running.code, at=case.now)
        return desk(case, seat)
    if invitation.accepted_at is not None:
        return Reply("jury.invitation_bad")
    return Open("jury_join", invitation.event_code, {"code": code}, resume=False)


async def describe(case: Case, draft: Draft) -> str:
    """What is not finished, where the person comes back to it."""
    return case.say("jury_join.draft", title=await _title(case, draft.subject))


async def _steps(case: Case, event_code: str) -> Sequence[Step]:
    title = await _title(case, event_code)

    async def event(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"title": title}

    school, *others = school_steps()
    return (
        Step("name", parse=_parse_name, accept=_accept_name, values=event, limit=NAME_LIMIT),
        replace(school, options=_without_school, text="jury_join.school"),
        *others,
        Step("confirmed", options=_confirm_options, accept=_confirm, values=_check, counted=False),
    )


async def _title(case: Case, event_code: str) -> Trusted:
    running = await event_of(case, event_code)
    return Trusted(running.event.title if running else "")


async def _parse_name(_case: Case, _answers: Answers, text: str) -> object:
    return read_full_name(text)


async def _accept_name(_case: Case, answers: Answers, value: FullName) -> Answers:
    return {**answers, "name": value.formal}


async def _without_school(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.jury_no_school"), dict(NO_SCHOOL))]


async def _confirm_options(case: Case, _answers: Answers) -> Sequence[Option]:
    return [
        Option(case.say("button.jury_confirm"), "yes", "positive"),
        Option(case.say("button.jury_correct"), "no"),
    ]


async def _confirm(_case: Case, answers: Answers, value: str) -> Answers:
    if value == "yes":
        return {**answers, "confirmed": True}
    return without(answers, "name", "school", "school_pick", "school_name")


async def _check(case: Case, answers: Answers) -> dict[str, object]:
    school = answers["school"]["name"] or case.say("jury_join.no_school")
    return {"name": answers["name"], "school": school, "operator": case.facts.operator.name}


async def _join(case: Case, event_code: str, answers: Answers) -> Outcome:
    """Whether the one who acts may join is asked again: the code is theirs, or the role was given to them."""
    code = answers.get("code")
    invitation = await case.storage.invitations.use(code, case.person.id, at=case.now) if code else None
    invited = _invites(invitation, event_code)
    if not invited and event_code not in await unnamed_events(case):
        return Reply("jury.invitation_bad")
    person, school = case.person.id, answers["school"]["code"]
    await case.storage.jury.join(person, event_code, full_name=answers["name"], organisation_code=school, at=case.now)
    if invitation is not None and invited:
        await case.storage.roles.grant(person, RoleKind.JURY, event_code, by=invitation.created_by, at=case.now)
    await case.storage.invitations.accept(person, RoleKind.JURY, event_code, at=case.now)
    await case.storage.audit.add(person, "jury.join", f"event:{event_code}", {"organisation": school}, at=case.now)
    seat = await seat_of(case, event_code)
    return Reply("not_available") if seat is None else [Reply("jury_join.joined", title=seat.title), desk(case, seat)]


def _invites(invitation: Invitation | None, event_code: str) -> bool:
    """Whether the code may give the role now: it gives it once."""
    if invitation is None or invitation.accepted_at is not None:
        return False
    return (invitation.kind, invitation.event_code) == (RoleKind.JURY, event_code)


async def _left(_case: Case, _event_code: str) -> Reply:
    """Not now: the code stays theirs."""
    return Reply("jury_join.left", buttons=[[Button("to_menu", "menu")]])


JURY_JOIN = Talk("jury_join", steps=_steps, finish=_join, cancelled=_left, kept=True)
