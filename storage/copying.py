"""A copy of the database that is whole, taken while the bot works."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import DamagedError, in_our_words
from storage.opening import checked, read_only


def copied(database: Path, copy: Path) -> None:
    """Copy the file to `copy`, which must not exist, and check the copy; one that fails is not left there.

    The copy is for its owner alone: it holds personal data. Raises DamagedError, UnavailableError, UnopenableError.
    """
    checked(database)
    try:
        with closing(read_only(database)) as source:
            source.execute("vacuum into ?", (str(copy),))
        copy.chmod(0o600)
        checked(copy)
    except (sqlite3.DatabaseError, DamagedError) as error:
        copy.unlink(missing_ok=True)
        if ours := in_our_words(error, copy):
            raise ours from error
        raise
