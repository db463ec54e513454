"""Times in the database: whole milliseconds since 1970-01-01 UTC; aware datetimes everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload


def to_ms(at: datetime) -> int:
    """The database's form of an aware time. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return round(at.timestamp() * 1000)


@overload
def from_ms(ms: int) -> datetime: ...
@overload
def from_ms(ms: None) -> None: ...
def from_ms(ms: int | None) -> datetime | None:
    """The aware UTC time of a column; None stays None."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)
