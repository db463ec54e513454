"""Invitations: one-time codes that make their bearer an organizer or a member of a jury."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.contest.authorize import RoleKind
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("invitations")
#: 128 bits: not to be guessed, so that the hash needs no salt.
CODE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that its bearer has used."""

    #: ORGANIZER, JURY or HOST.
    kind: RoleKind
    event_code: str
    created_by: int
    used_by: int
    #: When it was used first.
    used_at: datetime
    #: When it gave the role; None: not yet. It gives it once: who lost the role needs a new code.
    accepted_at: datetime | None = None
    #: Of a host: the school.
    organisation: str | None = None


class Invitations:
    """The `invitation` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def create(
        self,
        kind: RoleKind,
        event_code: str,
        *,
        by: int,
        at: datetime,
        expires_at: datetime,
        organisation: str | None = None,
    ) -> str:
        """A new code, 22 characters that a URL takes as they are. Only its SHA-256 is kept: show it now or never."""
        code = secrets.token_urlsafe(CODE_BYTES)
        await QUERIES.create(
            self._connection,
            code_hash=_hash(code),
            kind=kind,
            event_code=event_code,
            organisation_code=organisation or "",
            by=by,
            at=to_ms(at),
            expires_at=to_ms(expires_at),
        )
        return code

    async def use(self, code: str, person_id: int, *, at: datetime) -> Invitation | None:
        """Spend a code; the person who spent it may repeat that.

        None, without telling which: no such code, too late (at `expires_at` itself it is), spent by another.
        """
        row = await QUERIES.use(self._connection, code_hash=_hash(code), person_id=person_id, at=to_ms(at))
        return None if row is None else _invitation(row)

    async def accept(
        self, person_id: int, kind: RoleKind, event_code: str, *, at: datetime, organisation: str | None = None
    ) -> None:
        """They have the role: whatever codes they have spent for it give it no second time."""
        await QUERIES.accept(
            self._connection,
            person_id=person_id,
            kind=kind,
            event_code=event_code,
            organisation_code=organisation or "",
            at=to_ms(at),
        )


def _hash(code: str) -> str:
    return sha256(code.strip().encode(errors="replace")).hexdigest()


def _invitation(row: Mapping[str, Any]) -> Invitation:
    return Invitation(
        kind=RoleKind(row["kind"]),
        event_code=row["event_code"],
        created_by=row["created_by"],
        used_by=row["used_by"],
        used_at=from_ms(row["used_at"]),
        accepted_at=from_ms(row["accepted_at"]),
        organisation=row["organisation_code"] or None,
    )
