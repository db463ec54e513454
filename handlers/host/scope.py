"""The doors of a stage: who may pass is decided from the database; organizers come in by the same ones as hosts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import wraps

from bot.contest.authorize import Action, Actor, Target, authorize
from bot.contest.stages import NOBODY
from bot.talk.model import Outcome, Route
from bot.talk.position import Answers
from handlers.access import may
from handlers.events import Running, event_of
from handlers.host.round import Round, round_of
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available, whole
from storage.application_rows import Application

RoundAct = Callable[[Case, Round, str], Awaitable[Outcome]]
PersonAct = Callable[[Case, Round, Application, str], Awaitable[Outcome]]
RoundFinish = Callable[[Case, Round, Answers], Awaitable[Outcome]]
#: What stands for the organiser in a button's argument.
ORGANISER = "-"


def place_of(found: Round) -> str:
    """What names a stage at a host in a button's argument: `<event>/<number of the stage>/<host>`."""
    return place(found.running, found.running.event.stages.index(found.stage), found.host)


def place(running: Running, number: int, host: str) -> str:
    """The same of its parts."""
    return f"{running.code}/{number}/{host or ORGANISER}"


def host_name(desk: Desk, code: str) -> str:
    """The host as people call it."""
    if code == NOBODY:
        return desk.say("host.organiser")
    directory = desk.facts.directory
    return directory.get(code).name_short if code in directory.codes else code


async def may_person(desk: Desk, person_id: int, action: Action, target: Target) -> bool:
    """Whether somebody may do this when no message of theirs is at hand, as while their file is made."""
    actor = Actor(person_id, await desk.storage.roles.of_person(person_id))
    return person_id in desk.facts.admins or authorize(actor, action, target)


async def round_for(case: Case, where: str, action: Action) -> Round | None:
    """The stage that a button names, for one who may do this there; else None."""
    code, _, rest = where.partition("/")
    number, _, host = rest.partition("/")
    running = await event_of(case, code)
    host = NOBODY if host == ORGANISER else host
    if running is None or not number.isdecimal() or whole(number) >= len(running.event.stages):
        return None
    if not await may(case, action, Target(event=code, host=host or None)):
        return None
    stage = running.event.stages[whole(number)]
    return await round_of(case, running, stage, host) if stage.is_cut else None


async def person_for(case: Case, argument: str, action: Action) -> tuple[Round, Application] | None:
    """The application `<id>` at the cut it has come to, for its host and for organizers; else None."""
    found = await case.storage.applications.get(whole(argument))
    running = await event_of(case, found.event_code) if found else None
    if found is None or running is None:
        return None
    standings = await case.storage.stages.of_application(found.id)
    fate = (await case.storage.stages.fates(running.code, [found.id])).get(found.id)
    waiting = fate.waiting if fate else None
    cuts = [stage for stage in running.event.stages if stage.is_cut]
    at = waiting or next((stage for stage in reversed(cuts) if stage.code in standings), cuts[0] if cuts else None)
    if at is None:
        return None
    found_round = await round_of(case, running, at, NOBODY)
    host = found_round.hosts.get(found.id)
    if host is None or not await may(case, action, Target(event=running.code, host=host or None)):
        return None
    here = replace(found_round, host=host)
    return next(((here, one) for one in here.reached if one.id == found.id), None)


def of_round(action: Action) -> Callable[[RoundAct], Route]:
    """A route whose argument is `<event>/<stage's number>/<host>` or `…/<more>`."""

    def decorate(act: RoundAct) -> Route:
        @wraps(act)
        async def route(case: Case, argument: str) -> Outcome:
            parts = argument.split("/", 3)
            found = await round_for(case, "/".join(parts[:3]), action)
            return not_available() if found is None else await act(case, found, parts[3] if len(parts) > 3 else "")  # noqa: PLR2004

        return route

    return decorate


def of_person(action: Action) -> Callable[[PersonAct], Route]:
    """A route whose argument is `<application id>` or `<application id>/<more>`."""

    def decorate(act: PersonAct) -> Route:
        @wraps(act)
        async def route(case: Case, argument: str) -> Outcome:
            written_id, _, more = argument.partition("/")
            found = await person_for(case, written_id, action)
            return not_available() if found is None else await act(case, *found, more)

        return route

    return decorate


def finish_of_round(action: Action) -> Callable[[RoundFinish], Callable[[Case, str, Answers], Awaitable[Outcome]]]:
    """The end of a talk about a stage: rights are asked for once more."""

    def decorate(finish: RoundFinish) -> Callable[[Case, str, Answers], Awaitable[Outcome]]:
        @wraps(finish)
        async def end(case: Case, where: str, answers: Answers) -> Outcome:
            found = await round_for(case, where, action)
            return not_available() if found is None else await finish(case, found, answers)

        return end

    return decorate


async def organizes(case: Case, found: Round) -> bool:
    """Whether the one who acts may do what only organizers may at a stage."""
    return await may(case, Action.OVERRIDE_QUOTA, Target(event=found.running.code))
