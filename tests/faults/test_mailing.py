"""The bot dies in the middle of an announcement, and everybody gets it once all the same."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.contest.announcing.model import Figures
from storage.database import opened
from storage.storage import Storage
from tests.faults import invariants
from tests.faults.stage import Stage, staged

TEXT = "Завтра консультация"
#: More than a slice of the engine, so that there is a middle.
PEOPLE = 1100
STARTED = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


async def prepared(stage: Stage, count: int = PEOPLE) -> list[int]:
    """Many people who have written before, and an announcement that somebody has just confirmed."""
    people = [stage.person("Анна", f"Смирнова {number}") for number in range(count)]
    for one in people:
        stage.world.people[one].allowed = True
    async with opened(stage.database) as database, database.transaction() as connection:
        storage = Storage(connection)
        for one in people:
            await storage.people.meet(one, at=STARTED)
            await storage.people.greeted(one, at=STARTED)
        await storage.people.set_names(dict.fromkeys(people, ("Анна", "Смирнова")))
        made = await storage.announcements.draft(
            event_code=None, author_id=people[0], text=TEXT, audience={"key": "everyone"}, at=STARTED
        )
        await storage.announcements.start(made.id, version=1, by=people[0], at=STARTED)
    return people


def is_finished(stage: Stage) -> bool:
    """Whether it is over, by the database."""
    with invariants.reading(stage.database) as connection:
        return bool(connection.execute("select 1 from announcement where state = 'done'").fetchall())


@pytest.mark.parametrize("fault", ["mailing.before_commit#3"])
async def test_f2_a_kill_in_the_middle_of_an_announcement_loses_and_doubles_nobody(fault: str, tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        people = await prepared(stage)
        hour = datetime.now(UTC).hour
        stage.settings = {"TIMEZONE": f"Etc/GMT{hour - 12:+}"}  # it is noon there: the night is quiet
        stage.start(fault)
        await stage.until(lambda: is_finished(stage))
        assert stage.deaths
        assert await stage.stop() == 0
        got = Counter(one.peer_id for one in stage.world.ledger.accepted if TEXT in one.content.text)
        assert got == Counter(people)
        async with opened(stage.database) as database, database.transaction() as connection:
            announcements = Storage(connection).announcements
            (one,) = await announcements.of_event(None)
            assert await announcements.figures(one) == Figures(planned=PEOPLE, sent=PEOPLE)
