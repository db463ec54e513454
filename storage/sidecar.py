"""The small file beside the database that says how far it has come: a copy put in its place is behind it."""

from __future__ import annotations

import json
from pathlib import Path

from bot.contest.restoring import Mark


def sidecar_of(database: Path) -> Path:
    """`bot.db.epoch` beside `bot.db`."""
    return database.with_name(f"{database.name}.epoch")


def read_mark(database: Path) -> Mark | None:
    """What the file says; None where there is none, or none that can be read (a power cut may leave it empty)."""
    try:
        facts = json.loads(sidecar_of(database).read_text(encoding="utf-8"))
        return Mark(str(facts["epoch"]), int(facts["inbox"]), int(facts["outbox"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_mark(database: Path, mark: Mark) -> None:
    """Write it, whole or not at all. Raises OSError."""
    path = sidecar_of(database)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(
        json.dumps({"epoch": mark.epoch, "inbox": mark.inbox, "outbox": mark.outbox}) + "\n", encoding="utf-8"
    )
    fresh.replace(path)
