"""What takes too long for a step: asked for by a talk, worked out by a job, told by a route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.talk.model import Outcome, Route
from handlers.kinds import Case

KIND = "think"


def ask_thought(case: Case, thinker: str, about: Mapping[str, Any]) -> None:
    """Have something worked out; the route `thought.<thinker>` hears what it came to."""
    person_id = case.person.id
    case.ask(person_id, KIND, {"thinker": thinker, "about": {**about, "person_id": person_id}})


def thought(routes: Mapping[str, Route]) -> Route:
    """The job's result, for whoever asked: `thought` (None: there is nothing), `attachment`, `failed`."""

    async def give(case: Case, argument: str) -> Outcome:
        result = case.incoming.result or {}
        return await routes[str(result["thinker"])](case, argument)

    return give
