"""Roles: who may do what, by event. Read anew at each act, so that what is revoked ends at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contest.authorize import Role, RoleKind
from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("roles")


@dataclass(frozen=True, slots=True)
class Grant:
    """Who has a role, and since when; `granted_by` None: the settings or the command line."""

    person_id: int
    role: Role
    granted_by: int | None
    granted_at: datetime


class Roles:
    """The `role` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def grant(
        self,
        person_id: int,
        kind: RoleKind,
        event_code: str | None,
        *,
        by: int | None,
        at: datetime,
        organisation: str | None = None,
    ) -> bool:
        """Give a role; False if they had it. Raises MissingError for a person who is not known yet."""
        with in_our_words():
            new = await QUERIES.grant(
                self._connection,
                person_id=person_id,
                kind=kind,
                event_code=event_code or "",
                organisation_code=organisation or "",
                by=by,
                at=to_ms(at),
            )
        return bool(new)

    async def revoke(
        self, person_id: int, kind: RoleKind, event_code: str | None, organisation: str | None = None
    ) -> bool:
        """Take this very role; False if they had none. One for every event is not touched by an event's code."""
        taken = await QUERIES.revoke(
            self._connection,
            person_id=person_id,
            kind=kind,
            event_code=event_code or "",
            organisation_code=organisation or "",
        )
        return bool(taken)

    async def of_person(self, person_id: int) -> frozenset[Role]:
        """The roles of one person."""
        rows = QUERIES.of_person(self._connection, person_id=person_id)
        return frozenset([_role(row) async for row in rows])

    async def with_role(self, kind: RoleKind, event_code: str) -> list[int]:
        """Who has this role in the event, those included who have it in every one."""
        rows = QUERIES.with_role(self._connection, kind=kind, event_code=event_code)
        return [row["person_id"] async for row in rows]

    async def all(self) -> list[Grant]:
        """Every role that was given, by person."""
        return [
            Grant(
                row["person_id"],
                _role(row),
                row["granted_by"],
                from_ms(row["granted_at"]),
            )
            async for row in QUERIES.every(self._connection)
        ]


def _role(row: Mapping[str, Any]) -> Role:
    return Role(RoleKind(row["kind"]), row["event_code"] or None, row["organisation_code"] or None)
