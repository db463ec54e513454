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
#: Copies are made daily; whoever makes none at all is told by `check`.
COPIES_EVERY = timedelta(hours=50)


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
    #: What came to no good end within a day: updates, messages, jobs.
    quarantined: int = 0
    dead: int = 0
    failed_jobs: int = 0
    #: What is wrong with sending concerns announcements only.
    only_bulk: bool = False
    #: A copy was put back, and no administrator has looked at it yet.
    restored: bool = False
    #: When the last copy was made; None: none that we know of.
    copied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is. Each line begins with its kind and a colon."""

    #: The bot does not do its work, or soon will not; the gravest first.
    troubles: list[str]
    #: It works, but somebody should look.
    warnings: list[str]


def health_of(signs: Signs, *, now: datetime) -> Health:
    """What the signs say."""
    return Health(troubles(signs, now=now), warnings(signs, now=now))


def troubles(signs: Signs, *, now: datetime) -> list[str]:
    """What is wrong, the gravest first; empty where all is well."""
    found = [
        f"database: {signs.database}" if signs.database else "",
        f"{'bulk' if signs.only_bulk else 'sending'}: {signs.sending}" if signs.sending else "",
        f"receiving: {signs.receiving}" if signs.receiving else "",
        _lag(signs, now),
        _room(signs),
    ]
    return [one for one in found if one]


def warnings(signs: Signs, *, now: datetime) -> list[str]:
    """What somebody should look at; empty where there is nothing."""
    found = [
        "restored: a copy of the database was put back, bulk messages wait for an administrator"
        if signs.restored
        else "",
        f"quarantine: {signs.quarantined} updates were set aside within a day" if signs.quarantined else "",
        f"dead: {signs.dead} messages were given up within a day" if signs.dead else "",
        f"jobs: {signs.failed_jobs} jobs failed within a day" if signs.failed_jobs else "",
        _copies(signs, now),
    ]
    return [one for one in found if one]


def _copies(signs: Signs, now: datetime) -> str:
    age = now - signs.copied_at if signs.copied_at else timedelta()
    return f"backup: the last copy is {age.total_seconds() / 3600:.0f} h old" if age > COPIES_EVERY else ""


def _lag(signs: Signs, now: datetime) -> str:
    lag = now - signs.oldest_update_at if signs.oldest_update_at else timedelta()
    return f"inbox: an update has waited for {lag.total_seconds():.0f} s" if lag > LONGEST_LAG else ""


def _room(signs: Signs) -> str:
    """Alarm while there is still room to act (docs/faults.md, F25)."""
    return f"disk: {signs.free_bytes // 2**20} MB left" if lacks_room(signs.free_bytes, signs.disk_bytes) else ""


def lacks_room(free_bytes: int, disk_bytes: int) -> bool:
    """Whether so little room is left that somebody should make some."""
    share = free_bytes / disk_bytes if disk_bytes else 1.0
    return free_bytes < (LITTLE_BYTES if share < LEAST_FREE_SHARE else LEAST_FREE_BYTES)
