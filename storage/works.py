"""Works: what was handed in. Handing in again makes a version; the ones before it stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aiosqlite import Connection

from storage.conflicts import in_our_words
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("works")
Kind = Literal["link", "file"]


@dataclass(frozen=True, slots=True)
class WorkVersion:
    """One version of an application's work."""

    id: int
    application_id: int
    #: Counts from 1.
    version: int
    kind: Kind
    url: str | None
    file_name: str | None
    #: What the messenger resends the file by.
    attachment: str | None
    size_bytes: int | None
    #: The messenger's own date of the message: what the deadline is judged by.
    said_at: datetime
    received_at: datetime
    #: A link's diagnosis; `waiting` until there is one, `file` for a file.
    check_state: str
    #: What the page behind the link calls itself.
    check_title: str | None
    checked_at: datetime | None
    #: The outbox row of the receipt, which the diagnosis edits.
    receipt_id: int | None


class Works:
    """The `work_version` table; nothing else writes it. The caller commits."""

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
    ) -> WorkVersion:
        """Keep what was handed in as the next version; a link waits to be checked. Raises MissingError."""
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
        return _version(row)

    async def get(self, version_id: int) -> WorkVersion | None:
        """One version, or None."""
        row = await QUERIES.get(self._connection, id=version_id)
        return None if row is None else _version(row)

    async def versions(self, application_id: int) -> list[WorkVersion]:
        """Everything that was handed in, the first version first."""
        return [_version(row) async for row in QUERIES.versions(self._connection, application_id=application_id)]

    async def handed_in_by(self, person_id: int) -> frozenset[int]:
        """Which of a person's applications have a work."""
        rows = QUERIES.handed_in_by(self._connection, person_id=person_id)
        return frozenset([row["application_id"] async for row in rows])

    async def current(self, application_id: int) -> WorkVersion | None:
        """The last version, or None."""
        row = await QUERIES.current(self._connection, application_id=application_id)
        return None if row is None else _version(row)

    async def of_event(self, event_code: str) -> dict[int, WorkVersion]:
        """The last version of each application that has handed in anything."""
        rows = QUERIES.of_event(self._connection, event_code=event_code)
        return {row["application_id"]: _version(row) async for row in rows}

    async def same_url(self, event_code: str, url: str) -> list[int]:
        """Which applications of the event have this very link as their last version."""
        rows = QUERIES.same_url(self._connection, event_code=event_code, url=url)
        return [row["application_id"] async for row in rows]

    async def unchecked(self, limit: int = 100) -> list[WorkVersion]:
        """Links that wait for their diagnosis, oldest first."""
        return [_version(row) async for row in QUERIES.unchecked(self._connection, limit=limit)]

    async def set_check(self, version_id: int, state: str, *, title: str | None, at: datetime) -> WorkVersion | None:
        """Keep a link's diagnosis; the version as it stands now, or None if there is none."""
        row = await QUERIES.set_check(self._connection, id=version_id, state=state, title=title, at=to_ms(at))
        return None if row is None else _version(row)

    async def set_receipt(self, version_id: int, outbox_id: int) -> None:
        """Which message of the outbox tells the person that this version has come."""
        await QUERIES.set_receipt(self._connection, id=version_id, outbox_id=outbox_id)


def _version(row: Mapping[str, Any]) -> WorkVersion:
    return WorkVersion(
        id=row["id"],
        application_id=row["application_id"],
        version=row["version"],
        kind=row["kind"],
        url=row["url"],
        file_name=row["file_name"],
        attachment=row["attachment"],
        size_bytes=row["size_bytes"],
        said_at=from_ms(row["said_at"]),
        received_at=from_ms(row["received_at"]),
        check_state=row["check_state"],
        check_title=row["check_title"],
        checked_at=from_ms(row["checked_at"]),
        receipt_id=row["receipt_id"],
    )
