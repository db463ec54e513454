"""From the wire to the inbox: only what is committed here may be acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.faultpoints import fault_point
from storage.database import Database
from storage.inbox import Arrival
from storage.storage import Storage

TS_KEY = "longpoll.ts"


class Receiving:
    """Stores updates, and how far Long Poll has been read, in one transaction."""

    def __init__(self, database: Database, *, now: Callable[[], datetime], arrived: Callable[[], None]) -> None:
        self._database = database
        self._now = now
        self._arrived = arrived

    async def store(self, arrivals: Sequence[Arrival], ts: str | None = None) -> None:
        """Keep the updates; after it returns, the messenger may be told so.

        Raises UnavailableError where the database can't take them: then nothing may be acknowledged.
        """
        async with self._database.transaction() as connection:
            storage = Storage(connection)
            await storage.inbox.store(arrivals, at=self._now())
            if ts is not None:
                await storage.settings.set(TS_KEY, ts)
            fault_point("inbox.before_commit")
        fault_point("inbox.after_commit")
        self._arrived()

    async def load_ts(self) -> str | None:
        """Where to read on; None at the very first start."""
        async with self._database.transaction() as connection:
            return await Storage(connection).settings.get(TS_KEY)

    async def last_cmid(self, person_id: int) -> int:
        """The number of the last message seen of a person."""
        async with self._database.transaction() as connection:
            return await Storage(connection).inbox.last_cmid(person_id)
