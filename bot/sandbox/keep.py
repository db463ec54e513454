"""The world on disk: an SQLite file that is never behind what an answer told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.sandbox.control.requests import Handler
from bot.sandbox.eventlog import EventLog
from bot.sandbox.kept import Item, Kept, Key, items, packed, restore, unpacked
from bot.sandbox.media import StoredFile
from bot.sandbox.wire import dumps
from bot.sandbox.world import RECENT_EVENTS, World

VERSION = 1
"""Of what stands in the file. A file of another version is not read but set aside."""
BUSY_AFTER_S = 1.0
_SCHEMA = (
    "create table thing (n integer primary key, kind text not null, name not null, value blob not null,"
    " unique (kind, name))",
    "create table event (ts integer primary key, text blob not null)",
    "create table recent (n integer primary key, text blob not null)",
    "create table file (n integer primary key, name text not null, content_type text not null, data blob not null)",
)
_TABLES = ("thing", "event", "recent", "file")
_UNREADABLE = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR})
"""SQLite's codes for a file that is no database, is damaged, or has other tables."""


class _Unreadable(Exception):
    """This file can't be made a world."""


@dataclass(slots=True)
class _Saved:
    """How far the file has got."""

    log: EventLog
    ts: int
    stamps: dict[Key, object] = field(default_factory=dict)
    first_ts: int = 1
    recorded: int = 0
    files: int = 0


class Keeper:
    """Writes to the file whatever has changed in `world`; it alone has the file open.

    SQLite in WAL mode with synchronous=NORMAL: a killed process loses nothing that was committed. A power
    cut may lose the newest answers, but never breaks the file.
    """

    def __init__(self, connection: sqlite3.Connection, world: World) -> None:
        self._connection = connection
        self._world = world
        self._saved: _Saved | None = None

    def save(self) -> None:
        """Write what has changed since the last time; everything anew after a reset of the world."""
        world, saved = self._world, self._saved
        anew = saved is None or saved.log is not world.log
        if saved is None or anew:
            saved = _Saved(world.log, ts=world.log.first)
        changed = [item for item in items(world, saved.stamps) if saved.stamps.get(item[0], saved) != item[1]]
        grown = (world.log.ts, world.recorded, len(world.media.files)) != (saved.ts, saved.recorded, saved.files)
        if not (changed or grown or anew):
            return
        self._connection.execute("begin immediate")
        try:
            self._write(saved, changed, anew=anew)
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._saved = _caught_up(saved, world, changed)

    def _write(self, saved: _Saved, changed: list[Item], *, anew: bool) -> None:
        world, execute, many = self._world, self._connection.execute, self._connection.executemany
        if anew:
            for table in _TABLES:
                execute(f"delete from {table}")  # noqa: S608 - names of our own tables
        many(
            "insert into thing (kind, name, value) values (?, ?, ?)"
            " on conflict (kind, name) do update set value = excluded.value",
            [(kind, name, packed(thing)) for (kind, name), _, thing in changed],
        )
        log = world.log
        begin = max(saved.ts, log.first)
        texts = islice(log.texts, begin - log.first, None)
        many("insert into event values (?, ?)",
             [(ts, text.encode("utf-8", "surrogatepass")) for ts, text in enumerate(texts, begin)])  # fmt: skip
        if log.first > saved.first_ts:
            execute("delete from event where ts < ?", (log.first,))
        self._write_recent(saved)
        files = islice(world.media.files.values(), saved.files, None)
        many("insert into file (name, content_type, data) values (?, ?, ?)",
             [(stored.name, stored.content_type, stored.data) for stored in files])  # fmt: skip

    def _write_recent(self, saved: _Saved) -> None:
        world = self._world
        new = min(world.recorded - saved.recorded, len(world.recent))
        if not new:
            return
        updates = enumerate(islice(world.recent, len(world.recent) - new, None), world.recorded - new + 1)
        rows = [(n, dumps(update).encode("utf-8", "surrogatepass")) for n, update in updates]
        self._connection.executemany("insert into recent values (?, ?)", rows)
        self._connection.execute("delete from recent where n <= ?", (world.recorded - RECENT_EVENTS,))

    def load(self) -> bool:
        """Fill the world from the file; False where there is nothing yet. Raises _Unreadable, sqlite3.Error."""
        (version,) = self._connection.execute("pragma user_version").fetchone()
        (tables,) = self._connection.execute("select count(*) from sqlite_master").fetchone()
        if not version and not tables:
            return False
        if version != VERSION:
            raise _Unreadable(f"version {version}")
        try:
            restore(self._world, self._read())
        except (LookupError, TypeError, ValueError) as error:
            raise _Unreadable(str(error)) from error
        found = list(items(self._world, {}))
        self._saved = _caught_up(_Saved(self._world.log, ts=self._world.log.ts), self._world, found)
        return True

    def _read(self) -> Kept:
        things: dict[str, list[tuple[int | str, object]]] = {}
        for kind, name, value in self._connection.execute("select kind, name, value from thing order by n"):
            things.setdefault(kind, []).append((name, unpacked(value)))
        events = self._connection.execute("select ts, text from event order by ts")
        recent = self._connection.execute("select n, text from recent order by n")
        files = self._connection.execute("select name, data, content_type from file order by n")
        return Kept(
            things,
            [(ts, text.decode("utf-8", "surrogatepass")) for ts, text in events],
            [(n, unpacked(text)) for n, text in recent],
            [StoredFile(name, data, content_type) for name, data, content_type in files],
        )

    def begin(self) -> None:
        """Lay out a new file, with the world as it is. What is killed before the end leaves an empty file."""
        self._connection.execute("begin immediate")
        for statement in (*_SCHEMA, f"pragma user_version = {VERSION}"):
            self._connection.execute(statement)
        self._connection.execute("commit")
        self.save()

    def close(self) -> None:
        """Save once more and let go of the file."""
        try:
            self.save()
        finally:
            self._connection.close()

    def abandon(self) -> None:
        """Let go of the file without saving."""
        self._connection.close()


def _caught_up(saved: _Saved, world: World, written: list[Item]) -> _Saved:
    saved.stamps.update((key, stamp) for key, stamp, _ in written)
    saved.ts, saved.first_ts = world.log.ts, world.log.first
    saved.recorded, saved.files = world.recorded, len(world.media.files)
    return saved
