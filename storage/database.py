"""The database file: opened by one process, checked before use, written through one connection.

SQLite in WAL mode with `synchronous=FULL`: what was committed survives a power cut. Every use goes through
`transaction()`: one connection shared by coroutines would mix their transactions.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiosqlite import Connection
from filelock import FileLock, Timeout

from storage.errors import InUseError, UnavailableError, UnopenableError, in_our_words
from storage.opening import checked, connected, created

#: How long a command beside the bot waits while another process makes the file.
CREATION_S = 10.0


class Database:
    """The one connection to the bot's file. Create it with `opened`."""

    def __init__(self, path: Path, connection: Connection, lock: FileLock) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One transaction: committed on leaving, rolled back by any exception, a cancelled task included.

        Raises UnavailableError where the file cannot take the write (locked by another process, disk full),
        DamagedError where it turns out to be no sound database any more.
        """
        async with self._turn:
            try:
                await self._run("begin immediate")
                yield self._connection
                await self._run("commit")
            except BaseException as error:
                await self._rollback()
                if ours := in_our_words(error, self.path):
                    raise ours from error
                raise

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of the running transaction that fails by itself; the rest stays.

        Raises UnavailableError where the failure is the file's: then the transaction as a whole is lost.
        """
        await self._run("savepoint part")
        try:
            yield
            self._still_in_transaction()
        except BaseException as error:
            if ours := in_our_words(error, self.path):
                raise ours from error
            self._still_in_transaction()
            await self._run("rollback to part")
            await self._run("release part")
            raise
        await self._run("release part")

    async def close(self) -> None:
        """Let go of the file. Waits for the transaction in hand."""
        async with self._turn:
            await self._connection.close()
        self._lock.release()

    def _still_in_transaction(self) -> None:
        if not self._connection.in_transaction:  # a full disk ends the whole transaction by itself
            raise UnavailableError("SQLite rolled the transaction back")

    async def _run(self, statement: str) -> None:
        """Run to the end, even if our task is cancelled meanwhile: the driver's thread goes on in any case."""
        running = asyncio.ensure_future(self._connection.execute_fetchall(statement))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    async def _rollback(self) -> None:
        if self._connection.in_transaction:
            try:
                await self._run("rollback")
            except sqlite3.OperationalError:  # what still ran when our task was cancelled has rolled back itself
                if self._connection.in_transaction:
                    raise


@asynccontextmanager
async def opened(path: Path, *, alone: bool = True) -> AsyncIterator[Database]:
    """The database at `path`, created if there is none, migrated to this version.

    `alone`: this process is the bot, and there may be one only. Raises InUseError (there is another),
    DamagedError (the file stays as it is), TooNewError, UnopenableError, UnavailableError.
    """
    lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
    try:
        connection = await _opened(path, lock, alone=alone)
    except BaseException as error:
        lock.release()
        if isinstance(error, OSError):
            raise UnopenableError(f"{path}: не открывается ({error.strerror or error})") from error
        raise
    database = Database(path, connection, lock)
    try:
        yield database
    finally:
        await database.close()


async def _opened(path: Path, lock: FileLock, *, alone: bool) -> Connection:
    is_new = await asyncio.to_thread(_taken, path, lock, alone=alone)
    try:
        if is_new:
            await created(path)
        else:
            await asyncio.to_thread(checked, path)
        if not alone:
            lock.release()
        return await connected(path)
    except sqlite3.DatabaseError as error:
        if ours := in_our_words(error, path):
            raise ours from error
        raise


def _taken(path: Path, lock: FileLock, *, alone: bool) -> bool:
    """Take the lock, where it is needed; whether the file is yet to be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if alone or not path.exists():
        try:
            lock.acquire(timeout=0 if alone else CREATION_S)
        except Timeout:
            raise InUseError(f"{path}: с этой базой уже работает другой процесс бота") from None
    return not path.exists()
