"""A stage with trials as somebody sees it: an organizer all of its teams, a host only its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action, Target
from bot.contest.event.stages import Stage
from bot.contest.naming import is_titled
from bot.contest.trials import Trial, trials_of
from bot.talk.model import Outcome, Route
from handlers.access import may
from handlers.events import Running, event_of
from handlers.host.round import host_for
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import who
from handlers.seeing import applications_seen
from storage.application_rows import Application

HeatAct = Callable[[Case, "Heat", str], Awaitable[Outcome]]
#: What stands for all teams in place of a host's code.
EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Heat:
    """The teams whose results somebody may write down at one stage."""

    running: Running
    number: int
    #: Whose teams these are; `EVERYBODY`: all.
    host: str
    #: Accepted, and not left behind by a cut.
    teams: tuple[Application, ...]
    #: By application, then by trial.
    results: Mapping[int, Mapping[str, Decimal]]

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.running.event.stages[self.number]

    @property
    def trials(self) -> tuple[Trial, ...]:
        """What is measured there."""
        return trials_of(self.running.event, self.stage)

    @property
    def where(self) -> str:
        """What names it in a button."""
        return f"{self.running.code}/{self.number}/{self.host}"

    @property
    def of_all(self) -> bool:
        """Whether an organizer sees it."""
        return self.host == EVERYBODY


def entering(event_code: str, host: str) -> tuple[Action, Target]:
    """What somebody must be allowed to do to write down results of this host's teams, or of everybody's."""
    if host == EVERYBODY:
        return Action.ENTER_RESULTS, Target(event=event_code)
    return Action.ENTER_PROTOCOL, Target(event=event_code, host=host)


async def heat_of(desk: Desk, running: Running, number: int, host: str) -> Heat | None:
    """The stage with this host's teams; None: nothing is measured there. Rights are not asked for here."""
    if number >= len(running.event.stages):
        return None
    stage, code = running.event.stages[number], running.code
    if not trials_of(running.event, stage):
        return None
    found = await applications_seen(desk, code, states=[ApplicationState.ACCEPTED])
    fates = await desk.storage.stages.fates(code, [one.id for one in found])
    teams = [one for one in found if fates[one.id].out is None]
    if host != EVERYBODY:
        areas = await desk.storage.stages.areas(code, stage.code)
        teams = [one for one in teams if host_for(desk, stage, one, areas) == host]
    results = await desk.storage.trials.results(code, stage.code)
    return Heat(running, number, host, tuple(teams), results)


async def heat_for(case: Case, where: str) -> Heat | None:
    """The heat of `<event>/<stage's number>[/<host>]`, for one who may write down its results; else None."""
    code, number, host = [*where.split("/"), "", ""][:3]
    host = host or EVERYBODY
    running = await event_of(case, code)
    if running is None or not number.isdecimal() or not await may(case, *entering(code, host)):
        return None
    return await heat_of(case, running, whole(number), host)


def of_heat(act: HeatAct) -> Route:
    """A route whose argument is `<event>/<stage's number>`, `…/<host>` or `…/<host>/<more>`."""

    @wraps(act)
    async def route(case: Case, argument: str) -> Outcome:
        found = await heat_for(case, argument)
        more = [*argument.split("/", 3), "", "", ""][3]
        return not_available() if found is None else await act(case, found, more)

    return route


def named(application: Application) -> str:
    """The team's title, or its people."""
    return application.title if application.title and is_titled(application) else who(application)
