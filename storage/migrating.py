"""Migrations: numbered SQL files, each applied once, whole or not at all.

The number of the last one stands in `pragma user_version`, inside the same transaction as its statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from aiosqlite import Connection

from bot.faultpoints import fault_point
from storage.errors import TooNewError

MIGRATIONS = Path(__file__).with_name("migrations")


async def migrate(connection: Connection) -> None:
    """Bring the database to this version. Raises TooNewError for a database of a newer one."""
    files = sorted(MIGRATIONS.glob("[0-9]*.sql"))
    row = next(iter(await connection.execute_fetchall("pragma user_version")))
    version = int(row[0])
    if version > len(files):
        raise TooNewError(f"база записана более новой версией бота ({version} против {len(files)}): обновите бота")
    for number, file in enumerate(files[version:], start=version + 1):
        await connection.execute_fetchall("begin immediate")
        try:
            for statement in statements(file.read_text(encoding="utf-8")):
                await connection.execute_fetchall(statement)
            await connection.execute_fetchall(f"pragma user_version = {number}")
            fault_point("migration.before_commit")
            await connection.execute_fetchall("commit")
        except BaseException:
            await connection.execute_fetchall("rollback")
            raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
