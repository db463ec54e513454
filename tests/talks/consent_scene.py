"""A teacher whose pupil's parent is to be asked, and a parent who answers."""

from __future__ import annotations

import re

from tests.talks.chat import Person
from tests.talks.scenes import _fill_in, open_application

_LINK = re.compile(r"https://vk\.me/\S+\?ref=(parent-[\w-]{22})")
SOKOLOVA = ("Соколова Вера Ильинична", "3Б")


async def applies_and_asks(teacher: Person, name: str = "Соколова Вера Ильинична", grade: str = "3Б") -> str:
    """A teacher enters a pupil and leaves the consents to the parent; the application's number."""
    await teacher.starts("scratch")
    label = "Подать заявку" if "Подать заявку" in teacher.last.keyboard else "Подать ещё одну заявку"
    await teacher.presses(label)
    await teacher.presses("Педагог")
    await teacher.presses("Попросить родителя по ссылке")
    return await _fill_in(teacher, name, grade, "гимназия 13 томск", "Орлова Нина Петровна", "Обучающая игра")


async def link_for(teacher: Person, number: str) -> str:
    """The teacher makes a link for the only participant; its code."""
    await open_application(teacher, number)
    await teacher.presses("Согласия")
    await teacher.presses("Ссылка для родителя")
    return codes(teacher)[0]


def codes(teacher: Person) -> list[str]:
    """The codes that the bot has just given out."""
    return [found for message in teacher.new for found in _LINK.findall(message.text)]


async def agrees(parent: Person, code: str, *, publish: str = "Разрешить всё") -> None:
    """A mother opens the link and agrees."""
    await parent.starts(code)
    await parent.presses("Мать")
    await parent.writes("Соколова Анна Игоревна")
    await parent.presses("Согласен(на)")
    await parent.presses(publish)
