"""From the wire to the inbox: only what is committed here may be acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.faultpoints import fault_point
from storage.database import Database
from storage.errors import UnavailableError
from storage.inbox import Arrival
from storage.storage import Storage

log = logging.getLogger(__name__)
T = TypeVar("T")

TS_KEY = "longpoll.ts"
#: More updates than these are stored in several transactions: thousands after a pause would hold everybody up.
AT_ONCE = 250
#: How long to wait when the database is held by somebody else.
BACK_OFF_S = 1.0


class Receiving:
    """Stores updates, and with the last of them how far Long Poll has been read."""

    def __init__(self, database: Database, *, now: Callable[[], datetime], arrived: Callable[[], None]) -> None:
        self._database = database
        self._now = now
        self._arrived = arrived

    async def store(self, arrivals: Sequence[Arrival], ts: str | None = None) -> None:
        """Keep the updates; after it returns, the messenger may be told so.

        Raises UnavailableError where the database can't take them: then nothing may be acknowledged. What was kept
        by then is no harm: it is known when it comes again.
        """
        *others, last = [arrivals[start : start + AT_ONCE] for start in range(0, len(arrivals), AT_ONCE)] or [()]
        for part in others:
            await self._keep(part, None)
        await self._keep(last, ts)

    async def _keep(self, arrivals: Sequence[Arrival], ts: str | None) -> None:
        async with self._database.transaction() as connection:
            storage = Storage(connection)
            await storage.inbox.store([one for one in arrivals if one.receipt is None], at=self._now())
            await storage.receipts.keep([one.receipt for one in arrivals if one.receipt], at=self._now())
            if ts is not None:
                await storage.settings.set(TS_KEY, ts)
            fault_point("inbox.before_commit")
        fault_point("inbox.after_commit")
        self._arrived()

    async def load_ts(self) -> str | None:
        """Where to read on; None at the very first start. Waits until the database can be read."""
        return await self._read(lambda storage: storage.settings.get(TS_KEY))

    async def last_cmid(self, person_id: int) -> int:
        """The number of the last message seen of a person. Waits until the database can be read."""
        return await self._read(lambda storage: storage.inbox.last_cmid(person_id))

    async def _read(self, question: Callable[[Storage], Awaitable[T]]) -> T:
        while True:
            try:
                async with self._database.transaction() as connection:
                    return await question(Storage(connection))
            except UnavailableError as error:
                log.warning("receiving: the database can't be read: %s", error)
                await asyncio.sleep(BACK_OFF_S)
