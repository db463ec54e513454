"""How the file is opened: a sound one as it is, a new one whole or not at all, a damaged one never.

SQLite takes an empty file for a new database, so a file that was cut to nothing would silently become one. Hence a
new database is built beside its place and moved there when it is complete: whatever stands in the place was a whole
database once.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.connection import Connection
from storage.errors import DamagedError, UnavailableError, UnopenableError, in_our_words
from storage.migrating import migrate

#: How long a statement waits for another process that holds the file (a backup, a person with a console).
BUSY_TIMEOUT_MS = 5_000
HEADER = b"SQLite format 3\x00"
PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "temp_store = memory",
    "cache_size = -32000",  # KiB: SQLite's own 2 MB hold no working set of a busy evening
)


async def connected(path: Path) -> Connection:
    """The connection to a file, migrated to this version. Raises TooNewError and the driver's errors."""
    connection = Connection.at(path)
    try:
        for pragma in PRAGMAS:
            await connection.execute_fetchall(f"pragma {pragma}")
        await migrate(connection)
        await connection.execute_fetchall("pragma busy_timeout = 0")  # who begins a transaction waits without blocking
    except BaseException:
        await connection.close()
        raise
    return connection


async def snapshot_of(path: Path) -> Connection:
    """A connection that only reads, with a transaction open. Raises the driver's errors."""
    connection = Connection.at(_read_only_uri(path), aside=True)
    try:
        await connection.execute_fetchall(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
        await connection.execute_fetchall("begin")
        await connection.execute_fetchall("pragma schema_version")  # the first look decides what is seen
    except BaseException:
        await connection.close()
        raise
    return connection


def checked(path: Path, *, is_copy: bool = False) -> None:
    """Look at the file without writing to it or beside what its last owner left.

    `is_copy`: it is not the bot's own file, and said so. Raises DamagedError, UnavailableError, UnopenableError.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(HEADER))
        if begins != HEADER:
            raise DamagedError(path, "это не файл базы SQLite", is_copy=is_copy)
        with closing(read_only(path)) as connection:
            found = [row[0] for row in connection.execute("pragma quick_check(1)")]
    except OSError as error:
        raise UnopenableError(f"{path}: не открывается ({error.strerror or error})") from error
    except sqlite3.DatabaseError as error:
        raise in_our_words(error, path, is_copy=is_copy) or error from error
    if found != ["ok"]:
        raise DamagedError(path, found[0], is_copy=is_copy)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that can't change the file. Raises the driver's errors."""
    connection = sqlite3.connect(_read_only_uri(path), uri=True)
    connection.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
    return connection


def _read_only_uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro"


async def created(path: Path) -> None:
    """Make a new database. Whoever is killed in between leaves nothing at `path`. Raises DamagedError."""
    journal = beside(path, "-wal")
    if journal.exists() and journal.stat().st_size:
        raise DamagedError(path, f"самого файла нет, а его журнал {journal.name} есть")
    fresh = beside(path, ".new")
    for leftover in (fresh, *(beside(fresh, end) for end in ("-wal", "-shm", "-journal"))):
        leftover.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # personal data: for its owner alone
    await (await connected(fresh)).close()
    if beside(fresh, "-wal").exists():
        raise UnavailableError(f"{fresh}: не удалось записать новую базу целиком")
    fresh.replace(path)
    keep_name(path)


def beside(path: Path, end: str) -> Path:
    """The file whose name is the same with `end` behind it."""
    return path.with_name(path.name + end)


def keep_name(path: Path) -> None:
    """The file's new name survives a power cut too, where the system lets a folder be written out."""
    if os.name != "posix":
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
