"""When the last copy was made: kept beside the database, so that a copy that is put back does not turn it back."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from storage.times import from_ms, to_ms


def _place(database: Path) -> Path:
    return database.with_name(f"{database.name}.copied")


def write_copied_at(database: Path, at: datetime) -> None:
    """Remember it; where that can't be written the copy is good all the same."""
    with contextlib.suppress(OSError):
        _place(database).write_text(f"{to_ms(at)}\n", encoding="utf-8")


def read_copied_at(database: Path) -> datetime | None:
    """When the last copy was made; None: never, or nobody knows."""
    try:
        return from_ms(int(_place(database).read_text(encoding="utf-8")))
    except (OSError, ValueError, OverflowError):
        return None
