"""A teacher sends a table of children, looks at what will come of it, confirms, and answers for the consents."""

from __future__ import annotations

from pathlib import Path

from tests.faults.stories.ground import event_since, ground, load
from tests.faults.stories.model import Act, Story, presses, presses_beginning, sends_file, starts, writes
from tests.talks.bulk_scene import child, filled

NINA = 101
CHILDREN = 3


async def open_recital(database: Path) -> None:
    """«Мамочка моя!» is open since five days."""
    async with ground(database) as found:
        await load(found, event_since("my-mother.yaml", 5))


def imports(person: int, mark: str = "Котова") -> list[Act]:
    """The blank, the table, the preview, the consents; `mark` is the children's surname."""
    children = [child(f"{mark} {name}", "3Б") for name in ("Анна", "Мила", "Нина")[:CHILDREN]]
    return [
        starts(person, "my-mother"),
        *presses(person, "Скачать бланк"),
        writes(person, "гимназия 13 томск"),
        *presses(person, "Да"),
        sends_file(person, "список.xlsx", lambda blank: filled(blank, children)),
        *presses(person, f"Подать {CHILDREN} заявки", "Подтверждаю, хранится в школе"),
        *presses(person, "Родители разрешили публиковать"),
    ]


def imports_again(person: int) -> list[Act]:
    """What is known, as a table, sent back as it is: nothing changes."""
    return [
        starts(person, "my-mother"),
        *presses(person, "Скачать бланк"),
        sends_file(person, "список.xlsx", lambda known: known),
    ]


IMPORT = Story({NINA: ("Нина", "Орлова")}, open_recital, (*imports(NINA), *imports_again(NINA)))
