"""The jury of an event: who is in it and how far they are, inviting, taking out."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import Action, RoleKind
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.jury.judging import owed_by_juror
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, not_available, of_event, whole
from handlers.organizer.wording import back_to_event, lines
from handlers.paging import paged
from handlers.participant.wording import due
from storage.jury_rows import Juror

PAGE = 4
#: An invitation that nobody has used by then is of no use any more.
INVITATION_LIFE = timedelta(days=14)


@of_event(Action.VIEW_SHEETS)
async def jurors(case: Case, running: Running, more: str) -> Outcome:
    """The members with their progress; `more`: the page's number."""
    record = await record_of(case, running)
    _, shown, turns = paged(record.jury, whole(more), PAGE, f"jurors:{running.code}/")
    return Reply(
        "org.jurors" if record.jury else "org.jurors_none",
        title=running.event.title,
        lines=lines(_progress(case, record, juror) for juror in record.jury),
        buttons=[
            *([Button(label=one.full_name, go=f"juror:{running.code}/{one.person_id}")] for one in shown),
            [Button("org.invite", f"jury_invite:{running.code}", colour="primary"), *turns],
            [
                Button("org.assign", f"assign:{running.code}"),
                export_button(running.code, "jury"),
                back_to_event(running.code),
            ],
        ],
    )


@of_event(Action.VIEW_SHEETS)
async def juror(case: Case, running: Running, written_id: str) -> Outcome:
    """One member; `written_id`: whom."""
    record = await record_of(case, running)
    member = await case.storage.jury.get(whole(written_id), running.code)
    if member is None:
        return not_available()
    frozen = running.stored.approved_at is not None
    remove = [] if frozen else [[Button("org.revoke", f"revoke:{running.code}/{member.person_id}", colour="negative")]]
    return Reply(
        "org.juror",
        line=Trusted(_progress(case, record, member)),
        person=member.person_id,
        buttons=[*remove, [Button("org.jury", f"jurors:{running.code}"), back_to_event(running.code)]],
    )


@of_event(Action.REVOKE_JURY)
async def revoke(case: Case, running: Running, written_id: str) -> Outcome:
    """Ask whether that is meant."""
    record = await record_of(case, running)
    member = await case.storage.jury.get(whole(written_id), running.code)
    if member is None or running.stored.approved_at is not None:
        return not_available()
    return Reply(
        "org.revoke_ask",
        name=member.full_name,
        unscored=owed_by_juror(record)[member.person_id],
        buttons=[
            [Button("org.revoke_sure", f"revoke_sure:{running.code}/{member.person_id}", colour="negative")],
            [Button("org.keep_juror", f"juror:{running.code}/{member.person_id}")],
        ],
    )


@of_event(Action.REVOKE_JURY)
async def revoke_sure(case: Case, running: Running, written_id: str) -> Outcome:
    """Take them out: what they have scored stays, the rest is to be given to others."""
    member = await case.storage.jury.get(whole(written_id), running.code)
    if member is None or running.stored.approved_at is not None:
        return not_available()
    dropped = await case.storage.jury.leave(member.person_id, running.code)
    await case.storage.roles.revoke(member.person_id, RoleKind.JURY, running.code)
    await case.storage.audit.add(
        case.person.id,
        Action.REVOKE_JURY,
        f"person:{member.person_id}",
        detail(event=running.code, dropped=dropped),
        at=case.now,
    )
    return Reply(
        "org.revoked",
        name=member.full_name,
        dropped=dropped,
        buttons=[
            [Button("org.assign", f"assign:{running.code}", colour="primary")],
            [Button("org.jury", f"jurors:{running.code}"), back_to_event(running.code)],
        ],
    )


@of_event(Action.INVITE_JURY)
async def jury_invite(case: Case, running: Running, _more: str) -> Outcome:
    """A one-time link for one juror: shown now and never again."""
    expires_at = case.now + INVITATION_LIFE
    code = await case.storage.invitations.create(
        RoleKind.JURY, running.code, by=case.person.id, at=case.now, expires_at=expires_at
    )
    await case.storage.audit.add(case.person.id, Action.INVITE_JURY, f"event:{running.code}", {}, at=case.now)
    return Reply(
        "org.invitation",
        title=running.event.title,
        link=Trusted(f"https://vk.me/{case.facts.community}?ref=jury-{code}"),
        code=Trusted(f"jury-{code}"),
        until=due(case, expires_at),
        buttons=[
            [Button("org.invite_more", f"jury_invite:{running.code}")],
            [Button("org.jury", f"jurors:{running.code}"), back_to_event(running.code)],
        ],
    )


def _progress(case: Case, record: Record, member: Juror) -> str:
    mine = [one for one in record.assignments if one.person_id == member.person_id]
    scored = sum(one.state == "scored" for one in mine)
    conflicts = sum(one.state == "conflict" for one in mine)
    school = member.organisation_code
    known = school is not None and school in case.facts.directory.codes
    return case.say(
        "org.juror_line",
        name=member.full_name,
        school=case.facts.directory.get(school).name_short if known and school else case.say("org.no_school"),
        scored=scored,
        of=scored + owed_by_juror(record)[member.person_id],
        conflicts=case.say("org.juror_conflicts", count=conflicts) if conflicts else "",
    )
