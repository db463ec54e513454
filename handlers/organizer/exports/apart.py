"""Writing a long list in a process of its own, which reads the database by itself and writes the file.

    python -m handlers.organizer.exports.apart < asked > done

It reads a snapshot: the list is as the event was at one moment, and nobody who writes waits for it, nor does a list
of a hundred thousand rows ever stand in the bot's own memory. What goes in and out are pickles of ours: nobody else's
bytes come near them.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.contest.exports.listings import listing_of
from bot.contest.facts import Facts
from bot.documents.exports.csv_file import CsvWriter
from bot.documents.exports.table import Table
from bot.documents.exports.xlsx import XlsxWriter
from bot.talk.texts import Texts
from handlers.events import event_of
from handlers.kinds import Desk
from handlers.organizer.exports.sources.all import SOURCES
from handlers.organizer.exports.wanted import Filter, Wanted
from storage.opening import snapshot_of
from storage.storage import Storage

#: A hundred thousand rows take less than fifteen seconds.
WALL_S = 300.0
#: On a busy machine those who wait for an answer come first.
_NICE = 10
_ROOT = Path(__file__).parents[3]
#: All that the process is told of our surroundings: no token of ours is its business.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")


class Format(StrEnum):
    """In which kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """A list with all that it is written by."""

    database: Path
    now: datetime
    facts: Facts
    texts: Texts
    #: None: a list of no event.
    event: str | None
    listing: str
    chosen: Filter
    #: The codes of the columns, in their order.
    columns: tuple[str, ...]
    format: Format
    #: What the sheet about the file says.
    about: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The file, and how many rows it has; no rows: no file."""

    rows: int
    data: bytes = b""


def apart(asked: Asked) -> Done:
    """Write the list in another process; waits for it. Raises CalledProcessError, TimeoutExpired."""
    with TemporaryDirectory(prefix="export-") as folder:
        file = Path(folder) / "list"
        done = subprocess.run(
            (sys.executable, "-m", "handlers.organizer.exports.apart"),
            input=pickle.dumps((asked, file)),
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            timeout=WALL_S,
            check=True,
        )
        rows = int(done.stdout)
        return Done(rows, file.read_bytes() if rows else b"")


async def written(asked: Asked, file: Path) -> int:
    """Write the list to `file`; how many rows it has."""
    connection = await snapshot_of(asked.database)
    try:
        desk: Desk = Desk(now=asked.now, storage=Storage(connection), texts=asked.texts, facts=asked.facts)
        running = await event_of(desk, asked.event) if asked.event is not None else None
        listing = listing_of(running.event if running else None, asked.listing)
        if listing is None:
            return 0
        columns = tuple(listing.by_code[code] for code in asked.columns if code in listing.by_code)
        table = Table(listing.title, columns, asked.about, asked.facts.zone)
        with (CsvWriter if asked.format is Format.CSV else XlsxWriter)(file, table) as writer:
            async with aclosing(SOURCES[listing.code](Wanted(desk, running, asked.chosen, columns))) as rows:  # type: ignore[type-var]
                async for row in rows:
                    writer.write(row)
        return writer.rows
    finally:
        await connection.close()


def main() -> None:
    """Write the list that is asked for on the standard input to the file that is named with it."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    asked: Asked
    file: Path
    asked, file = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
    sys.stdout.write(str(asyncio.run(written(asked, file))))


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known by it there.
    from handlers.organizer.exports.apart import main as run

    run()
