"""A teacher sends a table of children, looks at what will come of it, confirms, and answers for the consents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.stories.ground import event_since, ground, load
from tests.faults.stories.model import Act, Story, presses, sends_file, starts, writes
from tests.talks.bulk_scene import child, filled

NINA = 101
NAMES = ("Анна", "Мила", "Нина")
CHILDREN = len(NAMES)


async def open_recital(database: Path) -> None:
    """«Мамочка моя!» is open since five days."""
    async with ground(database) as found:
        await load(found, event_since("my-mother.yaml", 5))


def imports(person: int, mark: str = "Котова") -> list[Act]:
    """The blank, the table, the preview, the consents; `mark` is the children's surname."""

    def table(blank: bytes, say: Callable[[str], str]) -> bytes:
        return filled(blank, [child(say(f"{mark} {name}"), "3Б") for name in NAMES])

    return [
        starts(person, "my-mother"),
        *presses(person, "Скачать бланк"),
        writes(person, "гимназия 13 томск"),
        *presses(person, "Да"),
        sends_file(person, "список.xlsx", table),
        *presses(person, f"Подать {CHILDREN} заявки", "Подтверждаю, хранится в школе"),
        *presses(person, "Родители разрешили публиковать"),
    ]


def imports_again(person: int) -> list[Act]:
    """What is known, as a table, sent back as it is: nothing changes."""
    return [
        starts(person, "my-mother"),
        *presses(person, "Скачать бланк"),
        sends_file(person, "список.xlsx", lambda known, _say: known),
    ]


IMPORT = Story({NINA: ("Нина", "Орлова")}, open_recital, (*imports(NINA), *imports_again(NINA)))
