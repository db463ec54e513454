"""Consents: what was decided about which version of which text. Nothing is overwritten; the latest decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aiosqlite import Connection

from bot.contest.consents import ConsentKind
from storage.conflicts import in_our_words
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("consents")
#: `paper`: the parents' paper is kept at school, as a teacher states.
Decision = Literal["given", "refused", "paper", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Consent:
    """One decision."""

    application_id: int
    kind: ConsentKind
    version: int
    #: SHA-256 of the text that was shown.
    text_hash: str
    decision: Decision
    #: Where it was made: `chat`.
    channel: str
    #: Who made it.
    person_id: int
    decided_at: datetime


class Consents:
    """The `consent` table; nothing else writes it, and rows are only added. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def record(
        self,
        application_id: int,
        kind: ConsentKind,
        *,
        version: int,
        text_hash: str,
        decision: Decision,
        channel: str,
        person_id: int,
        at: datetime,
    ) -> Consent:
        """Keep a decision. Raises MissingError (application or person)."""
        with in_our_words():
            row = await QUERIES.record(
                self._connection,
                application_id=application_id,
                kind=kind,
                version=version,
                text_hash=text_hash,
                decision=decision,
                channel=channel,
                person_id=person_id,
                at=to_ms(at),
            )
        return _consent(row)

    async def current(self, application_id: int) -> dict[ConsentKind, Consent]:
        """What holds now; a kind that nobody was asked about is absent."""
        return {consent.kind: consent for consent in await self.history(application_id)}

    async def history(self, application_id: int) -> list[Consent]:
        """Every decision, oldest first."""
        return [_consent(row) async for row in QUERIES.history(self._connection, application_id=application_id)]

    async def of_event(self, event_code: str) -> dict[int, dict[ConsentKind, Consent]]:
        """What holds now, by application; one that nobody was asked about is absent."""
        found: dict[int, dict[ConsentKind, Consent]] = {}
        async for row in QUERIES.of_event(self._connection, event_code=event_code):
            consent = _consent(row)
            found.setdefault(consent.application_id, {})[consent.kind] = consent
        return found


def _consent(row: Mapping[str, Any]) -> Consent:
    return Consent(
        application_id=row["application_id"],
        kind=ConsentKind(row["kind"]),
        version=row["version"],
        text_hash=row["text_hash"],
        decision=row["decision"],
        channel=row["channel"],
        person_id=row["person_id"],
        decided_at=from_ms(row["decided_at"]),
    )
