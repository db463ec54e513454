"""What a table does not take, in our words.

StorageError
├── DuplicateError      something that is there once only is there already
├── MissingError        what the row belongs to is not there
└── StaleError          somebody else changed the row since it was read
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from storage.errors import StorageError


class DuplicateError(StorageError):
    """Something that is there once only is there already."""


class MissingError(StorageError):
    """What was named, or what it belongs to, is not there."""


class StaleError(StorageError):
    """Somebody else changed the row since it was read: read it again."""


@contextmanager
def in_our_words() -> Iterator[None]:
    """Run statements whose refusal by the tables' constraints means something to the caller.

    Raises DuplicateError, MissingError, or StorageError for a value that no column takes (a mistake of ours).
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise _WORDS.get(error.sqlite_errorname, StorageError)(str(error)) from error


_WORDS: dict[str, type[StorageError]] = {
    "SQLITE_CONSTRAINT_UNIQUE": DuplicateError,
    "SQLITE_CONSTRAINT_PRIMARYKEY": DuplicateError,
    "SQLITE_CONSTRAINT_FOREIGNKEY": MissingError,
}
