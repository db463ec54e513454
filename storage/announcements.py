"""Announcements: one text to many people; who may do what to it in which state is `bot.contest.announcing`'s."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from bot.contest.announcing.figures import Counted, figures_of
from bot.contest.announcing.model import FROM, Act, Acted, Announcement, AnnouncementState, Figures
from bot.contest.announcing.steps import RECALLED_WITHIN
from storage.among import among
from storage.announcement_rows import Delivery, announcement_of, delivery_of
from storage.conflicts import MissingError, in_our_words
from storage.connection import Connection
from storage.outbox import Outbox
from storage.sql import load
from storage.times import to_ms

QUERIES = load("announcements")
#: What an announcement has in the outbox: its messages, and the wishes to take them back.
KINDS: tuple[Literal["send", "delete"], ...] = ("send", "delete")


def progress_key(id_: int, person_id: int) -> str:
    """The key of the message that shows this person how far the announcement is."""
    return f"announcement:{id_}:progress:{person_id}"


class Announcements:
    """The `announcement` table, as people use it. The caller commits.

    Acts are compared and set: of several at once one is `done`, the others learn who did it and when.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def draft(
        self,
        *,
        event_code: str | None,
        author_id: int,
        text: str,
        audience: Mapping[str, Any],
        at: datetime,
        attachments: Sequence[str] = (),
        live: bool = True,
    ) -> Announcement:
        """Keep what is being written; `event_code` None: for the whole programme. Raises MissingError."""
        with in_our_words():
            row = await QUERIES.draft(
                self._connection,
                event_code=event_code,
                author_id=author_id,
                text=text,
                attachments=json.dumps(list(attachments)),
                audience=json.dumps(audience, ensure_ascii=False),
                live=int(live),
                at=to_ms(at),
            )
        return announcement_of(row)

    async def get(self, id_: int) -> Announcement | None:
        """One announcement, or None."""
        row = await QUERIES.get(self._connection, id=id_)
        return None if row is None else announcement_of(row)

    async def of_event(self, event_code: str | None) -> list[Announcement]:
        """What the event's people (None: all people) were or are to be written, newest first; no drafts."""
        return [announcement_of(row) async for row in QUERIES.of_event(self._connection, event_code=event_code)]

    async def drafts(self, event_code: str | None, *, most: int) -> list[Announcement]:
        """What is being written to the event's people (None: to all people), newest first."""
        return [
            announcement_of(row) async for row in QUERIES.drafts(self._connection, event_code=event_code, most=most)
        ]

    async def discard(self, id_: int, *, version: int) -> bool:
        """Throw a draft away; False: it is none any more, or was changed."""
        for forget in (QUERIES.unwatch, QUERIES.forget_gathered):
            await forget(self._connection, id=id_, version=version)
        return bool(await QUERIES.discard(self._connection, id=id_, version=version))

    async def forget_drafts(self, *, before: datetime, most: int) -> int:
        """Throw away up to `most` drafts that were begun before then; how many."""
        rows = [row async for row in QUERIES.abandoned(self._connection, before=to_ms(before), most=most)]
        return sum([await self.discard(row["id"], version=row["version"]) for row in rows])

    async def change(
        self,
        id_: int,
        *,
        version: int,
        text: str | None = None,
        attachments: Sequence[str] | None = None,
        audience: Mapping[str, Any] | None = None,
        live: bool | None = None,
    ) -> Acted:
        """Write it anew, what is None stays; one that was scheduled is a draft again. Raises MissingError."""
        row = await QUERIES.change(
            self._connection,
            id=id_,
            version=version,
            text=text,
            attachments=None if attachments is None else json.dumps(list(attachments)),
            audience=None if audience is None else json.dumps(audience, ensure_ascii=False),
            live=None if live is None else int(live),
            **_from(Act.CHANGE),
        )
        return await self._acted(id_, row)

    async def schedule(self, id_: int, *, version: int, starts_at: datetime, by: int, at: datetime) -> Acted:
        """Confirm it for a time; it is never early, and waits for the morning. Raises MissingError."""
        return await self._confirm(id_, Act.SCHEDULE, version, starts_at, by, at)

    async def start(self, id_: int, *, version: int, by: int, at: datetime) -> Acted:
        """Confirm it for now (at night: for the morning). Raises MissingError."""
        return await self._confirm(id_, Act.START, version, at, by, at)

    async def pause(self, id_: int, *, by: int, at: datetime) -> Acted:
        """Hold what has not gone yet. Raises MissingError."""
        acted = await self._acted(id_, await QUERIES.pause(self._connection, **_act(id_, Act.PAUSE, by, at)))
        if acted.done:
            await Outbox(self._connection).hold(id_)
        return acted

    async def resume(self, id_: int, *, by: int, at: datetime) -> Acted:
        """Go on; at night: in the morning. Raises MissingError."""
        return await self._acted(id_, await QUERIES.resume(self._connection, **_act(id_, Act.RESUME, by, at)))

    async def stop(self, id_: int, *, by: int, at: datetime) -> Acted:
        """End it, before it began too: nobody else gets it. Raises MissingError."""
        acted = await self._acted(id_, await QUERIES.stop(self._connection, **_act(id_, Act.STOP, by, at)))
        if acted.done:
            await Outbox(self._connection).drop_of(id_, at)
        return acted

    async def recall(self, id_: int, *, by: int, at: datetime) -> Acted:
        """Take it back from whoever got it within a day; nobody else gets it. Raises MissingError."""
        acted = await self._acted(id_, await QUERIES.recall(self._connection, **_act(id_, Act.RECALL, by, at)))
        if acted.done:
            await Outbox(self._connection).drop_of(id_, at)
        return acted

    async def watch(self, id_: int, person_id: int) -> None:
        """Show them how far it is, in a message of their own."""
        await QUERIES.watch(self._connection, id=id_, person_id=person_id)

    async def watch_anew(self, id_: int, person_id: int) -> str:
        """Show them how far it is in the message that they get now; its key. An earlier one stays as it is."""
        key = progress_key(id_, person_id)
        await Outbox(self._connection).let_be(key)
        await QUERIES.watch_anew(self._connection, id=id_, person_id=person_id)
        return key

    async def left_out(self, id_: int) -> dict[str, int]:
        """How many of the audience are not written to, by reason (see `Left`)."""
        return {row["left_out"]: row["count"] async for row in QUERIES.left_out(self._connection, id=id_)}

    async def sent_to(self, id_: int) -> list[int]:
        """To whom it goes or went, as far as is known. For a snapshot."""
        return [row["person_id"] async for row in QUERIES.sent_to(self._connection, id=id_)]

    async def figures(self, announcement: Announcement, *, read: bool = True) -> Figures:
        """How far it is. For a snapshot; `read`: also how many have read it, which takes longer."""
        id_ = announcement.id
        outbox = Outbox(self._connection)
        counted = [
            Counted(kind, one.state, one.error_code, one.count)
            for kind in KINDS
            for one in await outbox.tally(id_, kind=kind)
        ]
        recalled_at = announcement.acted_at if announcement.state is AnnouncementState.RECALLED else None
        since = None if recalled_at is None else to_ms(recalled_at - RECALLED_WITHIN)
        return figures_of(
            announcement,
            counted,
            left_out=await self.left_out(id_),
            read=int(await QUERIES.read(self._connection, id=id_)) if read else 0,
            too_old=int(await QUERIES.too_old(self._connection, id=id_, since=since)) if since else 0,
        )

    async def deliveries(self, id_: int) -> list[Delivery]:
        """What became of each message, by person. For a snapshot: there may be very many."""
        return [delivery_of(row) async for row in QUERIES.deliveries(self._connection, id=id_)]

    async def all_left_out(self, id_: int) -> list[Delivery]:
        """Who is not written to, by person. For a snapshot."""
        return [delivery_of(row) async for row in QUERIES.all_left_out(self._connection, id=id_)]

    async def _confirm(self, id_: int, act: Act, version: int, starts_at: datetime, by: int, at: datetime) -> Acted:
        values = {**_act(id_, act, by, at), "version": version, "starts_at": to_ms(starts_at)}
        acted = await self._acted(id_, await QUERIES.confirm(self._connection, **values))
        if acted.done:
            for person_id in {by, acted.announcement.author_id}:
                await self.watch(id_, person_id)
        return acted

    async def _acted(self, id_: int, row: Mapping[str, Any] | None) -> Acted:
        if row is not None:
            return Acted(True, announcement_of(row))
        if (now := await self.get(id_)) is None:
            raise MissingError(id_)
        return Acted(False, now)


def _from(act: Act) -> dict[str, str | None]:
    return {"states": among(FROM[act])}


def _act(id_: int, act: Act, by: int, at: datetime) -> dict[str, Any]:
    return {"id": id_, "by": by, "at": to_ms(at), **_from(act)}


__all__ = ["Acted", "Announcement", "Announcements", "Delivery", "announcement_of"]
