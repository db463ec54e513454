"""A contest in judging: works of invented pupils, a juror with some of them to score.

The clock stands at 10:00 in Tomsk on the fourth of the seven days of judging.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from bot.contest import calendar
from bot.contest.applications import ApplicationState, number
from bot.contest.authorize import RoleKind
from bot.contest.consents import Applicant
from bot.contest.event import Event
from bot.contest.event.moments import TOMSK
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.organisations import Directory
from bot.contest.text import WORD_JOINER
from bot.talk.seal import Seal
from storage.application_rows import Application, Contact, Form, Participant
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.scenes import load_event

DAYS_SINCE_INTAKE_BEGAN = 33
PHONE, EMAIL = "+79131234567", "zinaida.mokhova@mail.example"
TEACHER = ("Зинаида", "Мохова")
SUPERVISOR = "Кедрова Зоя Львовна"
#: What a member of the jury may never be shown.
SECRETS = ("9131234567", "mail.example", "Зинаид", "Мохов", "Кедров")
GYMNASIUM, LYCEUM = "gymnasium-13-tomsk", "lyceum-7-tomsk"
TITLES = ("Таблица умножения", "Чистая река", "Колобок", "Лабиринт", "Звёздный кот", "Лесная школа", "Переменка", "Сад")
SURNAMES = ("Соколова", "Ветрова", "Белова", "Осипова", "Громова", "Лапина", "Зимина", "Рябова")


@dataclass
class JuryScene:
    """Who and what there is."""

    chat: Chat
    event: Event
    juror: Person
    teacher: Person
    applications: list[Application] = field(default_factory=list)
    assignments: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[Storage]:
        """The database, in a transaction."""
        async with storage_of(self.chat) as storage:
            yield storage

    @property
    def until(self) -> str:
        """The end of judging, as the bot says it."""
        end = self.event.judging_until
        assert end is not None
        return calendar.deadline(end, TOMSK, now=self.chat.clock())

    async def points(self, nth: int) -> dict[str, str]:
        """What stands in the sheet of the nth work, from 1."""
        async with self.storage() as storage:
            scores = await storage.jury.scores(self.assignments[nth - 1])
        return {criterion: str(points) for criterion, points in scores.items()}

    async def contacts_shown(self, person: Person) -> list[str]:
        """Which secrets stand anywhere in somebody's dialog: texts, buttons, attachments, popups."""
        dialog = await self.chat.control(f"people/{person.id}/dialog")
        everything = json.dumps(dialog, ensure_ascii=False).replace(WORD_JOINER, "")
        return [secret for secret in SECRETS if secret in everything]

    async def audit(self, action: str) -> list[Mapping[str, object]]:
        """The details that the audit log keeps of such acts, oldest first."""
        async with self.storage() as storage:
            return [entry.detail for entry in reversed(await storage.audit.tail(1000)) if entry.action == action]

    async def scores_all(self, person: Person, *points: str) -> None:
        """Tap these points, one criterion after another; longer scales by typing."""
        for value in points:
            if value in [label for row in person.last.buttons for label in row]:
                await person.presses(value)
            else:
                await person.writes(value)

    async def approve(self) -> None:
        """The protocol is approved."""
        async with self.storage() as storage:
            await storage.events.approve(self.event.code, by=self.teacher.id, at=self.chat.clock())

    async def seat(self, person: Person, *, organisation: str | None = None, told: bool = True) -> None:
        """Make somebody a member of the jury; `told`: today's digest has been, so that none comes in between."""
        async with self.storage() as storage:
            now = self.chat.clock()
            await storage.people.meet(person.id, at=now)
            await storage.roles.grant(person.id, RoleKind.JURY, self.event.code, by=None, at=now)
            await storage.jury.join(
                person.id, self.event.code, full_name="Лаптев Егор Ильич", organisation_code=organisation, at=now
            )
            if told:
                await storage.jury.set_digest(person.id, self.event.code, at=now - timedelta(seconds=1))

    async def assign(self, person: Person, works: int | None = None) -> list[int]:
        """Give the first works to somebody; their assignments."""
        async with self.storage() as storage:
            pairs = [(one.id, person.id) for one in self.applications[:works]]
            await storage.jury.assign(pairs, at=self.chat.clock())
            return [card.assignment.id for card in await storage.jury.cards(self.event.code, person.id)]


