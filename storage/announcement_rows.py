"""Rows of announcements and of what became of their messages, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contest.announcing.model import Announcement, AnnouncementState
from storage.times import from_ms


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one reader's message."""

    person_id: int
    #: How their page is called, as far as is known.
    name: str
    #: The outbox's: due, held, sent, dropped, dead; or `left_out`.
    state: str
    error_code: int | None = None
    settled_at: datetime | None = None
    #: When the messenger told that they have read as far; None: not that we know.
    read_at: datetime | None = None
    #: Why they were not written to (see `Left`).
    left_out: str | None = None


def announcement_of(row: Mapping[str, Any]) -> Announcement:
    """A row of the table."""
    return Announcement(
        id=row["id"],
        event_code=row["event_code"],
        author_id=row["author_id"],
        version=row["version"],
        text=row["text"],
        attachments=tuple(json.loads(row["attachments"])),
        audience=json.loads(row["audience"]),
        live=bool(row["live"]),
        state=AnnouncementState(row["state"]),
        created_at=from_ms(row["created_at"]),
        starts_at=from_ms(row["starts_at"]),
        started_at=from_ms(row["started_at"]),
        started_by=row["started_by"],
        gathered_at=from_ms(row["gathered_at"]),
        acted_at=from_ms(row["acted_at"]),
        acted_by=row["acted_by"],
        finished_at=from_ms(row["finished_at"]),
        recipients=row["recipients"],
        fed_to=row["fed_to"],
        fed_at=from_ms(row["fed_at"]),
        held=bool(row["held"]),
        closed_at=from_ms(row["closed_at"]),
    )


def delivery_of(row: Mapping[str, Any]) -> Delivery:
    """A row of the queries `deliveries` and `all_left_out`."""
    return Delivery(
        person_id=row["person_id"],
        name=" ".join(part for part in (row["first_name"], row["last_name"]) if part),
        state=row["state"],
        error_code=row["error_code"],
        settled_at=from_ms(row["settled_at"]),
        read_at=from_ms(row["read_at"]),
        left_out=row["left_out"],
    )
