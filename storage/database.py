"""The database file: opened by one process, checked before use, written through one connection.

SQLite in WAL mode with `synchronous=FULL`: what was committed survives a power cut. Every use goes through
`transaction()`, because one connection shared by coroutines would mix their transactions, or `snapshot()`, which only
reads, on a connection of its own.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from storage.connection import Connection
from storage.errors import InUseError, UnavailableError, UnopenableError, in_our_words, restoring_of
from storage.opening import BUSY_TIMEOUT_MS, checked, connected, created, snapshot_of

#: How long a command beside the bot waits while another process makes the file.
CREATION_S = 10.0
#: How often to try again while another process writes.
TRY_AGAIN_S = 0.01


class Database:
    """The one connection to the bot's file. Create it with `opened`."""

    def __init__(self, path: Path, connection: Connection, lock: FileLock) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._turn = asyncio.Lock()
        #: How long a transaction waits for another process that writes.
        self.patience_s = BUSY_TIMEOUT_MS / 1000

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One transaction: committed on leaving, rolled back by any exception, a cancelled task included.

        Raises UnavailableError where the file cannot take the write (locked by another process, disk full),
        DamagedError where it turns out to be no sound database any more.
        """
        async with self._turn:
            try:
                await self._begin()
                yield self._connection
                await self._connection.commit()
            except BaseException as error:
                await self._rollback()
                if ours := in_our_words(error, self.path):
                    raise ours from error
                raise

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        """The database as it is now, to be read at leisure: nobody waits for it, and it sees nothing newer.

        For what reads whole tables. Raises UnavailableError, DamagedError.
        """
        try:
            connection = await snapshot_of(self.path)
            try:
                yield connection
            finally:
                await connection.close()
        except BaseException as error:
            if ours := in_our_words(error, self.path):
                raise ours from error
            raise

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of the running transaction that fails by itself; the rest stays.

        Raises UnavailableError where the failure is the file's: then the transaction as a whole is lost.
        """
        await self._connection.execute_fetchall("savepoint part")
        try:
            yield
            self._still_in_transaction()
        except BaseException as error:
            if ours := in_our_words(error, self.path):
                raise ours from error
            self._still_in_transaction()
            await self._connection.execute_fetchall("rollback to part")
            await self._connection.execute_fetchall("release part")
            raise
        await self._connection.execute_fetchall("release part")

    async def close(self) -> None:
        """Let go of the file. Waits for the transaction in hand."""
        async with self._turn:
            await self._connection.close()
        self._lock.release()

    def _still_in_transaction(self) -> None:
        if not self._connection.in_transaction:  # a full disk ends the whole transaction by itself
            raise UnavailableError("SQLite rolled the transaction back")

    async def _begin(self) -> None:
        """Take the right to write; another process that has it is waited for without holding anybody else up."""
        give_up_at = asyncio.get_running_loop().time() + self.patience_s
        while True:
            try:
                await self._connection.execute_fetchall("begin immediate")
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or asyncio.get_running_loop().time() > give_up_at:
                    raise
                await asyncio.sleep(TRY_AGAIN_S)
            else:
                return

    async def _rollback(self) -> None:
        if self._connection.in_transaction:
            await self._connection.execute_fetchall("rollback")


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
    if restoring_of(path).exists():
        raise UnopenableError(f"{path}: восстановление не закончено. Повторите: python -m bot restore КОПИЯ")
    if alone or not path.exists():
        try:
            lock.acquire(timeout=0 if alone else CREATION_S)
        except Timeout:
            raise InUseError(f"{path}: с этой базой уже работает другой процесс бота") from None
    return not path.exists()
