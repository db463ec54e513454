"""What can go wrong with the database, in our words.

StorageError
├── DamagedError        the file is no sound database; it is never replaced by an empty one
├── InUseError          another process of the bot holds it
├── TooNewError         it was written by a newer version of the bot
└── UnavailableError    it cannot take a write now (locked, disk full); nothing was changed
"""

from __future__ import annotations


class StorageError(Exception):
    """The database cannot do what was asked."""


class DamagedError(StorageError):
    """The file is no sound database."""


class InUseError(StorageError):
    """Another process of the bot works with this database."""


class TooNewError(StorageError):
    """The database was written by a newer version of the bot."""


class UnavailableError(StorageError):
    """The database cannot take a write now; nothing was changed."""
