"""Small facts that the bot keeps for itself: where Long Poll stands, the key that seals buttons."""

from __future__ import annotations

import secrets

from storage.connection import Connection
from storage.sql import load

QUERIES = load("settings")


class Settings:
    """The `setting` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, key: str) -> str | None:
        """The value, or None."""
        value: str | None = await QUERIES.get(self._connection, key=key)
        return value

    async def set(self, key: str, value: str) -> None:
        """Keep the value."""
        await QUERIES.set(self._connection, key=key, value=value)

    async def forget(self, key: str) -> None:
        """Keep the value no longer."""
        await QUERIES.forget(self._connection, key=key)

    async def seal_key(self) -> bytes:
        """The secret that seals buttons: drawn once, kept with the database so that old buttons stay good."""
        row = await QUERIES.keep(self._connection, key="seal_key", value=secrets.token_hex(32))
        return bytes.fromhex(row["value"])
