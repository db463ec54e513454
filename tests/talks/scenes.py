"""Scenes that many tests begin with: an event is open, somebody has applied, a work is in.

await load_event(chat)                                # «Создавай со Scratch», intake since 12 days
nina = await chat.person("Нина", "Орлова")
number = await apply_as_teacher(nina)                 # СК-2026-0001
await hand_in_file(nina, number)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.contest.event import Event
from bot.contest.event.loading import dump_event, read_event
from bot.contest.event.moments import TOMSK
from storage.storage import Storage
from tests.talks.chat import Chat, Person

EVENTS = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
SCRATCH, WEBINAR = "scratch.yaml", "webinar-scratch.yaml"
#: The day of these scenes: 18 April 2026, 12:20 in Tomsk, twelve days before the end of intake.
APRIL = datetime(2026, 4, 18, 5, 20, tzinfo=UTC)
DEADLINE = "30 апреля, 23:59 (томское время, UTC+7)"
_NUMBER = re.compile(r"[А-ЯЁ]+-\d{4}-\d{4}")


async def load_event(
    chat: Chat,
    file: str = SCRATCH,
    *,
    opened_days_ago: int = 12,
    changed: Callable[[Event], Event] | None = None,
) -> Event:
    """Load an event of `bot/data/events/2020-21` whose intake began so many days ago; `changed` may alter it."""
    event = read_event(EVENTS / file)
    assert isinstance(event, Event), event
    event = event.moved_to(_today(chat.clock()) - timedelta(days=opened_days_ago))
    if changed is not None:
        event = changed(event)
    await load(chat, event)
    return event


async def in_april(chat: Chat, **more: Any) -> Event:
    """It is 18 April 2026, and the contest's intake lasts from the 1st to the 30th; `more` as of `load_event`."""
    chat.moves_on(APRIL - chat.clock())
    return await load_event(chat, opened_days_ago=17, **more)


async def load(chat: Chat, event: Event) -> None:
    """Put this very event into the database."""
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        events = Storage(connection).events
        await events.load(event.code, dump_event(event), closes_at=event.closes_at, at=chat.clock())


async def apply_as_teacher(
    person: Person,
    *,
    event: str = "scratch",
    name: str = "Соколова Вера Ильинична",
    grade: str = "3Б",
    school: str = "гимназия 13 томск",
    supervisor: str = "Орлова Нина Петровна",
    nomination: str = "Обучающая игра",
    publish: bool = True,
) -> str:
    """A teacher enters a pupil; the application's number."""
    await person.starts(event)
    await person.presses(_first(person, "Подать заявку", "Подать ещё одну заявку"))
    await person.presses("Педагог")
    await person.presses("Подтверждаю, хранится в школе")
    await person.presses("Родители разрешили публиковать" if publish else "Не публиковать")
    return await _fill_in(person, name, grade, school, supervisor, nomination)


async def apply_as_parent(
    person: Person,
    *,
    event: str = "scratch",
    name: str = "Белов Артём Олегович",
    grade: str = "5",
    school: str = "лицей 7",
    supervisor: str = "Без руководителя",
    nomination: str = "Оригинальная игра",
    publish: bool = True,
) -> str:
    """A parent enters their child; the application's number."""
    await person.starts(event)
    await person.presses(_first(person, "Подать заявку", "Подать ещё одну заявку"))
    await person.presses("Родитель")
    await person.presses("Согласен(на)")
    await person.presses("Публиковать можно" if publish else "Не публиковать")
    return await _fill_in(person, name, grade, school, supervisor, nomination)


async def register_for_webinar(
    person: Person, *, name: str = "Орлова Нина Петровна", event: str = "webinar-scratch"
) -> str:
    """A teacher will listen to the webinar; the application's number."""
    await person.starts(event)
    await person.presses("Зарегистрироваться")
    await person.presses("Согласен(на)")
    await person.presses("Публиковать можно")
    await person.writes(name)
    await person.writes("учитель информатики")
    await person.presses("Пропустить")
    await person.writes("гимназия 13 томск")
    await person.presses("Да")
    await person.presses("Пропустить")
    await person.presses("Слушатель")
    return await send(person)


async def hand_in_file(
    person: Person, number: str, *, title: str = "Таблица умножения", name: str = "game.sb3"
) -> None:
    """Hand in a file to the application of this number and answer what is asked about it."""
    await open_application(person, number)
    await person.presses(_first(person, "Сдать работу", "Заменить работу"))
    await person.attaches("doc", title=name, size=20_000)
    await tell_about_work(person, title)


async def tell_about_work(person: Person, title: str = "Таблица умножения") -> None:
    """Answer the questions that follow a work, as shortly as one may."""
    await person.writes(title)
    await person.presses("Пропустить")
    await person.presses("Нет")


async def open_application(person: Person, number: str) -> None:
    """Open the card of the application of this number."""
    await person.presses("Мои заявки")
    await person.presses(next(label for row in person.last.buttons for label in row if label.startswith(number)))


async def send(person: Person) -> str:
    """Send what was reviewed; the application's number."""
    await person.presses("Отправить")
    found = _NUMBER.search(person.last.text)
    assert found, person.last.text
    return found[0]


async def _fill_in(person: Person, name: str, grade: str, school: str, supervisor: str, nomination: str) -> str:
    await person.writes(name)
    if "Верно?" in person.last.text:
        await person.presses("Да")
    await person.writes(grade)
    if "Буква нужна?" in person.last.text:
        await person.presses("Без буквы")
    await person.writes(school)
    if "Да" in _labels(person):
        await person.presses("Да")
    if supervisor in _labels(person):
        await person.presses(supervisor)
    else:
        await person.writes(supervisor)
    await person.presses("Пропустить")
    await person.presses(nomination)
    return await send(person)


def _first(person: Person, *wanted: str) -> str:
    return next(label for label in wanted if label in _labels(person))


def _labels(person: Person) -> list[str]:
    return [label for row in person.last.buttons for label in row]


def _today(now: datetime) -> date:
    return now.astimezone(TOMSK).date()
