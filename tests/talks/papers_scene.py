"""A published contest whose papers are to be issued: a teacher with pupils, a parent, a juror."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import Applicant
from storage.application_rows import Application
from storage.outcomes import Result
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import PROTOCOL, Scene, scene

#: The letters of many pupils, told apart by their patronymics.
PATRONYMICS = (
    "Ильич",
    "Львович",
    "Олегович",
    "Петрович",
    "Иванович",
    "Юрьевич",
    "Глебович",
    "Егорович",
    "Фомич",
    "Лукич",
)
PAUSE = timedelta(seconds=6)
I_DEGREE = Outcome(OutcomeKind.WINNER, "Диплом I степени")


@dataclass
class Published:
    """Who is there."""

    made: Scene
    nina: Person
    oleg: Person
    egor: Person
    works: list[Application]

    @property
    def olga(self) -> Person:
        """The organizer."""
        return self.made.organizer

    async def decides(self, application: Application, outcome: Outcome) -> None:
        """An outcome that an organizer sets."""
        async with self.made.storage() as storage:
            result = Result(application.id, outcome)
            await storage.outcomes.set(result, by=self.olga.id, at=self.made.chat.clock())

    async def opens(self) -> None:
        """Olga opens the papers of the event."""
        await self.olga.writes("меню")
        await self.olga.presses("Кабинет организатора")
        await self.olga.presses("Прошедшие")
        await self.olga.presses(self.made.event.short_title)
        await self.olga.presses("Документы")

    async def delivered(self) -> None:
        """Time enough for the letters to be followed."""
        await self.made.chat.passes(PAUSE)
        for person in (self.olga, self.nina, self.oleg, self.egor):
            await person.looks()


async def published(chat: Chat, *, pupils: int = 2, out: bool = True) -> Published:
    """Nina has entered pupils, Oleg his own child; Egor has scored; the results are out."""
    made = await scene(chat, days=PROTOCOL)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    names = ["Соколова Вера Ильинична", "Ветрова Анна", *(f"Кедров Борис {name}" for name in PATRONYMICS)][:pupils]
    works = [await made.applies(nina, name, supervisor="Орлова Нина Петровна") for name in names]
    works.append(await made.applies(oleg, "Белов Артём", grade=4, role=Applicant.PARENT, supervisor=None))
    await made.hands_in(*works)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {works[0].id: 38})
    found = Published(made, nina, oleg, egor, works)
    for number, work in enumerate(works):
        await found.decides(work, Outcome(OutcomeKind.PARTICIPANT) if number else I_DEGREE)
    async with made.storage() as storage:
        await storage.events.approve(made.event.code, by=made.organizer.id, at=chat.clock())
        if out:
            await storage.events.publish(made.event.code, by=made.organizer.id, at=chat.clock())
    return found
