"""One team at a stage with trials: its results, who may enter them, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.event.stages import HostedBy, Stage
from bot.contest.refusal import Refusal
from bot.contest.trials import Trial, trials_of
from handlers.access import may
from handlers.events import Running, event_of
from handlers.host.heats import EVERYBODY, entering
from handlers.host.round import host_for
from handlers.kinds import Case
from handlers.organizer.scope import detail, whole
from handlers.participant.own import own_application
from handlers.seeing import application_seen
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Course:
    """One application at a stage with trials."""

    running: Running
    number: int
    application: Application
    trials: tuple[Trial, ...]
    results: Mapping[str, Decimal]
    #: In whose list the one who acts has found the team; None: the teacher who applied, in the own card.
    host: str | None

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.running.event.stages[self.number]

    @property
    def mark(self) -> str:
        """What names it in a button."""
        return f"{self.application.id}/{self.number}"


def entering_refusal(case: Case, running: Running, stage: Stage, *, as_owner: bool = False) -> Refusal | None:
    """Why nothing may be entered now: too early, the results stand, or, for a teacher, too late."""
    if running.stored.approved_at is not None:
        return Refusal("stage.results_stand")
    if case.incoming.said_at < stage.opens_at:
        return Refusal("stage.not_open_yet", {"title": stage.title})
    if as_owner and case.incoming.said_at > stage.closes_at:
        return Refusal("stage.over", {"title": stage.title})
    return None


def refusal_of(case: Case, course: Course) -> Refusal | None:
    """The same for one team."""
    return entering_refusal(case, course.running, course.stage, as_owner=course.host is None)


async def course_of(case: Case, argument: str) -> Course | None:
    """The application and stage of `<id>/<number>`, for one who may enter results there; else None."""
    written_id, _, number = argument.partition("/")
    application = await case.storage.applications.get(whole(written_id))
    running = await event_of(case, application.event_code) if application else None
    stage = _measured(running, number) if running else None
    if application is None or running is None or stage is None or application.state is not ApplicationState.ACCEPTED:
        return None
    host = await _appointed(case, running, stage, application)
    own = await own_application(case, written_id, Action.SUBMIT_WORK)
    if host is None and not (own and stage.hosted_by is HostedBy.OWN_SCHOOL):
        return None
    seen = application if host is None else await application_seen(case, application)
    found = (await case.storage.trials.results(running.code, stage.code)).get(application.id, {})
    return Course(running, whole(number), seen, trials_of(running.event, stage), found, host)


async def keep(case: Case, course: Course, values: Mapping[str, Decimal], *, reason: str = "") -> int:
    """Write results down; how many are new or other than before. The audit log knows what they were."""
    stage, id_ = course.stage.code, course.application.id
    changed = {code: value for code, value in values.items() if course.results.get(code) != value}
    before = {code: str(course.results[code]) for code in changed if code in course.results}
    for code, value in changed.items():
        await case.storage.trials.put(id_, stage, code, value, by=case.person.id, at=case.now)
    if changed:
        about = detail(
            event=course.running.code,
            stage=stage,
            results={code: str(value) for code, value in changed.items()},
            before=before or None,
            reasoned=bool(reason) if before else None,
        )
        await case.storage.audit.add(case.person.id, Action.ENTER_RESULTS, f"application:{id_}", about, at=case.now)
    return len(changed)


def _measured(running: Running, number: str) -> Stage | None:
    if not number.isdecimal() or whole(number) >= len(running.event.stages):
        return None
    stage = running.event.stages[whole(number)]
    return stage if trials_of(running.event, stage) else None


async def _appointed(case: Case, running: Running, stage: Stage, application: Application) -> str | None:
    """In whose name somebody may enter the team's results: everybody's, of its host; None: in nobody's."""
    if await may(case, *entering(running.code, EVERYBODY)):
        return EVERYBODY
    areas = await case.storage.stages.areas(running.code, stage.code)
    host = host_for(case, stage, application, areas)
    return host if host and await may(case, *entering(running.code, host)) else None