@asynccontextmanager
async def storage_of(chat: Chat) -> AsyncIterator[Storage]:
    """The bot's database, in a transaction."""
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        yield Storage(connection)


async def passes_until(chat: Chat, hour: int, minute: int = 0) -> None:
    """Let time pass until the clock in Tomsk shows this, today or else tomorrow."""
    now = chat.clock().astimezone(TOMSK)
    wanted = datetime.combine(now.date(), time(hour, minute), TOMSK)
    await chat.passes((wanted if wanted > now else wanted + timedelta(days=1)) - now)


async def judging(
    chat: Chat,
    *,
    works: int = 3,
    changed: Callable[[Event], Event] | None = None,
    organisation: str | None = None,
    schools: Sequence[str] = (GYMNASIUM,),
    file: bool = False,
) -> JuryScene:
    """A juror of `organisation` with so many works of these `schools` by turns; `file`: files instead of links."""
    await passes_until(chat, 10)
    event = await load_event(chat, opened_days_ago=DAYS_SINCE_INTAKE_BEGAN, changed=changed)
    scene = JuryScene(chat, event, await chat.person("Егор", "Лаптев"), await chat.person(*TEACHER))
    await scene.juror.starts()
    async with scene.storage() as storage:
        await storage.people.meet(scene.teacher.id, at=chat.clock())
        for index in range(works):
            school = schools[index % len(schools)]
            scene.applications.append(await hand_in(scene, storage, index, school, file=file))
    await scene.seat(scene.juror, organisation=organisation)
    scene.assignments = await scene.assign(scene.juror)
    return scene


async def hand_in(
    scene: JuryScene, storage: Storage, index: int, school: str = GYMNASIUM, *, file: bool = False
) -> Application:
    """A pupil's accepted application with a work."""
    year, now = scene.event.year, scene.chat.clock()
    name = FullName(SURNAMES[index % len(SURNAMES)], "Вера", "Ильинична")
    form = Form(
        applicant_role=Applicant.TEACHER,
        category="pupil",
        nomination="learning-game",
        age_group="grades-3-4",
        organisation_code=school,
        organisation_name=Directory.load().get(school).name_short,
        supervisor=SUPERVISOR,
        answers={"_title": TITLES[index % len(TITLES)], "_description": "Игра про счёт.", "remix": False},
        duplicate_key=name.key,
        participants=(Participant(name, Grade(3, "Б")),),
    )
    application = await storage.applications.add(
        form,
        event_code=scene.event.code,
        person_id=scene.teacher.id,
        state=ApplicationState.ACCEPTED,
        contact=Contact(PHONE, EMAIL),
        number=lambda ordinal: number("СК", year, ordinal),
        at=now,
    )
    if file:
        facts = {"file_name": "game.sb3", "attachment": f"doc{scene.teacher.id}_1", "size_bytes": 20_000}
        await storage.works.add_version(application.id, "file", said_at=now, received_at=now, **facts)  # type: ignore[arg-type]
    else:
        url = f"https://scratch.mit.edu/projects/61234567{index}"
        await storage.works.add_version(application.id, "link", said_at=now, received_at=now, url=url)
    return application


async def opens(scene: JuryScene) -> Person:
    """The juror goes through the menu to the first card."""
    egor = scene.juror
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Оценивать")
    return egor


async def payload_of(chat: Chat, person: Person, label: str) -> dict[str, Any]:
    """What the newest button of this label carries."""
    dialog = await chat.control(f"people/{person.id}/dialog")
    keys = [
        key["action"]
        for message in dialog["messages"]
        for row in (message["keyboard"] or {"buttons": []})["buttons"]
        for key in row
    ]
    found: dict[str, Any] = json.loads([key["payload"] for key in keys if key["label"] == label][-1])
    return found


async def sealed(scene: JuryScene, person: Person, go: str) -> dict[str, str]:
    """A button that the bot itself might have made for this person."""
    async with scene.storage() as storage:
        seal = Seal(await storage.settings.seal_key())
    return {"g": go, "k": seal.of(person.id, go)}


async def sends(person: Person, payload: Mapping[str, Any]) -> None:
    """Send a message with a payload of one's own making."""
    await person.writes("кнопка", payload=dict(payload))
