"""Files that people ask for, and what takes long to work out: gathered from the storage, done aside.

Gathering reads a snapshot of the database and writes nothing; the work takes the time it takes, in a thread. Others are
answered meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.contest.facts import Facts
from bot.documents.file import File
from bot.pipeline.jobbing import Work
from bot.talk.texts import Texts
from handlers.kinds import Desk, Maker, Thinker
from storage.connection import Connection
from storage.database import Database
from storage.storage import Storage

if TYPE_CHECKING:
    from bot.vk.uploads import Uploads


class Filing:
    """The jobs that make files."""

    def __init__(
        self,
        database: Database,
        uploads: Uploads,
        makers: Mapping[str, Maker],
        thinkers: Mapping[str, Thinker],
        *,
        texts: Texts,
        facts: Facts,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._uploads = uploads
        self._makers = makers
        self._thinkers = thinkers
        self._texts = texts
        self._facts = facts
        self._now = now
        self.by_kind: Mapping[str, Work] = {"make_file": self._make_file, "think": self._think}

    async def close(self) -> None:
        """Close the connections."""
        await self._uploads.close()

    async def _make_file(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`maker`, `about` in; `attachment` out, by which the messenger sends the file. None: there is nothing."""
        async with self._database.snapshot() as connection:
            draw = await self._makers[argument["maker"]](self._desk(connection), argument["about"])
        if draw is None:
            return {"attachment": None}
        file = await asyncio.to_thread(draw)
        return {"attachment": await self._upload(file, int(argument["person_id"])), "name": file.name}

    async def _think(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`thinker`, `about` in; `thought` out, with `attachment` where a file goes with it. None: there is nothing."""
        async with self._database.snapshot() as connection:
            think = await self._thinkers[argument["thinker"]](self._desk(connection), argument["about"])
        if think is None:
            return {"thought": None}
        thought = await asyncio.to_thread(think)
        found: dict[str, Any] = {"thought": dict(thought.result), "attachment": None}
        if thought.file is not None:
            found["attachment"] = await self._upload(thought.file, int(argument["person_id"]))
        return found

    async def _upload(self, file: File, peer_id: int) -> str:
        if file.photo:
            return await self._uploads.photo(file.data, peer_id=peer_id)
        return await self._uploads.document(file.data, file.name, peer_id=peer_id)

    def _desk(self, connection: Connection) -> Desk:
        return Desk(now=self._now(), storage=Storage(connection), texts=self._texts, facts=self._facts)
