"""People who write to the bot: accounts of the messenger, not participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.contest.people import Person
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("people")


#: So many are asked for one by one rather than found among all who can't be written to.
FEW = 20


class People:
    """The `person` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def meet(self, person_id: int, *, at: datetime) -> Person:
        """The person, made known if this is their first act; an act means that they can be written to again."""
        person = await self.get(person_id)
        if person is None or person.unreachable_code is not None:
            person = _person(await QUERIES.meet(self._connection, id=person_id, at=to_ms(at)))
        return person

    async def known(self, person_id: int, *, at: datetime) -> bool:
        """Make somebody known who has not written (yet); whether they are new. Nothing else about them changes."""
        return bool(await QUERIES.known(self._connection, id=person_id, at=to_ms(at)))

    async def get(self, person_id: int) -> Person | None:
        """The person, or None."""
        row = await QUERIES.get(self._connection, id=person_id)
        return None if row is None else _person(row)

    async def greeted(self, person_id: int, *, at: datetime) -> None:
        """They were told who the operator of personal data is."""
        await QUERIES.greeted(self._connection, id=person_id, at=to_ms(at))

    async def unreachable(self, person_id: int, code: int, *, at: datetime) -> None:
        """The messenger refuses our messages to them, with this code."""
        await QUERIES.unreachable(self._connection, id=person_id, code=code, at=to_ms(at))

    async def silent_until(self, person_id: int, until: datetime | None) -> None:
        """A human talks to them until then; None: the bot speaks again."""
        await QUERIES.silent_until(self._connection, id=person_id, until=None if until is None else to_ms(until))

    async def no_news(self, person_id: int, *, since: datetime | None) -> None:
        """They want no announcements; None: they want them again."""
        await QUERIES.no_news(self._connection, id=person_id, since=None if since is None else to_ms(since))

    async def set_names(self, names: Mapping[int, tuple[str, str]]) -> None:
        """What their pages are called: first and last name by id."""
        values = [{"id": id_, "first_name": first, "last_name": last} for id_, (first, last) in names.items()]
        if values:
            await QUERIES.name(self._connection, values)

    async def nameless(self, most: int = 1000) -> Sequence[int]:
        """Whose names are not known yet."""
        return [row["id"] async for row in QUERIES.nameless(self._connection, most=most)]

    async def unreachable_of(self, ids: Iterable[int]) -> dict[int, int]:
        """Which of these can't be written to, with the messenger's code. A few are looked at one by one."""
        wanted = set(ids)
        if len(wanted) <= FEW:
            people = [await self.get(id_) for id_ in sorted(wanted)]
            return {one.id: one.unreachable_code for one in people if one and one.unreachable_code is not None}
        return {
            row["id"]: row["unreachable_code"]
            async for row in QUERIES.all_unreachable(self._connection)
            if row["id"] in wanted
        }


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        id=row["id"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        first_seen_at=from_ms(row["first_seen_at"]),
        greeted_at=from_ms(row["greeted_at"]),
        unreachable_code=row["unreachable_code"],
        silent_until_at=from_ms(row["silent_until_at"]),
        no_news_at=from_ms(row["no_news_at"]),
    )
