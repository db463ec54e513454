"""What the jury does in the chat: joins by a link and scores by taps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from zlib import crc32

from bot.commands.year.crowd import Person, StuckError
from bot.commands.year.desk import choose
from bot.commands.year.entries import Entry
from bot.commands.year.people import Named

MOST_TAPS = 4000
#: So much before the scale names the criterion, and nothing else.
CRITERION_CHARS = 12
_SCALE = re.compile(r"\((\d+(?:,\d+)?)–(\d+(?:,\d+)?)(?:, шаг (\d+(?:,\d+)?))?")
_SERIAL = re.compile(r"№(\d+)|-1_(\d+)|/projects/6(\d+)|work-(\d+)")


class Juror:
    """One member of the jury."""

    def __init__(self, person: Person, named: Named, school: str) -> None:
        self.person = person
        self._named = named
        self._school = school

    async def joins(self, word: str) -> None:
        """Answer the invitation."""
        person = self.person
        await person.starts(word)
        await person.writes(self._named.name)
        await person.writes(self._school)
        if "Да" in person.visible:  # thanks for another event's jury may have come after the question
            await person.presses("Да")
        await person.presses("Всё верно")

    async def scores(self, entries: Sequence[Entry], title: str, spread: float) -> None:
        """Score all works by tapping; on one criterion a work may be so much better or worse than on the whole.

        Raises StuckError where a card is not understood.
        """
        person = self.person
        by_serial = {entry.serial: entry for entry in entries}
        await person.writes("меню")
        await person.presses("Оценивание")
        if "По какому событию" in person.text:
            await choose(person, title)
        if "работ для вас пока нет" in person.text.lower():
            return
        if "Оценивать" not in person.labels:
            raise StuckError(f"{person.id} can't score {title}: {person.last}")
        await person.presses("Оценивать")
        for _ in range(MOST_TAPS):
            card = person.text
            if "Сохранить" in person.labels:
                await person.presses("Сохранить")
            elif (scale := _SCALE.search(card)) and "Работа" in card:
                await self._gives(_points(_entry(card, by_serial), scale, spread))
            elif any("оценили все работы" in said for said, _ in person.spoken):
                return
            else:
                break
        raise StuckError(f"{person.id}: no end of scoring; {person.last}")

    async def _gives(self, points: str) -> None:
        if points in self.person.labels:
            await self.person.presses(points)
        else:
            await self.person.writes(points)


def _entry(card: str, by_serial: Mapping[int, Entry]) -> Entry:
    """Whose work it is: its serial number stands in the title, in the link or in the file's name."""
    for found in _SERIAL.finditer(card):
        serial = int(next(group for group in found.groups() if group))
        if serial in by_serial:
            return by_serial[serial]
    for entry in by_serial.values():
        if any(one.name in card for one in entry.people):
            return entry
    raise StuckError(f"whose work is it? {card}")


def _points(entry: Entry, scale: re.Match[str], spread: float) -> str:
    """What the work is worth on this scale, in whole steps; the jury agrees about it."""
    least, most, step = (Decimal((text or "1").replace(",", ".")) for text in scale.groups())
    criterion = scale.string[: scale.start()].rpartition("\n")[2][-CRITERION_CHARS:]
    luck = crc32(f"{entry.serial} {criterion}".encode()) % 201 / 100 - 1
    level = Decimal(str(max(0.0, min(10.0, entry.level + spread * luck)))) / 10
    steps = round((most - least) * level / step)
    points = least + steps * step
    text = f"{points:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
