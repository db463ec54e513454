"""What people want to be reminded of, and for whom they look for events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contest.consents import Applicant
from bot.contest.event.base import Category
from bot.contest.suitable import Entered, Interest
from storage.connection import Connection
from storage.sql import load
from storage.times import to_ms

QUERIES = load("reminders")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody wants to hear of an event so long before what matters there."""

    event_code: str
    before: timedelta


class Reminders:
    """The `reminder` and `interest` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, person_id: int, reminder: Reminder, *, at: datetime) -> None:
        """Remind the person, once more if it was done before."""
        await QUERIES.put(self._connection, person_id=person_id, at=to_ms(at), **_key(reminder))

    async def drop(self, person_id: int, event_code: str) -> bool:
        """Remind the person of this event no more; False if there was nothing to drop."""
        return bool(await QUERIES.drop(self._connection, person_id=person_id, event_code=event_code))

    async def of_person(self, person_id: int) -> list[Reminder]:
        """What the person waits for, by event, the earliest first."""
        return [
            Reminder(row["event_code"], row["before_minutes"] * _MINUTE)
            async for row in QUERIES.of_person(self._connection, person_id=person_id)
        ]

    async def waiting(self) -> list[Reminder]:
        """What anybody waits for, each once."""
        return [
            Reminder(row["event_code"], row["before_minutes"] * _MINUTE)
            async for row in QUERIES.waiting(self._connection)
        ]

    async def people(self, reminder: Reminder) -> list[int]:
        """Who waits for this one."""
        return [row["person_id"] async for row in QUERIES.people(self._connection, **_key(reminder))]

    async def told(self, person_id: int, reminder: Reminder, *, at: datetime) -> None:
        """It is done, or of no use any more."""
        await QUERIES.told(self._connection, person_id=person_id, at=to_ms(at), **_key(reminder))

    async def interest(self, person_id: int) -> Interest | None:
        """For whom the person has said that they look."""
        row = await QUERIES.interest(self._connection, person_id=person_id)
        return None if row is None else Interest(Category(row["category"]), row["grade"])

    async def set_interest(self, person_id: int, interest: Interest, *, at: datetime) -> None:
        """For whom the person looks from now on."""
        await QUERIES.set_interest(
            self._connection, person_id=person_id, category=interest.category, grade=interest.grade, at=to_ms(at)
        )

    async def applied_for(self, person_id: int) -> list[Entered]:
        """Everybody whom the person has entered, the latest last."""
        rows = QUERIES.past_interests(self._connection, person_id=person_id)
        return [Entered(row["category"], row["grade"], Applicant(row["applicant_role"])) async for row in rows]


def _key(reminder: Reminder) -> dict[str, str | int]:
    return {"event_code": reminder.event_code, "before_minutes": reminder.before // _MINUTE}
