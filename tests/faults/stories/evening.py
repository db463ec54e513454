"""Who calls a human, who registers for a webinar, who enters a child for a contest and hands in at the last second."""

from __future__ import annotations

from pathlib import Path

from tests.faults.stories.ground import event_since, ground, load
from tests.faults.stories.model import Act, Story, attaches, presses, presses_beginning, starts, writes
from tests.talks.scenes import SCRATCH
from tests.talks.scenes import WEBINAR as WEBINAR_FILE

ANNA, VERA = 101, 102
CAST = {ANNA: ("Анна", "Смирнова"), VERA: ("Вера", "Лугова")}
#: She is told when somebody calls a human.
ADMINS = frozenset({VERA})


async def open_events(database: Path) -> None:
    """The webinar is open since yesterday, the contest since twelve days: eighteen are left."""
    async with ground(database) as found:
        await load(found, event_since(WEBINAR_FILE, 1))
        await load(found, event_since(SCRATCH, 12))


def registers(person: int) -> list[Act]:
    """A teacher registers for the webinar."""
    return [
        starts(person),
        *presses(person, "Мероприятия", "Scratch на уроке и после", "Зарегистрироваться", "Согласен(на)"),
        *presses(person, "Публиковать можно"),
        writes(person, "{surname} Анна Игоревна"),
        writes(person, "учитель информатики"),
        *presses(person, "Пропустить"),
        writes(person, "гимназия 13 томск"),
        *presses(person, "Да", "Пропустить", "Слушатель", "Отправить"),
    ]


def applies(person: int) -> list[Act]:
    """A parent enters their child."""
    return [
        starts(person, "scratch"),
        *presses(person, "Подать заявку", "Родитель", "Согласен(на)", "Публиковать можно"),
        writes(person, "{surname} Артём Олегович"),
        writes(person, "5"),
        *presses(person, "Без буквы"),
        writes(person, "лицей 7"),
        *presses(person, "Да", "Без руководителя", "Пропустить", "Оригинальная игра", "Отправить"),
    ]


def hands_in(person: int) -> list[Act]:
    """The child's work, a file, and what is asked about it."""
    return [
        *presses(person, "Сдать работу"),
        attaches(person, "game.sb3"),
        writes(person, "Чистая река"),
        *presses(person, "Пропустить", "Нет"),
    ]


def hands_in_late(person: int, deadline: int) -> list[Act]:
    """A better version at the very second of the deadline, and one a second later."""
    return [
        *presses(person, "Мои заявки"),
        presses_beginning(person, "СК-"),
        *presses(person, "Заменить работу"),
        attaches(person, "better.sb3", sent_at=deadline),
        *presses(person, "Мои заявки"),
        presses_beginning(person, "СК-"),
        *presses(person, "Заменить работу"),
        attaches(person, "late.sb3", sent_at=deadline + 1),
    ]


CALL = Story(
    CAST,
    open_events,
    (
        starts(VERA),
        starts(ANNA),
        *presses(ANNA, "Помощь", "Позвать человека"),
        writes(ANNA, "меню"),  # the bot is back
    ),
    ADMINS,
)
WEBINAR = Story(CAST, open_events, (*registers(ANNA), starts(VERA)), ADMINS)
CONTEST = Story(
    CAST,
    open_events,
    (
        *applies(ANNA),
        *hands_in(ANNA),
        *hands_in_late(ANNA, int(event_since(SCRATCH, 12).closes_at.timestamp())),
        starts(VERA),
    ),
    ADMINS,
)
