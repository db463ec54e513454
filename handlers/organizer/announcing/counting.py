"""How many an announcement reaches, and why it does not reach the others: at once, or aside where there are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from bot.contest.audiences import Audience, Base
from handlers.kinds import Desk
from handlers.organizer.announcing.nameless import nameless
from handlers.organizer.announcing.words import counted_people, spaced
from handlers.organizer.people import KNOWN_CODES, page_name

#: So many applications are read within a step; more are counted aside.
AT_ONCE = 2000
#: So many of those whom it does not reach are named.
MOST_NAMED = 5
#: The reason of those who want no news; others are the messenger's codes.
NEWS = "news"


@dataclass(frozen=True, slots=True)
class Tally:
    """The people of an audience."""

    total: int
    #: How many it does not reach, by reason.
    unreached: Mapping[str, int] = field(default_factory=dict)
    #: Some of them, the name with the reason.
    named: Sequence[tuple[str, str]] = ()

    @property
    def reached(self) -> int:
        """How many it goes to."""
        return self.total - sum(self.unreached.values())

    def to_json(self) -> dict[str, Any]:
        """For the way from the job to the talk."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The same back."""
        named = tuple((str(name), str(reason)) for name, reason in kept["named"])
        return cls(int(kept["total"]), dict(kept["unreached"]), named)


async def is_large(desk: Desk, audience: Audience) -> bool:
    """Whether it is to be counted aside."""
    if audience.base in (Base.EVERYONE, Base.SAME):
        return True
    sizes = [await desk.storage.audiences.size(code) for code in audience.events]
    return sum(sizes) > AT_ONCE


async def tally(desk: Desk, audience: Audience) -> Tally:
    """Count the audience: who is reached, and who is not."""
    people = await desk.storage.audiences.people(audience)
    silent = await desk.storage.audiences.silent(people)
    lost = [person_id for person_id in people if person_id in silent]
    reasons = {person_id: NEWS if silent[person_id] is None else str(silent[person_id]) for person_id in lost}
    hidden = await nameless(desk, audience.events) if lost else set()
    named = [
        (desk.say("announce.nameless") if one in hidden else await page_name(desk, one), reasons[one])
        for one in lost[:MOST_NAMED]
    ]
    return Tally(len(people), dict(Counter(reasons.values()).most_common()), tuple(named))


def unreached_line(desk: Desk, found: Tally) -> str:
    """«Не дойдёт до 6 человек: …», or nothing: names where they are few, else the reasons with their counts."""
    count = found.total - found.reached
    if not count:
        return ""
    if count <= len(found.named):
        names = [f"{name} ({reason(desk, why)})" for name, why in found.named]
        return desk.say("org.unreachable", count=count, names=", ".join(names), more="")
    reasons = ", ".join(f"{reason(desk, why)}: {spaced(many)}" for why, many in found.unreached.items())
    named = ", ".join(dict.fromkeys(name for name, _ in found.named))
    return desk.say("announce.unreached", people=counted_people(desk, count), reasons=reasons, names=named)


def reason(desk: Desk, why: str) -> str:
    """Why, in words."""
    if why == NEWS:
        return desk.say("announce.why_news")
    return desk.say(f"org.why.{why}") if int(why) in KNOWN_CODES else desk.say("org.why.other", code=why)
