"""The teacher who prepared the participant: named once, offered again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.contest.event import Event
from bot.contest.event.base import Count
from bot.contest.names import NAME_LIMIT, read_full_name
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Option, Step
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import units
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.own_values import says_no
from handlers.participant.wording import refused

_BETWEEN = re.compile(r"[,;\n]+|\s+и\s+", re.IGNORECASE)
#: So many earlier supervisors are offered.
MOST_OFFERED = 2


def supervisor_step(event: Event) -> Step:
    """Asked for children; grown-ups prepare themselves."""
    role = event.common_fields.supervisor

    def count(answers: Answers) -> Count:
        return units.leaders(event, Filled(event, answers).unit)

    async def parse(case: Case, answers: Answers, text: str) -> object:
        least, most = count(answers).least, count(answers).most
        if says_no(text) or fold(text) == fold(case.say("button.no_supervisor")):
            return Refusal("supervisor_needed") if least else []
        names = read_names(text)
        if isinstance(names, Refusal):
            return refused(case, names)
        if len(names) > most:
            return Refusal("supervisors_too_many", {"most": most})
        return names

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        known = [Option(names, names.split(", ")) for names in await _earlier(case)]
        return [*known, *([Option(case.say("button.no_supervisor"), [])] if not count(answers).least else [])]

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        most = count(answers).most
        several = case.say("apply_supervisors", most=most) if most > 1 else ""
        return {"title": Trusted(role.title), "several": several}

    return Step(
        "supervisor",
        parse=parse,
        options=options,
        values=values,
        when=lambda answers: not Filled(event, answers).adult,
        text="apply.supervisor",
        limit=NAME_LIMIT * max(units.leaders(event, unit).most for unit in event.units),
    )


def read_names(text: str) -> list[str] | Refusal:
    """Names one after another; a comma may also stand inside of a single one («Орлова, Нина Петровна»)."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    names = [read_full_name(part) for part in parts] or [read_full_name(text)]
    refusal = next((name for name in names if isinstance(name, Refusal)), None)
    if refusal is not None and len(parts) > 1:
        whole = read_full_name(text)
        return refusal if isinstance(whole, Refusal) else [whole.formal]
    return refusal or [name.formal for name in names if not isinstance(name, Refusal)]


async def _earlier(case: Case) -> list[str]:
    """Whom this person has named before, the last one first."""
    applications = await case.storage.applications.of_person(case.person.id)
    named = (application.supervisor for application in reversed(applications))
    return list(dict.fromkeys(name for name in named if name))[:MOST_OFFERED]
