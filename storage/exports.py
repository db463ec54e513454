"""What only lists that are taken away need: several tables by stretches of applications, and each person's columns."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.contest.applications import ApplicationState
from storage.among import among
from storage.application_rows import Contact
from storage.audit import Entry
from storage.connection import Connection
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms

QUERIES = load("exports")
#: Acts that are read at a time.
PAGE = 5_000


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a juror's sheet; `criterion` None: the sheet has no points yet."""

    application_id: int
    person_id: int
    #: assigned, scored, conflict.
    state: str
    reason: str | None
    comment: str | None
    saved_at: datetime | None
    criterion: str | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a person's way with a list."""

    columns: str | None = None
    searched: str | None = None


class Exports:
    """The `export_choice` table, which nothing else writes, and lists over several tables. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def contacts(self, event_code: str, span: Span = WHOLE) -> dict[int, Contact]:
        """How to reach the applicants, by application, for those who may know it."""
        rows = QUERIES.contacts(self._connection, event_code=event_code, after=span.after, until=span.until)
        return {row["application_id"]: Contact(row["phone"], row["email"]) async for row in rows}

    async def page_names(self, event_code: str, span: Span = WHOLE) -> dict[int, str]:
        """What the applicants' pages are called, by person."""
        rows = QUERIES.applicants(self._connection, event_code=event_code, after=span.after, until=span.until)
        return {row["id"]: _page_name(row) async for row in rows}

    async def sheets(self, event_code: str, span: Span = WHOLE) -> list[SheetLine]:
        """Every line of every sheet, by application and juror."""
        rows = QUERIES.sheets(self._connection, event_code=event_code, after=span.after, until=span.until)
        return [
            SheetLine(
                row["application_id"],
                row["person_id"],
                row["state"],
                row["reason"],
                row["comment"],
                from_ms(row["saved_at"]),
                row["criterion"],
                None if row["points"] is None else Decimal(str(row["points"])),
            )
            async for row in rows
        ]

    async def count_people(self, event_code: str, states: Collection[ApplicationState] | None = None) -> int:
        """How many rows a list of an event's people has; one that names nobody counts as one."""
        return int(await QUERIES.count_people(self._connection, event_code=event_code, states=among(states)))

    async def count_sheets(self, event_code: str) -> int:
        """How many lines all sheets of an event have together."""
        return int(await QUERIES.count_sheets(self._connection, event_code=event_code))

    async def audit(self, event_code: str) -> AsyncIterator[Entry]:
        """What was done about an event, oldest first."""
        after = 0
        while rows := [
            row async for row in QUERIES.audit(self._connection, event_code=event_code, after=after, limit=PAGE)
        ]:
            for row in rows:
                yield Entry(
                    row["seq"],
                    from_ms(row["at"]),
                    row["actor_id"],
                    row["action"],
                    row["subject"],
                    json.loads(row["detail"]),
                    row["hash"],
                )
            after = rows[-1]["seq"]

    async def kept(self, person_id: int, listing: str) -> Kept:
        """What a person chose of a list and searched in it."""
        row = await QUERIES.choice(self._connection, person_id=person_id, list=listing)
        return Kept() if row is None else Kept(row["columns"], row["searched"])

    async def choose(self, person_id: int, listing: str, columns: str) -> None:
        """Keep the columns."""
        await QUERIES.choose(self._connection, person_id=person_id, list=listing, columns=columns)

    async def search(self, person_id: int, listing: str, words: str | None) -> None:
        """Keep what was searched for; None forgets it."""
        await QUERIES.search(self._connection, person_id=person_id, list=listing, searched=words)

    async def place(self) -> Path:
        """The database's file, for a process that reads it by itself."""
        rows = await self._connection.execute_fetchall("pragma database_list")
        return Path(next(row["file"] for row in rows if row["name"] == "main"))


def _page_name(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row["first_name"], row["last_name"]) if part) or f"id{row['id']}"
