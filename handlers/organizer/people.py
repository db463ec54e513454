"""Whom a message reaches, and why it does not reach the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.kinds import Desk

#: Codes of the messenger that have a reason in words of their own.
KNOWN_CODES = (18, 900, 901, 902)
#: So many are named.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is written to, and who can't be: names with reasons."""

    reached: tuple[int, ...]
    #: «Нина Орлова (запрещены сообщения)», by person.
    unreachable: Mapping[int, str]

    def line(self, case: Desk) -> str:
        """«Не дойдёт до 1 человека: …», or nothing."""
        if not self.unreachable:
            return ""
        named = list(self.unreachable.values())
        more = f" и ещё {len(named) - MOST_NAMED}" if len(named) > MOST_NAMED else ""
        return case.say("org.unreachable", count=len(named), names=", ".join(named[:MOST_NAMED]), more=more)


async def reach(case: Desk, people: Iterable[int]) -> Reach:
    """Which of these people messages reach, each once."""
    wanted = sorted(set(people))
    refused = await case.storage.people.unreachable_of(wanted)
    named = {id_: await _named(case, id_, code) for id_, code in sorted(refused.items())}
    return Reach(tuple(id_ for id_ in wanted if id_ not in refused), named)


async def _named(case: Desk, person_id: int, code: int) -> str:
    reason = case.say(f"org.why.{code}") if code in KNOWN_CODES else case.say("org.why.other", code=code)
    return f"{await page_name(case, person_id)} ({reason})"


async def page_name(case: Desk, person_id: int) -> str:
    """How somebody's page is called."""
    person = await case.storage.people.get(person_id)
    return person.page_name if person else f"id{person_id}"
