"""What is stored about a person beside applications and consents: for whoever asks what is known of them."""

from __future__ import annotations

from typing import Any

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms

QUERIES = load("own_data")
#: The kinds of rows, in the order in which they are told.
KINDS = (
    "reminders", "interests", "extensions", "files", "received", "sent", "attendance", "seats", "papers",
    "paper_mistakes", "help_words", "jury_questions", "jury_asked",
)  # fmt: skip


class OwnData:
    """Reads tables of others; it writes none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """The rows of each kind, moments as ISO 8601 in UTC; kinds without rows are left out."""
        found = {}
        for kind in KINDS:
            rows = [dict(row) async for row in getattr(QUERIES, kind)(self._connection, person_id=person_id)]
            rows = [{name: _value(name, value) for name, value in row.items() if value is not None} for row in rows]
            if any(row and row.get("messages") != 0 for row in rows):
                found[kind] = rows
        return found


def _value(name: str, value: Any) -> Any:
    return from_ms(value).isoformat() if name.endswith("_at") else value
