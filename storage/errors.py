"""What can go wrong with the database, in our words.

StorageError
├── DamagedError        the file is no sound database; it is never replaced by an empty one
├── InUseError          another process of the bot holds it
├── TooNewError         it was written by a newer version of the bot
├── UnopenableError     the path leads to nothing that can be opened as a file
└── UnavailableError    it cannot take a write now (locked, disk full); nothing was changed
"""

from __future__ import annotations

import sqlite3
from pathlib import Path


class StorageError(Exception):
    """The database cannot do what was asked."""


class DamagedError(StorageError):
    """The file is no sound database."""

    def __init__(self, path: Path, found: str, *, is_copy: bool = False) -> None:
        """`is_copy`: it is not the bot's own file but one that was to take its place, or came of it."""
        why = " ".join(found.split())
        super().__init__(
            f"{path}: эта копия не годится ({why}). База бота не изменена"
            if is_copy
            else f"{path}: база повреждена ({why}). Бот с ней не работает, файл не изменён. Восстановите последнюю "
            f"копию: python -m bot restore КОПИЯ (бот должен стоять, повреждённый файл останется рядом)"
        )


class InUseError(StorageError):
    """Another process of the bot works with this database."""


class TooNewError(StorageError):
    """The database was written by a newer version of the bot."""


class UnopenableError(StorageError):
    """The path leads to nothing that can be opened as a file."""


class UnavailableError(StorageError):
    """The database cannot take a write now; nothing was changed."""


#: SQLite's codes for «not now»: the file is held by another process, or the disk is full or takes no writes.
_NOT_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
#: What an extended code adds to the primary one stands above the lowest byte.
_PRIMARY = 0xFF


def restoring_of(database: Path) -> Path:
    """Where a copy stands that is about to take the database's place: as long as it is there, nobody may open it."""
    return database.with_name(f"{database.name}.restoring")


def in_our_words(error: BaseException, path: Path, *, is_copy: bool = False) -> StorageError | None:
    """What an error of the driver means for our callers; None for a mistake in our own statements."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _DAMAGED:
        return DamagedError(path, str(error), is_copy=is_copy)
    return UnavailableError(str(error)) if code in _NOT_NOW else None
