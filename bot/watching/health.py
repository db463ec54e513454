"""Whether the bot does its work, in a word for a machine and a sentence for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: An update that waits so long is waited for by a person.
LONGEST_LAG = timedelta(seconds=60)
#: Less room than this is an alarm, and so is a tenth of the disk where that is little.
LEAST_FREE_BYTES = 500 * 1024 * 1024
LEAST_FREE_SHARE = 0.1
LITTLE_BYTES = 10 * LEAST_FREE_BYTES


@dataclass(frozen=True, slots=True)
class Signs:
    """What was looked at."""

    #: What the sender and the receiving side say is wrong; None where all is well.
    sending: str | None
    receiving: str | None
    #: Why the database could not be read; None: it could.
    database: str | None
    #: When the update that waits longest came; None: none waits.
    oldest_update_at: datetime | None
    free_bytes: int
    disk_bytes: int


def troubles(signs: Signs, *, now: datetime) -> list[str]:
    """What is wrong, the gravest first; empty where all is well."""
    found = [
        f"database: {signs.database}" if signs.database else "",
        f"sending: {signs.sending}" if signs.sending else "",
        f"receiving: {signs.receiving}" if signs.receiving else "",
        _lag(signs, now),
        _room(signs),
    ]
    return [one for one in found if one]


def _lag(signs: Signs, now: datetime) -> str:
    lag = now - signs.oldest_update_at if signs.oldest_update_at else timedelta()
    return f"inbox: an update has waited for {lag.total_seconds():.0f} s" if lag > LONGEST_LAG else ""


def _room(signs: Signs) -> str:
    """Alarm while there is still room to act (docs/faults.md, F25)."""
    share = signs.free_bytes / signs.disk_bytes if signs.disk_bytes else 1.0
    if signs.free_bytes >= (LITTLE_BYTES if share < LEAST_FREE_SHARE else LEAST_FREE_BYTES):
        return ""
    return f"disk: {signs.free_bytes // 2**20} MB left"
