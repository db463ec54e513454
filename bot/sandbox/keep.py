"""The world on disk: an SQLite file that is never behind what an answer told."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from itertools import count, islice
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
BUSY_AFTER_S = 0.5
_NEW = (
    "create table thing (n integer primary key, kind text not null, name text not null, value blob not null)",
    "create unique index thing_name on thing (kind, name)",
    "create table event (ts integer primary key, text blob not null)",
    "create table recent (n integer primary key, text blob not null)",
    "create table file (n integer primary key, name text not null, content_type text not null, data blob not null)",
    f"pragma user_version = {VERSION}",
)
_EMPTIED = ("delete from thing", "delete from event", "delete from recent", "delete from file")
_UNREADABLE = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR})
"""SQLite's codes for a file that is no database, is damaged, or has other tables."""
_PRIMARY = 0xFF  # the part of an extended error code that names its family


class _UnreadableError(Exception):
    """This file can't be made a world."""


@dataclass(slots=True)
class _Saved:
    """How far the file has got."""

    log: EventLog
    ts: int
    first_ts: int
    recorded: int = 0
    files: int = 0
    stamps: dict[Key, object] = field(default_factory=dict)

    def catch_up(self, world: World, written: list[Item]) -> None:
        self.ts, self.first_ts = world.log.ts, world.log.first
        self.recorded, self.files = world.recorded, len(world.media.files)
        self.stamps.update((key, stamp) for key, stamp, _ in written)


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
        if saved is None or saved.log is not world.log:
            saved = _Saved(world.log, ts=world.log.first, first_ts=world.log.first)
        changed = [item for item in items(world, saved.stamps) if saved.stamps.get(item[0], saved) != item[1]]
        grown = (world.log.ts, world.recorded, len(world.media.files)) != (saved.ts, saved.recorded, saved.files)
        if not (changed or grown):
            return
        self._connection.execute("begin immediate")
        try:
            if saved is not self._saved:
                self._clear()
            self._write(saved, changed)
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            raise
        saved.catch_up(world, changed)
        self._saved = saved

    def _clear(self) -> None:
        """Empty tables: new ones in a new file."""
        for statement in _NEW if self._saved is None else _EMPTIED:
            self._connection.execute(statement)

    def _write(self, saved: _Saved, changed: list[Item]) -> None:
        world, many = self._world, self._connection.executemany
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
            many("delete from event where ts < ?", [(log.first,)])
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
        """Fill the world from the file; False where there is nothing yet. Raises _UnreadableError, sqlite3.Error."""
        self._connection.execute("pragma locking_mode = exclusive")
        (version,) = self._connection.execute("pragma user_version").fetchone()
        (tables,) = self._connection.execute("select count(*) from sqlite_master").fetchone()
        if version != VERSION and (version or tables):
            raise _UnreadableError(f"version {version}")
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        if not tables:
            return False
        try:
            restore(self._world, self._read())
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise _UnreadableError(str(error)) from error
        log = self._world.log
        self._saved = _Saved(log, ts=log.ts, first_ts=log.first)
        self._saved.catch_up(self._world, list(items(self._world, {})))
        return True

    def _read(self) -> Kept:
        things: dict[str, list[tuple[str, object]]] = {}
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

    def close(self) -> None:
        """Save once more and let go of the file."""
        try:
            self.save()
        finally:
            self._connection.close()

    def abandon(self) -> None:
        """Let go of the file without saving."""
        self._connection.close()


def keep_in(path: Path, world: World) -> Keeper:
    """Keep `world` in this file; what the file keeps already comes into `world` first.

    A file that can't be made a world (damaged, foreign, of another version) is renamed, and a new one begun.
    Raises OSError where the file is in use or can't be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        keeper = Keeper(sqlite3.connect(path, timeout=BUSY_AFTER_S, isolation_level=None), world)
    except sqlite3.Error as error:
        raise OSError(f"{path}: {error}") from error
    try:
        if not keeper.load():
            keeper.save()
    except (_UnreadableError, sqlite3.Error) as error:
        keeper.abandon()
        if not _is_unreadable(error):
            raise OSError(f"{path}: {error}") from error
    else:
        return keeper
    set_aside(path)
    world.reset()
    return keep_in(path, world)


def _is_unreadable(error: Exception) -> bool:
    """Is it the file's contents, and not that somebody else has it open or the disk is away?"""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # Python's own complaints have none
    return code & _PRIMARY in _UNREADABLE


def set_aside(path: Path) -> Path:
    """Rename the file to the first free `<name>.old-<n>`, its journal with it."""
    number = next(n for n in count(1) if not path.with_name(f"{path.name}.old-{n}").exists())
    place = path.with_name(f"{path.name}.old-{number}")
    for ending in ("-wal", "-shm", ""):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(place.with_name(place.name + ending))
    return place


def saving(keeper: Keeper) -> Middleware:
    """What a request has changed is on disk before its answer leaves, whatever the answer is."""

    @web.middleware
    async def save_first(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        finally:
            keeper.save()

    return save_first
