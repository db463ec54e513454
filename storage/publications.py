"""Where an application's people have been named in public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("publications")
#: `results`: the list that the bot gave out for copying; `wall`: a post whose address is known.
Place = Literal["results", "wall"]


@dataclass(frozen=True, slots=True)
class Publication:
    """One application in one place."""

    id: int
    application_id: int
    place: Place
    #: Of the post; None where nobody has named it.
    address: str | None
    published_at: datetime
    #: When the application was taken out of it; None: it is still there.
    removed_at: datetime | None


class Publications:
    """The `publication` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, applications: Iterable[int], place: Place, *, at: datetime, address: str | None = None) -> None:
        """These applications are named there."""
        for application_id in applications:
            await QUERIES.add(
                self._connection, application_id=application_id, place=place, address=address, at=to_ms(at)
            )

    async def standing(self, application_id: int) -> list[Publication]:
        """Where the application still is."""
        return [_publication(row) async for row in QUERIES.standing(self._connection, application_id=application_id)]

    async def of_event(self, event_code: str) -> list[Publication]:
        """Every place of an event's applications, oldest first."""
        return [_publication(row) async for row in QUERIES.of_event(self._connection, event_code=event_code)]

    async def get(self, publication_id: int) -> Publication | None:
        """One place, or None."""
        row = await QUERIES.get(self._connection, id=publication_id)
        return None if row is None else _publication(row)

    async def removed(self, publication_id: int, *, at: datetime) -> bool:
        """The application is named there no more; whether it was until now."""
        return bool(await QUERIES.removed(self._connection, id=publication_id, at=to_ms(at)))


def _publication(row: Mapping[str, Any]) -> Publication:
    return Publication(
        id=row["id"],
        application_id=row["application_id"],
        place=row["place"],
        address=row["address"],
        published_at=from_ms(row["published_at"]),
        removed_at=from_ms(row["removed_at"]),
    )
