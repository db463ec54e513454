"""Audiences turned into people. Whole tables are read here, a page at a time: a snapshot is the place for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.contest.audiences import Audience, Base, Entry
from storage.connection import Connection
from storage.outbox import Outbox
from storage.sql import load

QUERIES = load("audiences")
#: Rows of one statement.
PAGE = 500
#: The talk whose drafts are unfinished applications.
APPLYING = "apply"
#: So many people stand in one statement; there are none below 1.
TOGETHER, NOBODY = 50, 0
#: Of so many people each is looked up; of more it is quicker to read everybody whom no message reaches.
FEW = 2000


class Audiences:
    """Who is meant. It only reads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def people(self, audience: Audience) -> list[int]:
        """Everybody who is meant, each once, in the order of their ids, whether messages reach them or not.

        A few statements, however many they are.
        """
        if audience.is_of_applications:
            return sorted({entry.person_id async for entry in self.entries(audience) if audience.takes(entry)})
        match audience.base:
            case Base.EVERYONE:
                return [person_id async for person_id in self._everyone()]
            case Base.SAME:
                reached = [person_id async for person_id in self._reached(audience.announcement or 0)]
                reached.sort()  # they hardly ever are not, and then it takes no time
                return reached
        found = [person_id for code in audience.events for person_id in await self._of_event(audience.base, code)]
        return sorted(set(found))

    async def numbers(self, audience: Audience, people: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The numbers of the applications because of which these people are meant, in the order of their ordinals.

        Of an audience that is not made of applications: of all that are theirs and alive.
        """
        found: dict[int, tuple[str, ...]] = {}
        wanted = audience if audience.is_of_applications else replace(audience, base=Base.APPLICANTS)
        for code in audience.events:
            for some in _some(people):
                query = QUERIES.numbers(self._connection, event_code=code, stage=audience.stage, **some)
                for row in sorted([row async for row in query], key=_ordinal):
                    if wanted.takes(_entry(row)):
                        found[row["person_id"]] = (*found.get(row["person_id"], ()), row["number"])
        return found

    async def names(self, people: Sequence[int]) -> dict[int, tuple[str, str]]:
        """The first and last names of these people's pages; whose are not known is left out."""
        return {
            row["id"]: (row["first_name"], row["last_name"] or "")
            for some in _some(people)
            async for row in QUERIES.names(self._connection, **some)
        }

    async def count_everyone(self) -> int:
        """How many have ever written: quick, from an index."""
        return await QUERIES.count_everyone(self._connection) or 0

    async def entries(self, audience: Audience) -> AsyncIterator[Entry]:
        """The applications of the audience's events, whichever of them it takes."""
        for code in audience.events:
            after = 0
            while True:
                rows = [
                    row
                    async for row in QUERIES.entries(
                        self._connection, event_code=code, stage=audience.stage, after=after, most=PAGE
                    )
                ]
                for row in rows:
                    yield _entry(row)
                if len(rows) < PAGE:
                    break
                after = rows[-1]["ordinal"]

    async def size(self, event_code: str) -> int:
        """How many applications the event has had: how much there is to read."""
        return await QUERIES.size(self._connection, event_code=event_code) or 0

    async def silent(self, people: Sequence[int]) -> dict[int, int | None]:
        """Whom of these announcements do not reach: the messenger's code, or None of those who want no news.

        Of whom both is true the messenger's word counts. Of many people others may be among the found.
        """
        if len(people) <= FEW:
            rows = [row for some in _some(people) async for row in QUERIES.silent_of(self._connection, **some)]
        else:
            rows = [row async for row in QUERIES.silent(self._connection)]
        return {row["id"]: row["unreachable_code"] for row in rows}

    async def _of_event(self, base: Base, code: str) -> list[int]:
        match base:
            case Base.DRAFTS:
                rows = QUERIES.drafts(self._connection, talk=APPLYING, event_code=code)
            case Base.JURY:
                rows = QUERIES.jury(self._connection, event_code=code)
            case _:
                rows = QUERIES.hosts(self._connection, event_code=code)
        return [row["person_id"] async for row in rows]

    async def _reached(self, announcement_id: int) -> AsyncIterator[int]:
        """Messages were made in the order of people's ids, those of one person one after the other."""
        first, last = await Outbox(self._connection).span(announcement_id) or (1, 0)
        before = None
        for start in range(first, last + 1, PAGE):
            page = {"first": start, "last": min(start + PAGE - 1, last)}
            async for row in QUERIES.got(self._connection, announcement_id=announcement_id, **page):
                if row["person_id"] != before:
                    before = row["person_id"]
                    yield before

    async def _everyone(self) -> AsyncIterator[int]:
        after = 0
        while True:
            rows = [row["person_id"] async for row in QUERIES.everyone(self._connection, after=after, most=PAGE)]
            for person_id in rows:
                yield person_id
            if len(rows) < PAGE:
                return
            after = rows[-1]


def _some(people: Sequence[int]) -> Iterator[dict[str, int]]:
    """The people as parameters of a statement, so many at a time."""
    for start in range(0, len(people), TOGETHER):
        some = (*people[start : start + TOGETHER], *[NOBODY] * TOGETHER)[:TOGETHER]
        yield {f"p{place}": person_id for place, person_id in enumerate(some)}


def _ordinal(row: Mapping[str, Any]) -> int:
    return int(row["ordinal"])


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        person_id=row["person_id"],
        number=row["number"],
        state=row["state"],
        nomination=row["nomination"],
        age_group=row["age_group"],
        organisation_code=row["organisation_code"],
        organisation_name=row["organisation_name"],
        role=row["applicant_role"],
        handed_in=bool(row["handed_in"]),
        passed=bool(row["passed"]),
    )
