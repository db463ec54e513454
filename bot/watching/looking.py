"""Looking at the running bot: what is wrong, and how much of everything there is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.watching.figures import Figures
from bot.watching.health import Health, Signs, health_of
from storage.copied_at import read_copied_at
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import SENDING_STOPPED
from storage.storage import Storage
from storage.watching import Queues


@dataclass(frozen=True, slots=True)
class Parts:
    """How the bot's parts tell how they are; each is asked anew at every look."""

    sending: Callable[[], str | None]
    receiving: Callable[[], str | None]
    results: Callable[[], Mapping[str, int]]
    pace: Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the database says."""

    queues: Queues
    restored: bool
    announcements: int
    #: Announcements are refused, everything else goes.
    only_bulk: bool


class Looking:
    """Looks when it is asked to; changes nothing and holds nobody up."""

    def __init__(self, database: Database, parts: Parts, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._parts = parts
        self._now = now

    async def health(self) -> Health:
        """What is wrong now."""
        seen, failure = await self._seen()
        return self._health(seen, failure)

    async def figures(self) -> Figures:
        """What is counted now. Raises StorageError."""
        seen, failure = await self._seen()
        if seen is None:
            raise failure or StorageError()
        return Figures(
            seen.queues,
            self._parts.results(),
            self._parts.pace(),
            healthy=not self._health(seen, None).troubles,
            at=self._now(),
            restored=seen.restored,
            announcements=seen.announcements,
            copied_at=read_copied_at(self._database.path),
            free_bytes=shutil.disk_usage(self._database.path.parent).free,
        )

    def _health(self, seen: _Seen | None, failure: StorageError | None) -> Health:
        room = shutil.disk_usage(self._database.path.parent)
        queues = seen.queues if seen else None
        signs = Signs(
            sending=self._parts.sending(),
            receiving=self._parts.receiving(),
            database=None if failure is None else type(failure).__name__,
            oldest_update_at=queues.inbox.oldest_at if queues else None,
            free_bytes=room.free,
            disk_bytes=room.total,
            quarantined=queues.quarantined.lately if queues else 0,
            dead=queues.dead.lately if queues else 0,
            failed_jobs=queues.failed_jobs.lately if queues else 0,
            only_bulk=seen is not None and seen.only_bulk,
            restored=seen is not None and seen.restored,
            copied_at=read_copied_at(self._database.path),
        )
        return health_of(signs, now=self._now())

    async def _seen(self) -> tuple[_Seen | None, StorageError | None]:
        try:
            async with self._database.snapshot() as connection:
                storage = Storage(connection)
                queues = await storage.watching.queues(now=self._now())
                restored = await storage.restoring.state() is not None
                stopped = json.loads(await storage.settings.get(SENDING_STOPPED) or "{}")
                only_bulk = bool(stopped.get("bulk"))
                return _Seen(queues, restored, await storage.watching.announcements(), only_bulk), None
        except StorageError as error:
            return None, error
