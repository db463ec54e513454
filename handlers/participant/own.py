"""A person's own applications: what is absent and what is somebody else's are the same."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action, Actor, Target, authorize
from handlers.kinds import Case
from storage.application_rows import Application

#: States in which an application takes part.
ALIVE = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED)


async def own_application(case: Case, argument: str, action: Action = Action.VIEW_APPLICATION) -> Application | None:
    """The application of this id if the person may do so as its owner, whatever roles they have beside that."""
    application = await case.storage.applications.get(int(argument)) if _is_id(argument) else None
    if application is None:
        return None
    target = Target(application.event_code, application.person_id)
    return application if authorize(Actor(case.person.id), action, target) else None


def _is_id(argument: str) -> bool:
    return argument.isascii() and argument.isdecimal() and len(argument) < 16  # noqa: PLR2004 - fits 64 bits
