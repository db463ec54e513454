"""Named SQL from `queries/*.sql`, run on our connection: a statement is run and its rows fetched in one call.

A statement that changes rows says `returning` where the caller needs to know how many: the number of returned rows
is its answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from sqlite3 import Row
from typing import Any

import aiosql

from storage.connection import Connection

QUERIES = Path(__file__).with_name("queries")


class OneCall:
    """aiosql's seam to the database driver."""

    is_aio_driver = True

    def process_sql(self, _name: str, _operation: object, sql: str) -> str:
        """SQLite takes the `:name` form as it is written."""
        return sql

    async def select(
        self, connection: Connection, _name: str, sql: str, values: Mapping[str, Any], _record_class: None = None
    ) -> AsyncIterator[Row]:
        """Each row."""
        for row in await connection.execute_fetchall(sql, values):
            yield row

    async def select_one(
        self, connection: Connection, _name: str, sql: str, values: Mapping[str, Any], _record_class: None = None
    ) -> Row | None:
        """The first row, or None."""
        return next(iter(await connection.execute_fetchall(sql, values)), None)

    async def select_value(self, connection: Connection, name: str, sql: str, values: Mapping[str, Any]) -> Any:
        """The first column of the first row, or None."""
        row = await self.select_one(connection, name, sql, values)
        return None if row is None else row[0]

    async def insert_returning(self, connection: Connection, name: str, sql: str, values: Mapping[str, Any]) -> Any:
        """What `returning` names, of the one row; None where nothing was inserted."""
        return await self.select_value(connection, name, sql, values)

    async def insert_update_delete(
        self, connection: Connection, _name: str, sql: str, values: Mapping[str, Any]
    ) -> int:
        """How many rows `returning` gave back; 0 where the statement has none."""
        return len(await connection.execute_fetchall(sql, values))

    async def insert_update_delete_many(
        self, connection: Connection, _name: str, sql: str, values: Iterable[Mapping[str, Any]]
    ) -> int:
        """The same statement for each set of values; how many rows it has changed in all. It has no `returning`."""
        return await connection.executemany(sql, values)


def load(name: str) -> Any:
    """The queries of `queries/<name>.sql`, an attribute each."""
    return aiosql.from_path(QUERIES / f"{name}.sql", OneCall, mandatory_parameters=False)  # type: ignore[arg-type]
