"""Files that people ask for: gathered from the storage, drawn aside, handed to the messenger.

Gathering takes one short transaction; drawing takes the time it takes, in a thread, while others are answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.contest.facts import Facts
from bot.pipeline.jobbing import Work
from bot.talk.texts import Texts
from handlers.kinds import Desk, Maker
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
        *,
        texts: Texts,
        facts: Facts,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._uploads = uploads
        self._makers = makers
        self._texts = texts
        self._facts = facts
        self._now = now
        self.by_kind: Mapping[str, Work] = {"make_file": self._make_file}

    async def close(self) -> None:
        """Close the connections."""
        await self._uploads.close()

    async def _make_file(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`maker`, `about` in; `attachment` out, by which the messenger sends the file. None: there is nothing."""
        async with self._database.transaction() as connection:
            desk = Desk(now=self._now(), storage=Storage(connection), texts=self._texts, facts=self._facts)
            draw = await self._makers[argument["maker"]](desk, argument["about"])
        if draw is None:
            return {"attachment": None}
        file = await asyncio.to_thread(draw)
        name = await self._uploads.document(file.data, file.name, peer_id=int(argument["person_id"]))
        return {"attachment": name, "name": file.name}
