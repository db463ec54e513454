"""Looking at the running bot: what is wrong, and how much of everything there is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.watching.figures import Figures
from bot.watching.health import Signs, troubles
from storage.database import Database
from storage.errors import StorageError
from storage.storage import Storage
from storage.watching import Queues


@dataclass(frozen=True, slots=True)
class Parts:
    """How the bot's parts tell how they are; each is asked anew at every look."""

    sending: Callable[[], str | None]
    receiving: Callable[[], str | None]
    results: Callable[[], Mapping[str, int]]
    pace: Callable[[], float]


class Looking:
    """Looks when it is asked to; changes nothing and holds nobody up."""

    def __init__(self, database: Database, parts: Parts, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._parts = parts
        self._now = now

    async def troubles(self) -> list[str]:
        """What is wrong now; empty where all is well."""
        queues, failure = await self._queues()
        return self._wrong(queues, failure)

    async def figures(self) -> Figures:
        """What is counted now. Raises StorageError."""
        queues, failure = await self._queues()
        if queues is None:
            raise failure or StorageError()
        healthy = not self._wrong(queues, None)
        return Figures(queues, self._parts.results(), self._parts.pace(), healthy, self._now())

    def _wrong(self, queues: Queues | None, failure: StorageError | None) -> list[str]:
        room = shutil.disk_usage(self._database.path.parent)
        signs = Signs(
            sending=self._parts.sending(),
            receiving=self._parts.receiving(),
            database=None if failure is None else type(failure).__name__,
            oldest_update_at=queues.inbox.oldest_at if queues else None,
            free_bytes=room.free,
            disk_bytes=room.total,
        )
        return troubles(signs, now=self._now())

    async def _queues(self) -> tuple[Queues | None, StorageError | None]:
        try:
            async with self._database.snapshot() as connection:
                return await Storage(connection).watching.queues(now=self._now()), None
        except StorageError as error:
            return None, error
