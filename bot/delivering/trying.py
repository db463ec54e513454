"""The job that tries a look before anybody sees it on a diploma: fetched, checked, drawn; the one in use stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from bot.contest.facts import Facts
from bot.documents.papers.checking import SOURCE_MOST
from bot.documents.papers.designs import check_design
from bot.documents.papers.drawing import SettingError
from bot.documents.papers.pictures import FILE_BYTES, PictureError, Use, tidied
from bot.talk.texts import Texts
from handlers.events import event_of
from handlers.kinds import Desk
from handlers.organizer.papers.looks import SIGNATURES, SIGNERS, drawn_as, resigned
from handlers.organizer.papers.previewing import sample_of
from storage.connection import Connection
from storage.database import Database
from storage.designs import Look, Part
from storage.storage import Storage

if TYPE_CHECKING:
    from bot.vk.downloads import Downloads
    from bot.vk.uploads import Uploads

TEMPLATE = "template"
PICTURES = ("background", "logo", *SIGNATURES)
#: A Russian letter takes two bytes.
TEMPLATE_BYTES = 2 * SOURCE_MOST
_MEGABYTE = 1024 * 1024


class RefusedLookError(Exception):
    """Why this look can't be used: lines that people read."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


class Trying:
    """Does the job; a look at a time, because each takes a core for some seconds."""

    def __init__(
        self,
        database: Database,
        uploads: Uploads,
        downloads: Downloads,
        *,
        texts: Texts,
        facts: Facts,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._uploads = uploads
        self._downloads = downloads
        self._texts = texts
        self._facts = facts
        self._now = now
        self._turn = asyncio.Lock()

    async def attempt(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`event`, `where` ('' for all events), `part` and its `file` or `text` in.

        Out come `design`, the proposed look, with the `attachment` of a sample; or `refused`, lines that say why.
        Raises CallError: another try may go better.
        """
        async with self._turn:
            try:
                return await self._tried(argument)
            except RefusedLookError as refused:
                return {"refused": list(refused.lines)}

    async def _tried(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        where, part = str(argument["where"]), str(argument["part"])
        value = await self._value(part, argument)
        async with self._database.snapshot() as connection:
            desk = self._desk(connection)
            look = changed(await desk.storage.designs.for_event(where), part, value)
            running = await event_of(desk, str(argument["event"]))
            draw = None if running is None else await sample_of(desk, running, drawn_as(look), None)
        if draw is None:
            raise RefusedLookError(self._texts.say("looks.no_event"))
        if problems := await asyncio.to_thread(check_design, drawn_as(look)):
            raise RefusedLookError(*problems)
        try:
            picture = await asyncio.to_thread(draw)
        except SettingError as error:
            raise RefusedLookError(error.told or self._texts.say("looks.not_drawn")) from None
        person_id = int(argument["person_id"])
        name = await self._uploads.photo(picture.data, peer_id=person_id)
        async with self._database.transaction() as connection:
            kept = await Storage(connection).designs.propose(where, look, by=person_id, at=self._now())
        return {"design": kept.id, "attachment": name}

    async def _value(self, part: str, argument: Mapping[str, Any]) -> str | bytes:
        if part not in (*PICTURES, TEMPLATE):
            return str(argument["text"])
        data = await self._fetched(argument["file"], TEMPLATE_BYTES if part == TEMPLATE else FILE_BYTES)
        if part == TEMPLATE:
            try:
                return data.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise RefusedLookError(self._texts.say("looks.not_text")) from None
        try:
            use = "signature" if part in SIGNATURES else part
            return await asyncio.to_thread(tidied, data, cast("Use", use))
        except PictureError as error:
            raise RefusedLookError(str(error)) from None

    async def _fetched(self, file: Mapping[str, Any], most_bytes: int) -> bytes:
        from bot.vk.downloads import NotThereError, TooBigError

        too_big = RefusedLookError(self._texts.say("looks.too_big", limit=_size(most_bytes)))
        if int(file.get("size_bytes") or 0) > most_bytes:
            raise too_big
        try:
            return await self._downloads.document(str(file["url"]), most_bytes=most_bytes)
        except NotThereError:
            raise RefusedLookError(self._texts.say("looks.file_gone")) from None
        except TooBigError:
            raise too_big from None

    def _desk(self, connection: Connection) -> Desk:
        return Desk(now=self._now(), storage=Storage(connection), texts=self._texts, facts=self._facts)


def changed(look: Look, part: str, value: str | bytes) -> Look:
    """The look with one part of it put in place of what was there."""
    if isinstance(value, bytes):
        return replace(look, pictures={**look.pictures, cast("Part", part): value})
    if part == TEMPLATE:
        return replace(look, template=value)
    if part == SIGNERS:
        return resigned(look, value)
    return replace(look, texts={**look.texts, part: value})


def _size(size_bytes: int) -> str:
    return f"{size_bytes // _MEGABYTE} МБ" if size_bytes >= _MEGABYTE else f"{size_bytes // 1000} КБ"
