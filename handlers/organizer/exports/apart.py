"""Writing a long list in a process of its own, which reads the database by itself and writes the file.

It reads a snapshot: the list is as the event was at one moment, and nobody who writes waits for it, nor does a list
of a hundred thousand rows ever stand in the bot's own memory.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.apart import made_apart
from bot.contest.exports.listings import listing_of
from bot.documents.exports.csv_file import CsvWriter
from bot.documents.exports.table import Table
from bot.documents.exports.xlsx import XlsxWriter
from handlers.desk_apart import AskedApart
from handlers.events import event_of
from handlers.organizer.exports.sources.all import SOURCES
from handlers.organizer.exports.wanted import Filter, Wanted

#: A hundred thousand rows take less than fifteen seconds.
WALL_S = 300.0


class Format(StrEnum):
    """In which kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Asked(AskedApart):
    """A list with all that it is written by."""

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
        rows = made_apart(_written, (asked, file), wall_s=WALL_S)
        return Done(rows, file.read_bytes() if rows else b"")


async def written(asked: Asked, file: Path) -> int:
    """Write the list to `file`; how many rows it has."""
    async with asked.desk() as desk:
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


def _written(task: tuple[Asked, Path]) -> int:
    return asyncio.run(written(*task))
