"""A published event whose papers are in the register, as a test of papers begins with it.

made = await published(chat, {"Соколова Вера Ильинична": (OutcomeKind.WINNER, "Диплом I степени")})
nina = made.teacher                                   # all of them are her pupils
made.number(1)                                        # «ОЧК-2026-У9-0001»
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import Operator
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.contest.papers.numbers import paper_number
from handlers.book import texts
from handlers.events import event_of
from handlers.kinds import Desk
from handlers.organizer.papers.gathering import gather
from storage.outcomes import Result
from storage.paper_rows import Paper
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import PROTOCOL, Scene, scene

WINNER = (OutcomeKind.WINNER, "Диплом I степени")
TOOK_PART = (OutcomeKind.PARTICIPANT, "Сертификат участника")
Outcomes = Mapping[str, tuple[OutcomeKind, str]]


@dataclass
class Papers(Scene):
    """An event with papers."""

    teacher: Person

    def number(self, ordinal: int) -> str:
        """«ОЧК-2026-У9-0001»."""
        return paper_number("ОЧК", self.event.year, "У9", ordinal)

    async def papers(self) -> list[Paper]:
        """The register of the event."""
        async with self.storage() as storage:
            return await storage.papers.of_event(self.event.code)

    async def issue(self) -> list[Paper]:
        """Give every paper that is due and not there yet its number."""
        async with self.storage() as storage:
            desk = desk_on(self.chat, storage)
            running = await event_of(desk, self.event.code)
            assert running is not None
            found = await gather(desk, running)
            return await storage.papers.issue_all(
                found.papers(), self.event.code, series=found.series, by=self.organizer.id, at=self.chat.clock()
            )

    async def issue_fresh(self) -> list[Paper]:
        """What `issue` gives that was not there before: nothing, where data and papers agree."""
        before = {one.id for one in await self.papers()}
        return [one for one in await self.issue() if one.id not in before]


def desk_on(chat: Chat, storage: Storage) -> Desk:
    """What work of ours has in hand, on this transaction."""
    facts = Facts(ZoneInfo("Asia/Tomsk"), Operator("", "", ""), Directory.load(), "club", frozenset())
    return Desk(now=chat.clock(), storage=storage, texts=texts(), facts=facts)


async def published(chat: Chat, outcomes: Outcomes, **more: Any) -> Papers:
    """Results are out and papers are numbered; one teacher has sent all; `more` as of `Scene.applies`."""
    base = await scene(chat, days=PROTOCOL)
    made = Papers(chat, base.event, base.organizer, await base.person("Нина", "Орлова"))
    now = chat.clock()
    for name, (kind, title) in outcomes.items():
        application = await made.applies(made.teacher, name, **more)
        async with made.storage() as storage:
            result = Result(application.id, Outcome(kind, title), points=Decimal(30))
            await storage.outcomes.set(result, by=made.organizer.id, at=now)
    async with made.storage() as storage:
        await storage.events.approve(made.event.code, by=made.organizer.id, at=now)
        await storage.events.publish(made.event.code, by=made.organizer.id, at=now)
    await made.issue()
    return made
