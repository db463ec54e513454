"""Every door of the organizer's side: who may pass is decided here, from the database, before anything is read.

An event that is not there and one that is somebody else's get the same answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from bot.contest.authorize import Action, Target
from bot.talk.model import Outcome, Reply, Route, Step
from bot.talk.position import Answers
from handlers.access import may
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.seeing import application_seen
from storage.application_rows import Application

T = TypeVar("T")
EventAct = Callable[[Case, Running, str], Awaitable[Outcome]]
ApplicationAct = Callable[[Case, Running, Application, str], Awaitable[Outcome]]
EventFinish = Callable[[Case, Running, Answers], Awaitable[Outcome]]


def not_available() -> Reply:
    """What anybody hears who may not, and whoever asks for what is not there."""
    return Reply("not_available")


async def event_for(case: Case, code: str, action: Action) -> Running | None:
    """The event, for one who may do this at it; else None."""
    return await event_of(case, code) if await may(case, action, Target(event=code)) else None


async def application_for(case: Case, written_id: str, action: Action) -> tuple[Running, Application] | None:
    """The application with its event, for one who may do this at that event; else None.

    Whose application it is does not matter here: an applicant has screens of their own. Without a consent in
    force its people are not named.
    """
    if not (written_id.isdecimal() and len(written_id) < len(str(2**63))):
        return None
    application = await case.storage.applications.get(int(written_id))
    if application is None:
        return None
    running = await event_for(case, application.event_code, action)
    return None if running is None else (running, await application_seen(case, application))


def of_event(action: Action) -> Callable[[EventAct], Route]:
    """A route whose argument is `<event>` or `<event>/<more>`, open to those who may do `action` at the event."""

    def decorate(act: EventAct) -> Route:
        @wraps(act)
        async def route(case: Case, argument: str) -> Outcome:
            code, _, more = argument.partition("/")
            running = await event_for(case, code, action)
            return not_available() if running is None else await act(case, running, more)

        return route

    return decorate


def of_application(action: Action) -> Callable[[ApplicationAct], Route]:
    """A route whose argument is `<application id>` or `<application id>/<more>`."""

    def decorate(act: ApplicationAct) -> Route:
        @wraps(act)
        async def route(case: Case, argument: str) -> Outcome:
            written_id, _, more = argument.partition("/")
            found = await application_for(case, written_id, action)
            return not_available() if found is None else await act(case, *found, more)

        return route

    return decorate


def event_steps(action: Action, *steps: Step) -> Callable[[Case, str], Awaitable[Sequence[Step]]]:
    """The steps of a talk about an event; who may not (any more) is asked nothing and comes to its end at once."""

    async def allowed(case: Case, code: str) -> Sequence[Step]:
        return () if await event_for(case, code, action) is None else steps

    return allowed


def application_steps(action: Action, *steps: Step) -> Callable[[Case, str], Awaitable[Sequence[Step]]]:
    """The same of a talk about an application, whose subject begins with its id."""

    async def allowed(case: Case, subject: str) -> Sequence[Step]:
        return () if await application_for(case, subject.partition("/")[0], action) is None else steps

    return allowed


def finish_of_event(action: Action) -> Callable[[EventFinish], Callable[[Case, str, Answers], Awaitable[Outcome]]]:
    """The end of a talk about an event: rights are asked for once more, they may have been taken meanwhile."""

    def decorate(finish: EventFinish) -> Callable[[Case, str, Answers], Awaitable[Outcome]]:
        @wraps(finish)
        async def end(case: Case, code: str, answers: Answers) -> Outcome:
            running = await event_for(case, code, action)
            return not_available() if running is None else await finish(case, running, answers)

        return end

    return decorate


async def the_event(case: Case, code: str) -> Running:
    """The event of an open question: its steps are asked only where it is there."""
    running = await event_of(case, code)
    if running is None:
        raise LookupError(code)
    return running


def whole(text: str) -> int:
    """The number in a button's argument, 0 where there is none."""
    return int(text) if text.isdecimal() and len(text) < len(str(2**63)) else 0


def detail(**facts: Any) -> dict[str, object]:
    """What the audit log keeps of an act: small, and never personal data."""
    return {name: value for name, value in facts.items() if value is not None}
