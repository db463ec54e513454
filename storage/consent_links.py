"""One-time links by which a parent is asked for the consents about one child."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("consent_links")
#: 128 bits: not to be guessed, so that the hash needs no salt.
#: So long a link that was opened and not answered is nobody else's.
HELD_FOR = timedelta(hours=1)
CODE_BYTES = 16


@dataclass(frozen=True, slots=True)
class ConsentLink:
    """A link as it is kept: without its code."""

    application_id: int
    participant_id: int
    created_by: int
    created_at: datetime
    expires_at: datetime
    #: Whose it is; None: nobody has opened it.
    opened_by: int | None
    opened_at: datetime | None
    #: When both consents were decided by it.
    used_at: datetime | None
    #: How many have opened it and said that the child is not theirs.
    declined: int

    def is_pending(self, now: datetime) -> bool:
        """Whether a parent has opened it and has time left to answer."""
        return self.opened_by is not None and self.used_at is None and now < self.expires_at


class ConsentLinks:
    """The `consent_link` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def create(
        self, application_id: int, participant_id: int, *, by: int, at: datetime, expires_at: datetime
    ) -> str:
        """A new code, 22 characters that a URL takes as they are; earlier ones that nobody opened end.

        Only its SHA-256 is kept: show it now or never. Raises MissingError.
        """
        code = secrets.token_urlsafe(CODE_BYTES)
        await QUERIES.drop_unopened(self._connection, participant_id=participant_id)
        with in_our_words():
            await QUERIES.create(
                self._connection,
                code_hash=_hash(code),
                application_id=application_id,
                participant_id=participant_id,
                by=by,
                at=to_ms(at),
                expires_at=to_ms(expires_at),
            )
        return code

    async def open(self, code: str, person_id: int, *, at: datetime) -> ConsentLink | None:
        """Open a link; whoever opened it first may repeat that until it is answered, and has it alone for `HELD_FOR`.

        None, without telling which: no such code, too late (at `expires_at` itself it is), used, opened by another,
        or opened by the very person who asks for the consent.
        """
        row = await QUERIES.open(
            self._connection, code_hash=_hash(code), person_id=person_id, at=to_ms(at), long_ago=to_ms(at - HELD_FOR)
        )
        return None if row is None else _link(row)

    async def is_known(self, code: str) -> bool:
        """Whether there was such a code, whatever has become of it."""
        return bool(await QUERIES.is_known(self._connection, code_hash=_hash(code)))

    async def opened(self, participant_id: int, person_id: int, *, at: datetime) -> ConsentLink | None:
        """The link that this person has opened for the participant and may answer by now, or None."""
        row = await QUERIES.opened(self._connection, participant_id=participant_id, person_id=person_id, at=to_ms(at))
        return None if row is None else _link(row)

    async def decline(self, participant_id: int, person_id: int, *, at: datetime, most: int) -> ConsentLink | None:
        """The child is not theirs: the link is free again, and ends at once when that was said `most` times.

        The link as it is now; None: this person has none to give back.
        """
        row = await QUERIES.decline(
            self._connection, participant_id=participant_id, person_id=person_id, at=to_ms(at), most=most
        )
        return None if row is None else _link(row)

    async def was_answered_by(self, code: str, person_id: int) -> bool:
        """Whether this person has answered by this very code."""
        return bool(await QUERIES.was_answered_by(self._connection, code_hash=_hash(code), person_id=person_id))

    async def use(self, participant_id: int, person_id: int, *, at: datetime) -> None:
        """It is answered, and opens nothing any more."""
        await QUERIES.use(self._connection, participant_id=participant_id, person_id=person_id, at=to_ms(at))

    async def of_applicant(self, person_id: int) -> dict[int, ConsentLink]:
        """The newest link of each participant that a person has asked a parent by."""
        rows = QUERIES.of_applicant(self._connection, person_id=person_id)
        return {row["participant_id"]: _link(row) async for row in rows}

    async def opened_by(self, person_id: int) -> list[ConsentLink]:
        """The links that a person has opened."""
        return [_link(row) async for row in QUERIES.opened_by(self._connection, person_id=person_id)]


def _hash(code: str) -> str:
    return sha256(code.strip().encode(errors="replace")).hexdigest()


def _link(row: Mapping[str, Any]) -> ConsentLink:
    return ConsentLink(
        application_id=row["application_id"],
        participant_id=row["participant_id"],
        created_by=row["created_by"],
        created_at=from_ms(row["created_at"]),
        expires_at=from_ms(row["expires_at"]),
        opened_by=row["opened_by"],
        opened_at=from_ms(row["opened_at"]),
        used_at=from_ms(row["used_at"]),
        declined=row["declined"],
    )
