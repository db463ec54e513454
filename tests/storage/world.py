"""What the tests of the tables begin with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.grades import Grade
from bot.contest.names import FullName
from storage.application_rows import Application, Contact, Form, Participant
from storage.database import opened
from storage.storage import Storage
from tests.fresh import fresh

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DEADLINE = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)
TEACHER, PARENT, JUROR, OTHER_JUROR, ORGANIZER = 1, 2, 3, 4, 5
ANYA = Participant(FullName("Ветрова", "Анна", "Олеговна"), Grade(3, "Б"))
BORYA = Participant(FullName("Кедров", "Борис"), Grade(7))
PHONE = Contact(phone="+73822000000", email="vetrova@example.org")


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[Storage]:
    """A new database in `folder`, in a transaction, with the people 1 to 9 and two events."""
    async with opened(await fresh(folder / "bot.db")) as database, database.transaction() as connection:
        storage = Storage(connection)
        for person_id in range(1, 10):
            await storage.people.meet(person_id, at=NOON)
        for code in ("scratch", "webinar"):
            await storage.events.load(code, "{}", closes_at=DEADLINE, at=NOON)
        yield storage


@asynccontextmanager
async def another_world() -> AsyncIterator[Storage]:
    """The same in a folder of its own: for each of many examples of one test."""
    with TemporaryDirectory() as folder:
        async with world(Path(folder)) as storage:
            yield storage


def form(
    *participants: Participant,
    organisation_code: str | None = "gymnasium-13",
    organisation_name: str = "МАОУ гимназия № 13",
    nomination: str = "eco",
    duplicate_key: str = "",
) -> Form:
    """What a teacher filled in."""
    people = participants or (ANYA,)
    return Form(
        applicant_role=Applicant.TEACHER,
        category="pupil",
        nomination=nomination,
        age_group="3-4",
        organisation_code=organisation_code,
        organisation_name=organisation_name,
        supervisor="Соснина Вера Игоревна",
        answers={"title": "Чистая река"},
        duplicate_key=duplicate_key or people[0].name.key,
        participants=people,
    )


async def apply(
    storage: Storage,
    filled: Form | None = None,
    *,
    event_code: str = "scratch",
    person_id: int = TEACHER,
    state: ApplicationState = ApplicationState.SENT,
    prefix: str = "",
    at: datetime = NOON,
) -> Application:
    """An application that was sent."""
    return await storage.applications.add(
        filled or form(),
        event_code=event_code,
        person_id=person_id,
        state=state,
        contact=PHONE,
        number=lambda ordinal: f"{prefix or event_code}-{ordinal:04d}",
        at=at,
    )
