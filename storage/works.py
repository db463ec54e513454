"""Works: what was handed in. Handing in again makes a version; the ones before it stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms, to_ms
from storage.work_rows import Kind, WorkPiece, WorkVersion, kept_pieces, version

__all__ = ["Kind", "WorkPiece", "WorkVersion", "Works"]

QUERIES = load("works")


class Works:
    """The `work_version` and `work_kept` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add_version(
        self,
        application_id: int,
        kind: Kind,
        *,
        said_at: datetime,
        received_at: datetime,
        url: str | None = None,
        file_name: str | None = None,
        attachment: str | None = None,
        size_bytes: int | None = None,
        keeps: Iterable[WorkPiece] = (),
    ) -> WorkVersion:
        """Keep what was handed in as the next version; a link waits to be checked. Raises MissingError.

        `keeps`: what stays of the versions before it.
        """
        kept = tuple(keeps)
        with in_our_words():
            row = await QUERIES.add_version(
                self._connection,
                application_id=application_id,
                kind=kind,
                url=url,
                file_name=file_name,
                attachment=attachment,
                size_bytes=size_bytes,
                said_at=to_ms(said_at),
                received_at=to_ms(received_at),
                check_state="waiting" if kind == "link" else "file",
            )
        for one in kept:
            await QUERIES.keep(self._connection, version_id=row["id"], came_with=one.came_with, piece=one.number)
        return version(row, kept)

    async def get(self, version_id: int) -> WorkVersion | None:
        """One version, or None."""
        row = await QUERIES.get(self._connection, id=version_id)
        return None if row is None else await self._whole(row)

    async def versions(self, application_id: int) -> list[WorkVersion]:
        """Everything that was handed in, the first version first: what came with each."""
        return [version(row) async for row in QUERIES.versions(self._connection, application_id=application_id)]

    async def current(self, application_id: int) -> WorkVersion | None:
        """The last version, or None."""
        row = await QUERIES.current(self._connection, application_id=application_id)
        return None if row is None else await self._whole(row)

    async def of_event(self, event_code: str, span: Span = WHOLE) -> dict[int, WorkVersion]:
        """The last version of each application that has handed in anything."""
        where = {"event_code": event_code, "after": span.after, "until": span.until}
        kept = await kept_pieces(QUERIES.kept_in_event(self._connection, **where))
        rows = QUERIES.of_event(self._connection, **where)
        return {row["application_id"]: version(row, kept.get(row["id"], ())) async for row in rows}

    async def of_person(self, person_id: int) -> dict[int, WorkVersion]:
        """The last version of each of a person's applications that has one."""
        kept = await kept_pieces(QUERIES.kept_by_person(self._connection, person_id=person_id))
        rows = QUERIES.of_person(self._connection, person_id=person_id)
        return {row["application_id"]: version(row, kept.get(row["id"], ())) async for row in rows}

    async def last_said(self, event_code: str, first: int, last: int) -> dict[int, datetime]:
        """When the last version of each application was said, of people with ids from `first` to `last`."""
        rows = QUERIES.last_said(self._connection, event_code=event_code, first=first, last=last)
        return {row["application_id"]: from_ms(row["said_at"]) async for row in rows}

    async def same_url(self, event_code: str, url: str) -> list[int]:
        """Which applications of the event have this very link as their last version."""
        rows = QUERIES.same_url(self._connection, event_code=event_code, url=url)
        return [row["application_id"] async for row in rows]

    async def unchecked(self, limit: int = 100) -> list[WorkVersion]:
        """Links that wait for their diagnosis, oldest first."""
        return [version(row) async for row in QUERIES.unchecked(self._connection, limit=limit)]

    async def set_check(self, version_id: int, state: str, *, title: str | None, at: datetime) -> WorkVersion | None:
        """Keep a link's diagnosis; the version as it stands now, or None if there is none."""
        row = await QUERIES.set_check(self._connection, id=version_id, state=state, title=title, at=to_ms(at))
        return None if row is None else await self._whole(row)

    async def set_receipt(self, version_id: int, outbox_id: int) -> None:
        """Which message of the outbox tells the person that this version has come."""
        await QUERIES.set_receipt(self._connection, id=version_id, outbox_id=outbox_id)

    async def _whole(self, row: Mapping[str, Any]) -> WorkVersion:
        kept = await kept_pieces(QUERIES.kept(self._connection, version_id=row["id"]))
        return version(row, kept.get(row["id"], ()))
