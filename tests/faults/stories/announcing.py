"""An organizer writes to everyone who applied; the report fills up in place."""

from __future__ import annotations

from pathlib import Path

from storage.people import People
from tests.faults.stories.ground import event_since, ground, load, organizes, scene_on, somebody
from tests.faults.stories.model import Act, Story, presses, starts, writes
from tests.talks.scenes import SCRATCH

OLGA = 101
APPLICANTS = tuple(range(102, 106))
TITLE, NEWS = "Создавай со Scratch", "Завтра консультация"


async def applicants(database: Path) -> None:
    """Four people have applied; Olga organizes the contest."""
    event = event_since(SCRATCH, 12)
    async with ground(database) as found:
        await load(found, event)
        scene = scene_on(found, event)
        await organizes(scene, OLGA)
        for person in APPLICANTS:
            async with found.transaction() as connection:
                await People(connection).known(person, at=scene.chat.clock())
            await scene.applies(somebody(person), f"Соколова Вера {person}")


def announces(person: int, text: str, count: str) -> list[Act]:
    """From the cabinet to the announcement that is on its way; `count` as the button has it."""
    return [
        writes(person, "меню"),
        *presses(person, "Кабинет организатора", TITLE, "Написать участникам", f"Все заявители: {len(APPLICANTS)}"),
        writes(person, text),
        *presses(person, f"Отправить {count}"),
    ]


ANNOUNCEMENT = Story(
    {OLGA: ("Ольга", "Лугова"), **dict.fromkeys(APPLICANTS, ("Нина", "Орлова"))},
    applicants,
    (
        *(starts(person) for person in (OLGA, *APPLICANTS)),
        *announces(OLGA, NEWS, f"{len(APPLICANTS)} людям"),
    ),
    beside=frozenset({"announcement_recipient", "announcement_watcher", "reading"}),
)
