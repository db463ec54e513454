"""One team at a stage with trials: its results, who may enter them, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action, Target
from bot.contest.event.stages import HostedBy, Stage
from bot.contest.refusal import Refusal
from bot.contest.stages import host_of
from bot.contest.trials import Trial, trials_of
from handlers.access import may
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk
from handlers.organizer.scope import whole
from handlers.organizer.wording import who
from handlers.participant.own import own_application
from handlers.seeing import applications_seen
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Course:
    """One application at a stage with trials."""

    running: Running
    number: int
    application: Application
    trials: tuple[Trial, ...]
    results: Mapping[str, Decimal]
    #: Whether who acts is the teacher who applied, and not an organizer or a host.
    as_owner: bool

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.running.event.stages[self.number]

    @property
    def mark(self) -> str:
        """What names it in a button."""
        return f"{self.application.id}/{self.number}"


def entering_refusal(case: Case, course: Course) -> Refusal | None:
    """Why nothing may be entered now: too early, the results stand, or, for a teacher, too late."""
    stage = course.stage
    if course.running.stored.approved_at is not None:
        return Refusal("stage.results_stand")
    if case.incoming.said_at < stage.opens_at:
        return Refusal("stage.not_open_yet", {"title": stage.title})
    if course.as_owner and case.incoming.said_at > stage.closes_at:
        return Refusal("stage.over", {"title": stage.title})
    return None


async def course_of(case: Case, argument: str) -> Course | None:
    """The application and stage of `<id>/<number>`, for one who may enter results there; else None."""
    written_id, _, number = argument.partition("/")
    application = await case.storage.applications.get(whole(written_id))
    running = await event_of(case, application.event_code) if application else None
    stage = measured_stage(running, number) if running else None
    if application is None or running is None or stage is None or application.state is not ApplicationState.ACCEPTED:
        return None
    appointed = await _appointed(case, running, stage, application)
    own = await own_application(case, written_id, Action.SUBMIT_WORK)
    if not appointed and not (own and stage.hosted_by is HostedBy.OWN_SCHOOL):
        return None
    found = (await case.storage.trials.results(running.code, stage.code)).get(application.id, {})
    measured = trials_of(running.event, stage)
    return Course(running, whole(number), application, measured, found, as_owner=not appointed)


async def keep(case: Case, course: Course, code: str, value: Decimal, *, reason: str = "") -> None:
    """Write a result down; the audit log knows what it was before."""
    stage, id_ = course.stage.code, course.application.id
    old = await case.storage.trials.put(id_, stage, code, value, by=case.person.id, at=case.now)
    if old == value:
        return
    about: dict[str, object] = {"event": course.running.code, "stage": stage, "trial": code, "value": str(value)}
    if old is not None:
        about |= {"before": str(old), "corrected": True, "reasoned": bool(reason)}
    await case.storage.audit.add(case.person.id, Action.ENTER_RESULTS, f"application:{id_}", about, at=case.now)


async def competing(desk: Desk, running: Running) -> list[Application]:
    """Whose results are written down: accepted, and not left behind by a cut."""
    found = await applications_seen(desk, running.code, states=[ApplicationState.ACCEPTED])
    fates = await desk.storage.stages.fates(running.code, [one.id for one in found])
    return [one for one in found if fates[one.id].out is None]


def named(application: Application) -> str:
    """The team's title, or its people."""
    return application.title or who(application)


def measured_stage(running: Running, number: str) -> Stage | None:
    """The stage of this number, if anything is measured there."""
    if not number.isdecimal() or whole(number) >= len(running.event.stages):
        return None
    stage = running.event.stages[whole(number)]
    return stage if trials_of(running.event, stage) else None


async def _appointed(case: Case, running: Running, stage: Stage, application: Application) -> bool:
    if await may(case, Action.ENTER_RESULTS, Target(event=running.code)):
        return True
    directory, code = case.facts.directory, application.organisation_code
    known = code if code is not None and code in directory.codes else None
    areas = await case.storage.stages.areas(running.code, stage.code)
    host = host_of(stage, known, directory.place(known).code if known else None, areas)
    return bool(host) and await may(case, Action.ENTER_PROTOCOL, Target(event=running.code, host=host))
