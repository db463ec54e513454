"""Ready answers that organizers have written, and what they have made of those that ship with the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.connection import Connection
from storage.sql import load
from storage.times import to_ms

QUERIES = load("ready_answers")


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One row."""

    id: int
    #: Empty: for all events.
    event_code: str
    #: Which of those that ship with the bot it stands for.
    preset: str | None
    title: str
    #: None: that one was taken away.
    text: str | None


class ReadyAnswers:
    """The `ready_answer` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def all(self) -> list[StoredAnswer]:
        """Every row; there are dozens of them at most."""
        return [
            StoredAnswer(row["id"], row["event_code"], row["preset"], row["title"], row["text"])
            async for row in QUERIES.all(self._connection)
        ]

    async def add(self, event_code: str, title: str, text: str, *, by: int, at: datetime) -> int:
        """A new one; its id."""
        return int(
            await QUERIES.add(self._connection, event_code=event_code, title=title, text=text, by=by, at=to_ms(at))
        )

    async def change(self, id_: int, title: str, text: str, *, by: int, at: datetime) -> bool:
        """Other words; False if it is not there."""
        return bool(await QUERIES.change(self._connection, id=id_, title=title, text=text, by=by, at=to_ms(at)))

    async def drop(self, id_: int) -> bool:
        """Take it away; False if it is not there."""
        return bool(await QUERIES.drop(self._connection, id=id_))

    async def put_preset(self, preset: str, title: str, text: str | None, *, by: int, at: datetime) -> None:
        """Other words for one that ships with the bot; None takes it away."""
        await QUERIES.put_preset(self._connection, preset=preset, title=title, text=text, by=by, at=to_ms(at))
