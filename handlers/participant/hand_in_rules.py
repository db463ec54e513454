"""What an event takes as a work, in rules and in words."""

from __future__ import annotations

from datetime import datetime

from bot.contest.event import Event, Submission, WorkKind
from bot.contest.refusal import Refusal
from bot.contest.works import handing_in_refusal
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.participant.wording import size
from storage.application_rows import Application

#: The messenger's word for an attachment, by the event's.
KINDS = {
    WorkKind.PHOTO: "photo",
    WorkKind.VIDEO: "video",
    WorkKind.AUDIO: "audio",
    WorkKind.DOCUMENT: "doc",
}


def accepted(desk: Desk, event: Event, nomination: str | None) -> str:
    """«ссылку на scratch.mit.edu или файл .sb3 до 50 МБ»."""
    submission = event.submission_for(nomination)
    if submission is None:
        return ""
    hosts = list(dict.fromkeys(host for rule in submission.links for host in rule.hosts))
    ways = [desk.say("accepts_link", hosts=Trusted(", ".join(hosts)))] if hosts else []
    for rule in submission.files:
        extensions = ", ".join(f".{extension}" for extension in rule.extensions)
        limit = desk.say("accepts_up_to", size=size(rule.max_bytes)) if rule.max_bytes else ""
        ways.append(desk.say(f"accepts_{rule.kind}", extensions=Trusted(extensions), limit=limit).replace("  ", " "))
    return desk.say("accepts_or").join(way.strip() for way in ways)


def hosts_of(submission: Submission) -> list[str]:
    """The sites that a link may lead to."""
    return list(dict.fromkeys(host for rule in submission.links for host in rule.hosts))


def refusal(
    running: Running, application: Application, case: Case, *, versions: int, said_at: datetime | None = None
) -> Refusal | None:
    """Why no work can be handed in, if it was said at `said_at` (else: now); `versions` have been already."""
    submission = running.event.submission_for(application.nomination)
    if submission is None:
        return Refusal("work_not_needed")
    if versions and not submission.editing_allowed:
        return Refusal("work_no_replacing")
    until = running.until_for(application)
    return handing_in_refusal(
        application.state,
        said_at=said_at or case.incoming.said_at,
        opens_at=running.event.opens_at,
        closes_at=until.at,
        grace_s=until.grace_s,
    )


async def waits_for_work(case: Case, running: Running, application: Application) -> bool:
    """Whether a work is still to be handed in, and can be."""
    if refusal(running, application, case, versions=0) is not None:
        return False
    return await case.storage.works.current(application.id) is None
