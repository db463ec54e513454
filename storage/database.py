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

import aiosqlite
from aiosqlite import Connection
from filelock import FileLock, Timeout

from storage.errors import DamagedError, InUseError, UnavailableError
from storage.migrating import migrate

#: How long a statement waits for another process that holds the file (a backup, a person with a console).
BUSY_TIMEOUT_MS = 5_000
HEADER = b"SQLite format 3\x00"


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

        Raises UnavailableError where the file cannot take the write (locked by another process, disk full).
        """
        async with self._turn:
            try:
                await self._connection.execute_fetchall("begin immediate")
                yield self._connection
                await asyncio.shield(self._connection.execute_fetchall("commit"))
            except sqlite3.OperationalError as error:
                await self._rollback()
                raise UnavailableError(str(error)) from error
            except BaseException:
                await self._rollback()
                raise

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of the running transaction that fails by itself; the rest stays."""
        await self._connection.execute_fetchall("savepoint part")
        try:
            yield
        except BaseException:
            await asyncio.shield(self._undo_part())
            raise
        await self._connection.execute_fetchall("release part")

    async def close(self) -> None:
        """Let go of the file. Waits for the transaction in hand."""
        async with self._turn:
            await self._connection.close()
        self._lock.release()

    async def _undo_part(self) -> None:
        if self._connection.in_transaction:  # a full disk ends the whole transaction by itself
            await self._connection.execute_fetchall("rollback to part")
            await self._connection.execute_fetchall("release part")

    async def _rollback(self) -> None:
        if self._connection.in_transaction:
            await asyncio.shield(self._connection.execute_fetchall("rollback"))


@asynccontextmanager
async def opened(path: Path, *, alone: bool = True) -> AsyncIterator[Database]:
    """The database at `path`, created if there is none, migrated to this version.

    `alone`: this process is the bot, and there may be one only. Raises InUseError (there is another),
    DamagedError (the file stays as it is), TooNewError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        if alone:
            lock.acquire(timeout=0)
    except Timeout:
        raise InUseError(f"{path}: с этой базой уже работает другой процесс бота") from None
    try:
        database = Database(path, await _connect(path), lock)
    except BaseException:
        lock.release()
        raise
    try:
        yield database
    finally:
        await database.close()


async def _connect(path: Path) -> Connection:
    _refuse_foreign(path)
    connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=512)
    connection.row_factory = sqlite3.Row
    try:
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = wal",
            "synchronous = full",
            "foreign_keys = on",
            "temp_store = memory",
        ):
            await connection.execute_fetchall(f"pragma {pragma}")
        found = [row[0] for row in await connection.execute_fetchall("pragma quick_check(1)")]
        if found != ["ok"]:
            raise DamagedError(_damaged(path, found[0]))
        await migrate(connection)
    except sqlite3.DatabaseError as error:
        await connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise UnavailableError(f"{path}: {error}") from error
        raise DamagedError(_damaged(path, str(error))) from error
    except BaseException:
        await connection.close()
        raise
    return connection


def _refuse_foreign(path: Path) -> None:
    """SQLite takes an empty file for a new database: one that was cut to nothing must not become that."""
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(HEADER)) != HEADER:
                raise DamagedError(_damaged(path, "это не файл базы SQLite"))


def _damaged(path: Path, found: str) -> str:
    return (
        f"{path}: база повреждена ({found}). Бот не запущен, файл не изменён. Восстановите последнюю копию: "
        f"отложите {path.name}, {path.name}-wal и {path.name}-shm в сторону и положите копию на место {path.name}"
    )
