"""Migrations: numbered SQL files, each applied once, whole or not at all.

The number of the last one stands in `pragma user_version`, inside the same transaction as its statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.faultpoints import fault_point
from storage.connection import Connection
from storage.errors import TooNewError

MIGRATIONS = Path(__file__).with_name("migrations")


async def migrate(connection: Connection, folder: Path = MIGRATIONS) -> None:
    """Bring the database to this version. Raises TooNewError for a database of a newer one."""
    scripts = _scripts(folder)
    version = await _version(connection)
    if version > len(scripts):
        raise TooNewError(f"база записана более новой версией бота ({version} против {len(scripts)}): обновите бота")
    for number, script in enumerate(scripts[version:], start=version + 1):
        await connection.execute_fetchall("begin immediate")
        try:
            if await _version(connection) < number:  # else another process was faster
                await _apply(connection, script, number)
            await connection.execute_fetchall("commit")
        except BaseException:
            if connection.in_transaction:
                await connection.execute_fetchall("rollback")
            raise


async def _apply(connection: Connection, script: str, number: int) -> None:
    for statement in statements(script):
        await connection.execute_fetchall(statement)
        fault_point("migration.statement")
    await connection.execute_fetchall(f"pragma user_version = {number}")
    fault_point("migration.before_commit")


def newest_version(folder: Path = MIGRATIONS) -> int:
    """The version that this bot brings a database to."""
    return len(_scripts(folder))


def _scripts(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(folder.glob("[0-9]*.sql"))]


async def _version(connection: Connection) -> int:
    row = next(iter(await connection.execute_fetchall("pragma user_version")))
    return int(row[0])


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
