"""What organizers wrote to an event's people."""

from __future__ import annotations

import pytest

from storage.announcements import Announcement
from storage.conflicts import MissingError
from storage.storage import Storage
from tests.storage.world import HOUR, NOON, ORGANIZER


async def test_announcements_of_an_event_come_newest_first(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await storage.announcements.add("poem", author_id=ORGANIZER, audience="all", text="Да", recipients=1, at=NOON)
    added = [
        await storage.announcements.add(
            code, author_id=ORGANIZER, audience="applicants", text=text, recipients=22, at=NOON + HOUR
        )
        for code, text in (("scratch", "Приём продлён"), ("webinar", "Ссылка"), ("scratch", "Жюри начало работу"))
    ]
    assert added[0] == Announcement(added[0].id, "scratch", ORGANIZER, "applicants", "Приём продлён", 22, NOON + HOUR)
    assert await storage.announcements.of_event("scratch") == [added[2], added[0]]
