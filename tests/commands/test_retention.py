"""`python -m bot retention`: a dry run, and the destruction with its act."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands.events import load_events
from bot.contest.event import Event
from bot.contest.event.loading import read_event
from storage.database import opened
from storage.storage import Storage
from tests.commands.test_commands import SCRATCH, terminal, typed
from tests.storage.world import apply

__all__ = ["terminal"]
DUE = "scratch-2024: срок закончился 12.05.2025"


async def _filled(path: Path, *starts: date) -> None:
    """The contest of each of these years, with one application."""
    event = read_event(SCRATCH)
    assert isinstance(event, Event)
    events = [event.moved_to(start) for start in starts]
    async with opened(path) as database:
        await load_events(database, events)
        async with database.transaction() as connection:
            storage = Storage(connection)
            await storage.people.meet(1, at=datetime.now(UTC))
            for one in events:
                await apply(storage, event_code=one.code)


def test_what_is_due_is_shown_then_destroyed_with_an_act(terminal: Path) -> None:
    asyncio.run(_filled(terminal / "bot.db", date(2024, 4, 1), datetime.now(UTC).date()))
    shown = typed("retention")
    assert shown.exit_code == 0
    assert DUE in shown.stdout
    assert "• участников: 1" in shown.stdout
    assert "Ничего не уничтожено." in shown.stdout

    nowhere = typed("retention", "--destroy", "--act", str(terminal / "absent" / "act.txt"))
    assert nowhere.exit_code == 1
    assert "поэтому ничего не уничтожено" in nowhere.stderr
    assert DUE in typed("retention").stdout

    act = terminal / "act.txt"
    done = typed("retention", "--destroy", "--act", str(act))
    assert done.exit_code == 0
    assert "АКТ № 1 об уничтожении персональных данных" in act.read_text(encoding="utf-8")
    assert "Ветрова" not in done.stdout
    left = typed("retention").stdout
    assert "scratch-2024" not in left
    assert "хранится до" in left
    assert "не закончился" in typed("retention", "--destroy").stdout
