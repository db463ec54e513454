"""A desk in a process of its own (`bot.apart`): what is long is read there from a snapshot of the database.

Nobody who writes waits for it, and what it takes of processor and memory holds up no answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.contest.facts import Facts
from bot.talk.texts import Texts
from handlers.kinds import Desk
from storage.opening import snapshot_of
from storage.storage import Storage


@dataclass(frozen=True, slots=True)
class AskedApart:
    """All that the other process needs for a desk; what is wanted of it stands in a class of each work's own."""

    database: Path
    now: datetime
    facts: Facts
    texts: Texts

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """The database as it is at one moment; nothing can be written. Raises the driver's errors."""
        connection = await snapshot_of(self.database)
        try:
            yield Desk(now=self.now, storage=Storage(connection), texts=self.texts, facts=self.facts)
        finally:
            await connection.close()
