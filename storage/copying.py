"""A copy of the database that is whole, taken while the bot works; and a copy put back in the database's place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from storage.connection import Connection
from storage.errors import (
    DamagedError,
    InUseError,
    TooNewError,
    UnavailableError,
    in_our_words,
    restoring_of,
)
from storage.migrating import newest_version
from storage.opening import beside, checked, keep_name, read_only
from storage.restoring import Restoring

#: What belongs to a database file while it is in use.
JOURNALS = ("-wal", "-shm", "-journal")
#: Every version of the bot has these tables.
OURS = frozenset({"setting", "person", "inbox", "outbox", "audit"})


async def copied(database: Path, copy: Path, *, at: datetime | None) -> int:
    """Copy the file to `copy`, which must not exist, and check the copy; its size in bytes.

    It is written beside its place and moved there whole. It is for its owner alone, for it holds personal data.
    `at`: the copy says of itself that it is one, made then, so that a bot started with it looks before it goes on;
    None: it does not. Raises FileExistsError, DamagedError, UnavailableError, UnopenableError.
    """
    checked(database)
    with _part_of(copy) as part:
        _vacuum(database, part)
        if at is not None:
            await _mark(part, at)
        return _settled(part, copy)


def _settled(part: Path, copy: Path) -> int:
    """Check what was written and move it to its place; its size in bytes."""
    with closing(read_only(part)) as connection:
        _check_whole(connection, part)
    _synced(part)
    if copy.exists():
        raise FileExistsError(copy)
    part.replace(copy)
    keep_name(copy)
    return copy.stat().st_size


async def put_back(copy: Path, database: Path, *, at: datetime) -> Path | None:
    """Put a copy in the database's place, so that the next start knows of it; where the former database is now.

    The copy is checked first, the former file (damaged or not) is kept beside with its journals, and whoever is
    killed in between leaves either the former database or a start that is refused until this is done again.
    Raises InUseError, DamagedError (the copy), TooNewError, UnavailableError, UnopenableError.
    """
    lock = FileLock(database.with_name(f"{database.name}.lock"), thread_local=False)
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InUseError(f"{database}: с этой базой работает бот. Сначала остановите его") from None
    try:
        check_copy(copy)
        ready = restoring_of(database)
        with _part_of(ready) as part:
            _vacuum(copy, part)
            await _mark(part, None)
            ready.unlink(missing_ok=True)
            _settled(part, ready)
        former = _put_aside(database, at)
        ready.replace(database)
        keep_name(database)
    except OSError as error:
        raise UnavailableError(f"{database}: {error.strerror or error}") from error
    finally:
        lock.release()
    return former


def check_copy(copy: Path) -> None:
    """Look whether the file is a whole database of this bot. Raises DamagedError, TooNewError, UnopenableError."""
    checked(copy, is_copy=True)
    try:
        with closing(read_only(copy)) as connection:
            _check_whole(connection, copy)
            names = {row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")}
            [version] = connection.execute("pragma user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise in_our_words(error, copy, is_copy=True) or error from error
    if not names >= OURS:
        raise DamagedError(copy, "это база другой программы", is_copy=True)
    if version > newest_version():
        raise TooNewError(f"{copy}: записана более новой версией бота ({version}): обновите бота")


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    found = [str(row[0]) for row in connection.execute("pragma quick_check(1)")]
    if found != ["ok"]:
        raise DamagedError(path, found[0], is_copy=True)
    if connection.execute("pragma foreign_key_check").fetchone() is not None:
        raise DamagedError(path, "записи не сходятся между собой", is_copy=True)


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, for its owner alone, to be filled and moved there; removed if that fails."""
    part = beside(path, ".part")
    try:
        _remove(part)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise
        raise UnavailableError(_not_written(path, error.strerror or error)) from error
    except sqlite3.DatabaseError as error:
        ours = in_our_words(error, path, is_copy=True) or error
        if isinstance(ours, UnavailableError):
            ours = UnavailableError(_not_written(path, error))
        raise ours from error
    finally:
        _remove(part)


def _not_written(path: Path, why: object) -> str:
    return f"{path}: не записывается ({why}). Проверьте, есть ли место на диске"


def _vacuum(source: Path, part: Path) -> None:
    """Fill the empty file with a whole copy of what is committed now. Raises the driver's errors."""
    with closing(read_only(source)) as connection:
        connection.execute("vacuum into ?", (str(part),))


async def _mark(part: Path, at: datetime | None) -> None:
    connection = Connection.at(part)
    try:
        await connection.execute_fetchall("begin immediate")
        await Restoring(connection).mark_as_copy(at=at)
        await connection.commit()
    finally:
        await connection.close()


def _put_aside(database: Path, at: datetime) -> Path | None:
    """Rename the former database with its journals; None: there is none."""
    stem = f"{database.name}.before-restore-{at:%Y%m%dT%H%M%SZ}"
    there = [end for end in ("", *JOURNALS) if beside(database, end).exists()]
    former = next(one for one in _names(database, stem) if not any(beside(one, end).exists() for end in there))
    for end in there:
        beside(database, end).rename(beside(former, end))
    return former if "" in there else None


def _names(database: Path, stem: str) -> Iterator[Path]:
    yield database.with_name(stem)
    for number in range(2, 1000):
        yield database.with_name(f"{stem}-{number}")


def _synced(path: Path) -> None:
    """The bytes survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(part: Path) -> None:
    for end in ("", *JOURNALS):
        beside(part, end).unlink(missing_ok=True)
