"""What an event takes as a work, in rules and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.contest.event import Event, Submission
from bot.contest.refusal import Refusal
from bot.contest.stages import submission_of, window_at
from bot.contest.works import handing_in_refusal
from bot.talk.case import Case as TalkCase
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.participant.wording import size
from handlers.participant.works import composition
from storage.application_rows import Application
from storage.works import WorkPiece


def accepted(desk: Desk, event: Event, nomination: str | None) -> str:
    """«ссылку на scratch.mit.edu или файл .sb3 до 50 МБ»."""
    submission = event.submission_for(nomination)
    return taken(desk, submission) if submission else ""


def taken(desk: Desk, submission: Submission) -> str:
    """The same of these very rules."""
    hosts = list(dict.fromkeys(host for rule in submission.links for host in rule.hosts))
    several = composition.is_joined(submission)
    ways = [desk.say("accepts_link", hosts=Trusted(", ".join(hosts)))] if hosts else []
    links = min(sum(rule.count.most for rule in submission.links), submission.pieces.most)
    if several and links > 1:
        ways = [desk.say("accepts_many", what=Trusted(ways[0]), most=links)]
    for rule in submission.files:
        extensions = ", ".join(f".{extension}" for extension in rule.extensions)
        limit = desk.say("accepts_up_to", size=size(rule.max_bytes)) if rule.max_bytes else ""
        way = desk.say(f"accepts_{rule.kind}", extensions=Trusted(extensions), limit=limit).replace("  ", " ").strip()
        most = min(rule.count.most, submission.pieces.most)
        ways.append(desk.say("accepts_many", what=Trusted(way), most=most) if most > 1 else way)
    return desk.say("accepts_and" if several and len(ways) > 1 else "accepts_or").join(ways)


def hosts_of(submission: Submission) -> list[str]:
    """The sites that a link may lead to."""
    return list(dict.fromkeys(host for rule in submission.links for host in rule.hosts))


@dataclass(frozen=True, slots=True)
class Due:
    """What an application hands in, and when: to the intake, or to a stage that asks for works."""

    opens_at: datetime
    closes_at: datetime
    grace_s: int
    submission: Submission
    #: What was handed in before this does not count; None: everything does.
    since: datetime | None = None


async def due(
    case: Desk, running: Running, application: Application, *, said_at: datetime | None = None
) -> Due | Refusal:
    """What a work said at `said_at` (else: now) is handed in to, or why nothing is."""
    until, event = running.until_for(application), running.event
    if not event.stages:
        submission = event.submission_for(application.nomination)
        asked = Due(event.opens_at, until.at, until.grace_s, submission) if submission else None
        return asked or Refusal("work_not_needed")
    standings = await case.storage.stages.of_application(application.id)
    reached = (await case.storage.stages.fates(event.code, [application.id]))[application.id]
    passed = [standings[stage.code].decided_at for stage in reached.passed if stage.code in standings]
    window = window_at(
        event,
        reached,
        said_at=said_at or _now(case),
        closes_at=until.last,
        passed_at=max(passed, default=None),
    )
    if window is None or isinstance(window, Refusal):
        return window or Refusal("work_not_needed")
    submission = submission_of(event, window, application.nomination)
    if submission is None:
        return Refusal("work_not_needed")
    at_intake = window.stage is None or window.stage.closes_at == event.closes_at
    closes_at = until.at if at_intake else window.closes_at
    since = window.opens_at if window.anew else None
    return Due(window.opens_at, closes_at, until.grace_s, submission, since)


async def refusal(
    running: Running, application: Application, case: Desk, *, versions: int, said_at: datetime | None = None
) -> Refusal | None:
    """Why no work can be handed in, if it was said at `said_at` (else: now); `versions` have been already."""
    if running.stored.approved_at is not None:
        return Refusal("stage.results_stand")
    asked = await due(case, running, application, said_at=said_at)
    if isinstance(asked, Refusal):
        return asked
    if versions and asked.since is not None:
        versions = await _since(case, application, asked.since)
    # What joins the pieces that are in replaces nothing: which of both it is, is known of the piece itself.
    if versions and not asked.submission.editing_allowed and not composition.is_joined(asked.submission):
        return Refusal("work_no_replacing")
    return _untimely(application, asked, said_at or _now(case))


def _untimely(application: Application, asked: Due, said_at: datetime) -> Refusal | None:
    return handing_in_refusal(
        application.state,
        said_at=said_at,
        opens_at=asked.opens_at,
        closes_at=asked.closes_at,
        grace_s=asked.grace_s,
    )


async def due_now(case: Desk, running: Running, application: Application) -> Due | None:
    """What a work can be handed in to now; None: to nothing."""
    asked = None if running.stored.approved_at is not None else await due(case, running, application)
    if asked is None or isinstance(asked, Refusal) or _untimely(application, asked, _now(case)) is not None:
        return None
    return asked


def is_in(asked: Due, last_said_at: datetime | None) -> bool:
    """Whether the last version, said then (None: there is none), is for what is due."""
    return last_said_at is not None and (asked.since is None or last_said_at >= asked.since)


async def waits_for_work(case: Desk, running: Running, application: Application) -> bool:
    """Whether a work is still to be handed in, and can be."""
    asked = await due_now(case, running, application)
    if asked is None:
        return False
    current = await case.storage.works.current(application.id)
    return not is_in(asked, current.said_at if current else None)


async def standing(case: Case, application: Application, asked: Due) -> tuple[WorkPiece, ...]:
    """The pieces that count for what is due."""
    current = await case.storage.works.current(application.id)
    return tuple(one for one in current.pieces if asked.since is None or one.said_at >= asked.since) if current else ()


async def has_pieces(case: Case, running: Running, application: Application) -> bool:
    """Whether the work that is due may consist of several pieces, and some are in."""
    asked = await due(case, running, application)
    if isinstance(asked, Refusal) or not composition.is_joined(asked.submission):
        return False
    return bool(await standing(case, application, asked))


async def closes(case: Case, running: Running, application: Application) -> datetime:
    """Until when a work is taken, as people are told."""
    asked = await due(case, running, application)
    return running.until_for(application).at if isinstance(asked, Refusal) else asked.closes_at


async def _since(case: Desk, application: Application, since: datetime) -> int:
    return sum(one.said_at >= since for one in await case.storage.works.versions(application.id))


def _now(case: Desk) -> datetime:
    """When something is said: in a talk by the messenger's date of it."""
    return case.incoming.said_at if isinstance(case, TalkCase) else case.now
