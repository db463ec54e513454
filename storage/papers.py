"""The register of papers: every number that was ever given, and what stood and stands on its paper."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from bot.contest.papers.content import PaperContent, Planned
from storage.conflicts import MissingError, StaleError, in_our_words
from storage.connection import Connection
from storage.paper_rows import Paper, PaperVersion, Series, paper, paper_version
from storage.sql import load
from storage.times import to_ms

QUERIES = load("papers")
#: 128 bits: nobody guesses the link of a paper (docs/faults.md, B22).
CODE_BYTES = 16


class Papers:
    """The `paper`, `paper_version` and `paper_series` tables; nothing else writes them, but for forgetting.

    The caller commits.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def issue(
        self, planned: Planned, event_code: str, *, series: Series, by: int, at: datetime, protocol: str = ""
    ) -> Paper:
        """The paper for this thing: the one in force, or a new one under the next number of the series.

        Raises MissingError (event, application or person).
        """
        return (await self.issue_all([planned], event_code, series=series, by=by, at=at, protocol=protocol))[0]

    async def issue_all(
        self, planned: Sequence[Planned], event_code: str, *, series: Series, by: int, at: datetime, protocol: str = ""
    ) -> list[Paper]:
        """The same for many things in their order: a few statements, however many there are.

        What has a paper in force keeps it as it is: putting it right is `reissue`. A thing whose paper was withdrawn
        gets a new number. Raises MissingError (event, application or person).
        """
        held = {row["key"]: row["id"] async for row in QUERIES.in_force(self._connection, event_code=event_code)}
        fresh = list({one.key: one for one in planned if one.key not in held}.values())
        if fresh:
            await self._add(fresh, event_code, series, protocol=protocol, by=by, at=at)
        newest = max(held.values(), default=0) + 1
        since = min((held.get(one.key, newest) for one in planned), default=newest)
        rows = QUERIES.of_event(self._connection, event_code=event_code, since=since)
        by_key = {row["key"]: paper(row) async for row in rows if row["state"] == "valid"}
        return [by_key[one.key] for one in planned]

    async def _add(
        self, fresh: Sequence[Planned], event_code: str, series: Series, *, protocol: str, by: int, at: datetime
    ) -> None:
        last = await QUERIES.take_ordinals(self._connection, series=series.key, count=len(fresh))
        first = last - len(fresh) + 1
        values = [
            {
                "number": series.number(ordinal),
                "code": secrets.token_urlsafe(CODE_BYTES),
                "key": one.key,
                "event_code": event_code,
                "kind": one.kind,
                "application_id": one.application_id,
                "participant_id": one.participant_id,
                "person_id": one.person_id,
                "protocol": protocol,
                "at": to_ms(at),
                "content": one.content.to_json(),
                "by": by,
            }
            for ordinal, one in enumerate(fresh, start=first)
        ]
        with in_our_words():
            await QUERIES.add(self._connection, values)
            await QUERIES.add_first(self._connection, values)

    async def get(self, paper_id: int) -> Paper | None:
        """The paper, or None."""
        row = await QUERIES.get(self._connection, id=paper_id)
        return None if row is None else paper(row)

    async def by_number(self, number: str) -> Paper | None:
        """The paper of this very number, in force or not, or None."""
        row = await QUERIES.by_number(self._connection, number=number)
        return None if row is None else paper(row)

    async def by_code(self, code: str) -> Paper | None:
        """The paper whose QR code leads here, or None."""
        row = await QUERIES.by_code(self._connection, code=code)
        return None if row is None else paper(row)

    async def by_key(self, key: str) -> Paper | None:
        """The paper in force for this thing, or None."""
        row = await QUERIES.by_key(self._connection, key=key)
        return None if row is None else paper(row)

    async def of_person(self, person_id: int, event_code: str | None = None) -> list[Paper]:
        """Papers in force that this account gets, in the order of their numbers; of one event, or of all."""
        rows = QUERIES.of_person(self._connection, person_id=person_id, event_code=event_code)
        return [paper(row) async for row in rows]

    async def events_of_person(self, person_id: int) -> dict[str, int]:
        """How many papers in force an account has of which event, the newest event first."""
        rows = QUERIES.events_of_person(self._connection, person_id=person_id)
        return {row["event_code"]: row["papers"] async for row in rows}

    async def count_of_person(self, person_id: int) -> int:
        """How many papers in force an account has."""
        return int(await QUERIES.count_of_person(self._connection, person_id=person_id))

    async def of_event(self, event_code: str) -> list[Paper]:
        """All papers of an event, withdrawn ones too, as they were numbered."""
        return [paper(row) async for row in QUERIES.of_event(self._connection, event_code=event_code, since=0)]

    async def of_application(self, application_id: int) -> list[Paper]:
        """All papers of an application, withdrawn ones too."""
        rows = QUERIES.of_application(self._connection, application_id=application_id)
        return [paper(row) async for row in rows]

    async def withdrawn_since(self, event_code: str, at: datetime) -> list[Paper]:
        """Papers withdrawn then or later whose people have no other one instead."""
        rows = QUERIES.withdrawn_since(self._connection, event_code=event_code, at=to_ms(at))
        return [paper(row) async for row in rows]

    async def versions(self, paper_id: int) -> list[PaperVersion]:
        """What stood on a paper, the first version first."""
        return [paper_version(row) async for row in QUERIES.versions(self._connection, id=paper_id)]

    async def reissue(
        self,
        paper_id: int,
        content: PaperContent,
        *,
        reason: str,
        by: int,
        at: datetime,
        key: str | None = None,
        protocol: str | None = None,
    ) -> Paper:
        """The same number with other words; the words before it are kept.

        `key`: what it is for from now on; `protocol`: what it rests on from now on; None: as before.

        Raises StaleError if the paper is withdrawn (or was never there), DuplicateError if `key` has a paper.
        """
        with in_our_words():
            version = await QUERIES.reissue(
                self._connection, id=paper_id, reason=reason, key=key, protocol=protocol, at=to_ms(at)
            )
        if version is None:
            raise StaleError(f"paper {paper_id} holds no more")
        await QUERIES.add_version(
            self._connection,
            id=paper_id,
            version=version,
            content=content.to_json(),
            reason=reason,
            by=by,
            at=to_ms(at),
        )
        found = await self.get(paper_id)
        if found is None:
            raise MissingError(f"paper {paper_id}")
        return found

    async def withdraw(self, paper_id: int, *, reason: str, at: datetime, replaced_by: int | None = None) -> bool:
        """It holds no more; False if it held no more before. `replaced_by`: the id of what holds in its place."""
        return bool(
            await QUERIES.withdraw(self._connection, id=paper_id, reason=reason, at=to_ms(at), replaced_by=replaced_by)
        )

    async def keep_attachment(self, paper_id: int, version: int, attachment: str) -> None:
        """The file of this version is with the messenger already; of a forgotten one nothing is kept."""
        await QUERIES.keep_attachment(self._connection, id=paper_id, version=version, attachment=attachment)
