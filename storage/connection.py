"""The database's connection for coroutines: what is short runs at once, what waits for the disk runs in a thread.

A hop to a thread and back costs more than most statements do (here about 100 µs against 10 to 30), and a step makes
a dozen of them. Only a commit that has something to write waits for the disk, so it alone hops, and others go on
meanwhile. Where whole tables are read, use `Database.snapshot`, whose statements all hop.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

Values = Mapping[str, Any] | Sequence[Any]
T = TypeVar("T")
#: Statements that are kept prepared.
STATEMENTS = 512


class Connection:
    """One SQLite connection. Whoever uses it waits for each call before the next one."""

    def __init__(self, raw: sqlite3.Connection, *, aside: bool = False) -> None:
        """`aside`: every statement runs in the thread, because it may take long."""
        self._raw = raw
        self._aside = aside
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._written = 0

    @classmethod
    def at(cls, address: str | Path, *, aside: bool = False) -> Connection:
        """Connect to a file, or to what a `file:` URI names. Raises the driver's errors."""
        is_uri = isinstance(address, str)
        raw = sqlite3.connect(
            address, isolation_level=None, cached_statements=STATEMENTS, check_same_thread=False, uri=is_uri
        )
        raw.row_factory = sqlite3.Row
        return cls(raw, aside=aside)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._raw.in_transaction

    async def execute_fetchall(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """Run a statement; all its rows. Raises the driver's errors."""
        if self._aside:
            return await self._in_thread(partial(self._fetched, sql, values))
        return self._raw.execute(sql, values).fetchall()

    async def executemany(self, sql: str, values: Iterable[Values]) -> int:
        """Run a statement for each set of values; how many rows changed in all. Raises the driver's errors."""
        work = partial(self._many, sql, values)
        return await self._in_thread(work) if self._aside else work()

    async def commit(self) -> None:
        """Commit: in the thread where there is something to write."""
        if self._raw.total_changes == self._written and not self._aside:
            self._fetched("commit")
            return
        await self._in_thread(partial(self._fetched, "commit"))
        self._written = self._raw.total_changes

    async def close(self) -> None:
        """Let go of the file."""
        await self._in_thread(self._raw.close)
        self._thread.shutdown(wait=False)

    def _fetched(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        return self._raw.execute(sql, values).fetchall()

    def _many(self, sql: str, values: Iterable[Values]) -> int:
        return self._raw.executemany(sql, values).rowcount

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Run to the end, even if our task is cancelled meanwhile: the thread goes on in any case."""
        running = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise
