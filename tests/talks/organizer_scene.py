"""An event with its organizer, and people, applications, works and scores as a test needs them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.contest.applications import ApplicationState, duplicate_key, number
from bot.contest.authorize import RoleKind
from bot.contest.consents import Applicant, ConsentKind
from bot.contest.event import Category, Event
from bot.contest.event.moments import TOMSK
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.scoring import Scale
from storage.application_rows import Application, Contact, Form, Participant
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.scenes import SCRATCH, load_event

#: Days since intake began: in intake, in judging, after judging.
INTAKE, JUDGING, PROTOCOL = 12, 33, 38
GYMNASIUM = ("gymnasium-13-tomsk", "МАОУ гимназия № 13 г. Томска")
PHONE, EMAIL = "+79131234567", "nina.orlova@mail.example"


@dataclass
class Scene:
    """An event and whoever runs it."""

    chat: Chat
    event: Event
    organizer: Person

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[Storage]:
        """The bot's database, in a transaction."""
        assert self.chat.app is not None
        async with self.chat.app.database.transaction() as connection:
            yield Storage(connection)

    async def person(self, first_name: str, last_name: str) -> Person:
        """Somebody who has written to the bot."""
        person = await self.chat.person(first_name, last_name)
        await person.starts()
        async with self.storage() as storage:
            await storage.people.set_names({person.id: (first_name, last_name)})
        return person

    async def organizes(self, person: Person, event: Event | None = None) -> None:
        """Make somebody an organizer of the event."""
        async with self.storage() as storage:
            code = (event or self.event).code
            await storage.roles.grant(person.id, RoleKind.ORGANIZER, code, by=None, at=self.chat.clock())

    async def applies(
        self,
        person: Person,
        name: str,
        *,
        event: Event | None = None,
        grade: int | None = 3,
        role: Applicant = Applicant.TEACHER,
        state: ApplicationState = ApplicationState.ACCEPTED,
        nomination: str | None = "learning-game",
        organisation: tuple[str | None, str] = GYMNASIUM,
        supervisor: str | None = "Кедрова Зоя Львовна",
        answers: Mapping[str, object] | None = None,
        publish: bool = True,
        consent: bool = True,
        team: str | None = None,
        headcount: int | None = None,
        preschool: bool = False,
    ) -> Application:
        """An application of `person` for the participant `name` («Соколова Вера»), or for their `team`."""
        event = event or self.event
        year, prefix, now = event.year, event.number_prefix, self.chat.clock()
        full_name = FullName(*name.split())
        category = Category.PUPIL if grade else Category.PRESCHOOLER if preschool else Category.TEACHER
        group = event.age_group_for(category, grade, None)
        code, title = organisation
        form = Form(
            applicant_role=role,
            category=category.value,
            nomination=nomination if event.nominations else None,
            age_group=group.code if group else None,
            organisation_code=code,
            organisation_name=title,
            supervisor=supervisor,
            title=team,
            headcount=headcount,
            answers=answers or {},
            duplicate_key=duplicate_key(full_name, code or title.casefold(), event.code),
            participants=(Participant(full_name, None if grade is None else Grade(grade)),),
        )
        async with self.storage() as storage:
            application = await storage.applications.add(
                form,
                event_code=event.code,
                person_id=person.id,
                state=state,
                contact=Contact(PHONE, EMAIL),
                number=lambda ordinal: number(prefix, year, ordinal),
                at=now,
            )
            for kind, given in ((ConsentKind.PROCESSING, consent), (ConsentKind.PUBLICATION, publish)):
                await storage.consents.record(
                    application.id,
                    kind,
                    version=1,
                    text_hash="0" * 64,
                    decision="given" if given else "refused",
                    channel="chat",
                    person_id=person.id,
                    at=now,
                )
        return application

    async def hands_in(self, *applications: Application, url: str | None = None, check: str | None = None) -> None:
        """A work for each: a file, or a link with its diagnosis."""
        now = self.chat.clock()
        async with self.storage() as storage:
            for one in applications:
                facts: dict[str, Any] = {"file_name": "game.sb3", "size_bytes": 20_000} if url is None else {"url": url}
                kind: Any = "file" if url is None else "link"
                work = await storage.works.add_version(one.id, kind, said_at=now, received_at=now, **facts)
                if check is not None:
                    await storage.works.set_check(work.id, check, title=None, at=now)

    async def juror(self, first: str, last: str, full_name: str, organisation: str | None = None) -> Person:
        """A member of the jury."""
        person = await self.person(first, last)
        async with self.storage() as storage:
            now = self.chat.clock()
            await storage.roles.grant(person.id, RoleKind.JURY, self.event.code, by=None, at=now)
            await storage.jury.join(
                person.id, self.event.code, full_name=full_name, organisation_code=organisation, at=now
            )
        return person

    async def scores(self, juror: Person, totals: Mapping[int, int]) -> None:
        """The juror gives these sums to these applications, assigned if they were not."""
        async with self.storage() as storage:
            now = self.chat.clock()
            await storage.jury.assign(((application_id, juror.id) for application_id in totals), at=now)
            for card in await storage.jury.cards(self.event.code, juror.id):
                if card.assignment.application_id in totals:
                    for criterion, points in _split(self.event, totals[card.assignment.application_id]).items():
                        await storage.jury.score(card.assignment.id, criterion, points, at=now)
                    await storage.jury.save(card.assignment.id, at=now)

    async def application(self, id_: int) -> Application:
        """The application as it stands."""
        async with self.storage() as storage:
            found = await storage.applications.get(id_)
        assert found is not None
        return found

    async def opens(self, button: str = "", person: Person | None = None) -> None:
        """The organizer opens the card of the event, and then one of its parts."""
        who = person or self.organizer
        await who.writes("меню")
        await who.presses("Кабинет организатора")
        await who.presses(self.event.short_title)
        if button:
            await who.presses(button)


async def scene(
    chat: Chat,
    *,
    days: int = INTAKE,
    file: str = SCRATCH,
    changed: Callable[[Event], Event] | None = None,
) -> Scene:
    """It is 10:00 in Tomsk, intake began so many days ago, Olga organizes the event."""
    now = chat.clock().astimezone(TOMSK)
    morning = datetime.combine(now.date() + timedelta(days=1), time(10), TOMSK)
    chat.moves_on(morning - now)
    event = await load_event(chat, file, opened_days_ago=days, changed=changed)
    made = Scene(chat, event, await chat.person("Ольга", "Лугова"))
    made.organizer = await made.person("Ольга", "Лугова")
    await made.organizes(made.organizer)
    return made


def _split(event: Event, total: int) -> dict[str, Decimal]:
    """The sum spread over the criteria of an individual work, the first ones full."""
    left, points = Decimal(total), {}
    for criterion in event.criteria_for("learning-game", None, event.unit.kind):
        scale = Scale(criterion.code, criterion.title, criterion.max or Decimal(0))
        points[criterion.code] = min(left, scale.max_points)
        left -= points[criterion.code]
    assert not left, "more than the sheet holds"
    return points
