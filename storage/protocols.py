"""Protocols of the jury: each approval and each correction is a version, and none of them ever changes.

What was decided stands in the content, under a hash that takes in the version before it; it names nobody. How people
are called, and what they wrote, stands beside it as words, so that whoever is forgotten is forgotten here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.contest.protocol_facts import Facts
from bot.contest.protocol_snapshot import Signers, Snapshot, Word, WordKind
from storage.conflicts import StaleError, in_our_words
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("protocols")


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version, without its content."""

    event_code: str
    #: From 1; the last one holds.
    version: int
    #: «СК-2026/1»: what the paper and all that rests on it say.
    number: str
    approved_at: datetime
    approved_by: int
    #: Why it takes the place of the version before it; empty for the first one.
    reason: str
    hash: str
    #: The version that has taken its place; None: it holds.
    replaced_by: int | None


class Protocols:
    """The `protocol`, `protocol_word` and `protocol_signers` tables. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, event_code: str, snapshot: Snapshot, *, version: int, number: str, by: int, at: datetime, reason: str = ""
    ) -> Protocol:
        """Keep the next version. Raises StaleError: `version` is not the next one, somebody was faster."""
        before = await self.latest(event_code)
        if version != (before.version if before else 0) + 1:
            raise StaleError(f"protocol {version} of {event_code}")
        content = snapshot.facts.to_json()
        with in_our_words():
            row = await QUERIES.add(
                self._connection,
                event_code=event_code,
                version=version,
                number=number,
                content=content,
                hash=seal(before.hash if before else "", content),
                reason=reason,
                by=by,
                at=to_ms(at),
            )
            words = [
                {
                    "event_code": event_code,
                    "version": version,
                    "kind": word.kind,
                    "application_id": word.application or None,
                    "of": word.of,
                    "text": text,
                }
                for word, text in snapshot.words.items()
            ]
            if words:
                await QUERIES.add_words(self._connection, words)
        return _protocol(row, version)

    async def latest(self, event_code: str) -> Protocol | None:
        """The version that holds; None: nothing is approved."""
        return next(iter(reversed(await self.of_event(event_code))), None)

    async def of_event(self, event_code: str) -> list[Protocol]:
        """Every version, the first one first."""
        rows = [row async for row in QUERIES.of_event(self._connection, event_code=event_code)]
        return [_protocol(row, len(rows)) for row in rows]

    async def get(self, event_code: str, version: int) -> Protocol | None:
        """One version, or None."""
        return next((one for one in await self.of_event(event_code) if one.version == version), None)

    async def snapshot(self, event_code: str, version: int) -> Snapshot | None:
        """What a version says, with the names that are still known; None: there is no such version."""
        content = await QUERIES.content(self._connection, event_code=event_code, version=version)
        if content is None:
            return None
        rows = QUERIES.words(self._connection, event_code=event_code, version=version)
        words = {
            Word(WordKind(row["kind"]), row["application_id"] or 0, row["person_or_part"]): row["text"]
            async for row in rows
        }
        return Snapshot(Facts.from_json(content), words)

    async def is_sound(self, event_code: str) -> bool:
        """Whether every version still says what it said when it was made."""
        hash_ = ""
        async for row in QUERIES.contents(self._connection, event_code=event_code):
            if row["hash"] != seal(hash_, row["content"]):
                return False
            hash_ = row["hash"]
        return True

    async def signers(self, event_code: str) -> Signers:
        """Who is to sign beside the members of the jury; empty where nobody was named."""
        row = await QUERIES.signers(self._connection, event_code=event_code)
        return Signers() if row is None else Signers(row["chair"], row["secretary"])

    async def set_signers(self, event_code: str, signers: Signers) -> None:
        """Who is to sign the next version. Raises MissingError: no such event."""
        with in_our_words():
            await QUERIES.set_signers(
                self._connection, event_code=event_code, chair=signers.chair, secretary=signers.secretary
            )


def seal(before: str, content: str) -> str:
    """The hash of a version: of its content and of the version before it."""
    return sha256(f"{before}\n{content}".encode()).hexdigest()


def _protocol(row: Mapping[str, Any], last: int) -> Protocol:
    return Protocol(
        event_code=row["event_code"],
        version=row["version"],
        number=row["number"],
        approved_at=from_ms(row["approved_at"]),
        approved_by=row["approved_by"],
        reason=row["reason"],
        hash=row["hash"],
        replaced_by=row["version"] + 1 if row["version"] < last else None,
    )
