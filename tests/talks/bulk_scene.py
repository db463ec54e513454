"""Tables as teachers fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from xlsxwriter.utility import xl_cell_to_rowcol

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.documents.tables.child import read
from bot.documents.tables.sheet import MARK
from tests.documents.made import xlsx
from tests.talks.chat import Chat, Person
from tests.talks.scenes import EVENTS, load

Rows = list[list[str | None]]


async def in_autumn(chat: Chat, file: str = "my-mother.yaml", **more: object) -> Event:
    """The contest's intake began five days ago."""
    event = read_event(EVENTS / file)
    assert isinstance(event, Event), event
    event = event.moved_to((chat.clock() - timedelta(days=5)).date())
    if more:
        event = event.model_copy(update=more)
    await load(chat, event)
    return event


def rows_of(data: bytes) -> Rows:
    """The rows of a table's first sheet."""
    return [list(row) for row in read(data)[0].rows]


def filled(blank: bytes, people: Sequence[Mapping[str, str]]) -> bytes:
    """The blank with these people in it, by the titles of its columns; whatever stands in it is left out."""
    sheets = read(blank)
    (heading, *_), mark = sheets[0].rows, next(one for one in sheets if one.name == MARK)
    rows: Rows = [list(heading), *([one.get(str(title)) for title in heading] for one in people)]
    return xlsx(rows, hidden={MARK: mark.rows})


def corrected(table: bytes, cells: Mapping[str, str]) -> bytes:
    """The same table with other words in some of its cells: `{"B12": "4"}`."""
    sheets = read(table)
    rows: Rows = [list(row) for row in sheets[0].rows]
    for place, value in cells.items():
        row, column = xl_cell_to_rowcol(place)
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    return xlsx(rows, hidden={one.name: one.rows for one in sheets if one.name == MARK})


def child(name: str, grade: str, poem: str = "А. Барто, «Мама»", **more: str) -> dict[str, str]:
    """A row of «Мамочка моя!»."""
    return {
        "Фамилия, имя, отчество": name,
        "Класс": grade,
        "Автор и название стихотворения": poem,
        "Школа, сад или кружок": "гимназия 13 томск",
        "Руководитель": "Орлова Нина Петровна",
        **more,
    }


async def blank_of(person: Person, event: str = "my-mother") -> bytes:
    """Ask for the blank on the event's card."""
    await person.starts(event)
    await person.presses("Скачать бланк")
    if person.last.text.startswith("Ваша школа"):
        await person.writes("гимназия 13 томск")
        await person.presses("Да")
    return await person.file()


async def consents(person: Person) -> None:
    """The parents have signed at school."""
    await person.presses("Подтверждаю, хранится в школе")
    await person.presses("Родители разрешили публиковать")
