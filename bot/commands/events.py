"""`events`: check files, load them, list what is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands.common import complain, say, with_database
from bot.commands.events_copy import copy_events
from bot.contest.event.loading import dump_event, load_stored, read_events
from bot.contest.event.mistakes import Mistake
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.moving import moved_together
from storage.database import Database
from storage.storage import Storage

MISTAKES = 1


def check_files(files: Sequence[Path]) -> int:
    """Name every mistake of every file."""
    return 0 if _read(files) is not None else MISTAKES


def copy_to(sources: Sequence[str], start: str, to: Path | None) -> int:
    """Last year's events as new files."""
    begins = _begins(start)
    return MISTAKES if begins is None else copy_events(sources, begins, to)


def load_files(files: Sequence[Path], start: str | None) -> int:
    """Load the files, all or none."""
    read = _read(files)
    if read is None:
        return MISTAKES
    begins = _begins(start) if start else None
    if start and begins is None:
        return MISTAKES
    wanted = moved_together(read, begins) if begins else read
    return with_database(lambda database: _load(database, wanted))


def _begins(start: str) -> date | None:
    """The day of `--from`, or None after saying what is expected."""
    try:
        return first_day(start)
    except ValueError:
        complain("--from: ожидается дата вида 2026-04-01 или today")
        return None


def print_events() -> int:
    """A line for each event of the database."""
    return with_database(_print)


def first_day(start: str | None) -> date | None:
    """The day of `--from`. Raises ValueError for anything but a date or `today`."""
    if start is None:
        return None
    return datetime.now(TOMSK).date() if start == "today" else date.fromisoformat(start)


async def load_events(database: Database, wanted: Iterable[Event]) -> None:
    """Put events into the database; those that are there take the new definition."""
    async with database.transaction() as connection:
        storage = Storage(connection)
        for event in wanted:
            await storage.events.load(event.code, dump_event(event), closes_at=event.closes_at, at=datetime.now(UTC))


async def _load(database: Database, wanted: Sequence[Event]) -> int:
    await load_events(database, wanted)
    for event in wanted:
        say(f"{event.code}: {event.title}, приём {_days(event)}")
    return 0


async def _print(database: Database) -> int:
    async with database.transaction() as connection:
        stored = await Storage(connection).events.all()
    for one in stored:
        event = load_stored(one.definition)
        say(f"{one.code}: {event.title}, приём {_days(event)}")
    if not stored:
        say("Мероприятий нет. Загрузить: python -m bot events load ФАЙЛ…")
    return 0


def _read(files: Sequence[Path]) -> list[Event] | None:
    """The events, or None after naming what is wrong in each file and between them."""
    found = read_events(files)
    events = [one for one in found if isinstance(one, Event)]
    for mistake in found:
        if isinstance(mistake, Mistake):
            complain(str(mistake))
    if len(events) < len(found):
        return None
    for file in files:
        say(f"{file}: верно")
    return events


def _days(event: Event) -> str:
    return f"{event.opens_at.astimezone(TOMSK):%d.%m.%Y}–{event.closes_at.astimezone(TOMSK):%d.%m.%Y}"
