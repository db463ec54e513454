"""Announcements on their way, as the mailing engine writes them: recipients, how far it is, what was shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contest.announcing.model import Announcement, AnnouncementState
from bot.contest.placeholders import used
from storage.announcement_rows import announcement_of
from storage.connection import Connection
from storage.sql import load
from storage.times import to_ms

QUERIES = load("mailings")


@dataclass(frozen=True, slots=True)
class Next:
    """A recipient whose turn it is; `left_out`: why they are not written to after all."""

    person_id: int
    left_out: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that have not come to their end."""

    count: int
    #: Of these: never tried yet.
    untried: int


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who sees how far it is."""

    person_id: int
    #: The outbox row that shows it; None: none yet.
    outbox_id: int | None
    #: Whether that row is still on its way.
    on_the_way: bool


class Mailings:
    """The `announcement` tables, as the engine moves them. Each act does nothing where it is too late for it (None).

    The caller commits.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def unfinished(self) -> list[Announcement]:
        """Those that something is or will be to be done about, oldest first."""
        return [announcement_of(row) async for row in QUERIES.unfinished(self._connection)]

    async def begin(self, announcement: Announcement) -> Announcement | None:
        """Its time has come."""
        return _maybe(await QUERIES.begin(self._connection, id=announcement.id, version=announcement.version))

    async def forget_recipients(self, announcement: Announcement, most: int) -> int:
        """Drop up to `most` of those gathered before; how many there were. Only while it is being gathered."""
        if not await self.may_gather(announcement):
            return 0
        return int(await QUERIES.forget_recipients(self._connection, id=announcement.id, most=most))

    async def may_gather(self, announcement: Announcement) -> bool:
        """Whether its recipients are still wanted."""
        return bool(await QUERIES.may_gather(self._connection, id=announcement.id, version=announcement.version))

    async def gather(self, announcement: Announcement, people: Iterable[tuple[int, str | None]]) -> None:
        """Add people of the audience, each with a reason to be left out if there is one already."""
        values = [{"id": announcement.id, "person_id": one, "left_out": why} for one, why in people]
        await QUERIES.gather(self._connection, values)

    async def count_gathered(self, announcement: Announcement) -> int:
        """How many it goes to. For a snapshot: there may be a million."""
        return int(await QUERIES.count_gathered(self._connection, id=announcement.id))

    async def gathered(self, announcement: Announcement, *, recipients: int, at: datetime) -> Announcement | None:
        """All `recipients` are known."""
        values = {"id": announcement.id, "version": announcement.version, "recipients": recipients, "at": to_ms(at)}
        return _maybe(await QUERIES.gathered(self._connection, **values))

    async def run(self, announcement: Announcement) -> Announcement | None:
        """It begins; everybody was known before."""
        return _maybe(await QUERIES.run(self._connection, id=announcement.id))

    async def had_the_same(self, announcement: Announcement, *, since: datetime) -> frozenset[int]:
        """Who was or will be sent the very same text of the same event. For a snapshot."""
        row = await QUERIES.words_of(self._connection, id=announcement.id)
        twins = [
            twin
            async for twin in QUERIES.twins(
                self._connection, **row, plain=int(not used(announcement.text)), since=to_ms(since)
            )
        ]
        found: set[int] = set()
        for twin in twins:
            up_to = twin["fed_to"] if twin["state"] == AnnouncementState.STOPPED else None
            reached = QUERIES.reached(self._connection, id=twin["id"], up_to=up_to)
            found.update([one["person_id"] async for one in reached])
        return frozenset(found)

    async def next(self, announcement: Announcement, most: int) -> list[Next]:
        """Who comes next, in the order of their ids."""
        rows = QUERIES.next(self._connection, id=announcement.id, after=announcement.fed_to, most=most)
        return [Next(row["person_id"], row["left_out"]) async for row in rows]

    async def leave_out(self, announcement: Announcement, reasons: Mapping[int, str]) -> None:
        """These are not written to after all."""
        values = [{"id": announcement.id, "person_id": one, "left_out": why} for one, why in reasons.items()]
        if values:
            await QUERIES.leave_out(self._connection, values)

    async def feedable(self, announcement: Announcement) -> bool:
        """Whether its next messages may be made now, and nobody made them meanwhile."""
        row = await QUERIES.feedable(self._connection, id=announcement.id, fed_to=announcement.fed_to)
        return row is not None

    async def fed(
        self, announcement: Announcement, *, fed_to: int, left_out: int = 0, all_at: datetime | None = None
    ) -> Announcement:
        """Messages were made up to this person, but for `left_out` of them; `all_at`: for everybody, by then."""
        at = None if all_at is None else to_ms(all_at)
        row = await QUERIES.fed(self._connection, id=announcement.id, fed_to=fed_to, left_out=left_out, at=at)
        return announcement_of(row)

    async def hold(self, announcement: Announcement, *, held: bool) -> Announcement | None:
        """Its messages are held, or let go; the outbox is the caller's."""
        return _maybe(await QUERIES.held(self._connection, id=announcement.id, held=int(held)))

    async def waiting(self, announcement: Announcement) -> Waiting:
        """How many messages are still on their way."""
        row = await QUERIES.waiting(self._connection, id=announcement.id)
        return Waiting(row["waiting"], row["untried"])

    async def done(self, announcement: Announcement, *, at: datetime) -> Announcement | None:
        """It is finished."""
        return _maybe(await QUERIES.done(self._connection, id=announcement.id, at=to_ms(at)))

    async def close(self, announcement: Announcement, *, at: datetime) -> None:
        """Nothing more is to be done or shown."""
        await QUERIES.close(self._connection, id=announcement.id, at=to_ms(at))

    async def watchers(self, announcement: Announcement) -> Sequence[Watcher]:
        """Who sees how far it is."""
        return [
            Watcher(row["person_id"], row["outbox_id"], row["state"] == "due")
            async for row in QUERIES.watchers(self._connection, id=announcement.id)
        ]

    async def shown_to(self, announcement: Announcement, person_id: int, outbox_id: int) -> None:
        """This row of the outbox shows it to them."""
        await QUERIES.shown_to(self._connection, id=announcement.id, person_id=person_id, outbox_id=outbox_id)

    async def shown(self, announcement: Announcement) -> str | None:
        """What was shown last."""
        found: str | None = await QUERIES.shown(self._connection, id=announcement.id)
        return found

    async def show(self, announcement: Announcement, shown: str) -> None:
        """This is shown now."""
        await QUERIES.show(self._connection, id=announcement.id, shown=shown)


def _maybe(row: Mapping[str, Any] | None) -> Announcement | None:
    return None if row is None else announcement_of(row)
