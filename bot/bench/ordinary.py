"""The peer: an ordinary vkbottle bot of the same registration, in good faith, as its documentation would write it.

The state of each dialog is in memory, every reply is a `message.answer`, and the bot keeps VK's limit by an even pace
of its own: without one, nine replies of ten in a burst are lost to error 6. Nothing outlives the process.

Run as a process of its own: `python -m bot.bench.ordinary API_URL`; it takes the orders of `bot.bench.orders`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from vkbottle import API, BaseStateGroup, Keyboard, KeyboardButtonColor, Text, VKAPIError
from vkbottle.bot import Bot, Message

from bot.bench import ordinary_texts as texts
from bot.bench.orders import obey

PER_SECOND = 20
TOO_MANY = 6
MENU = Keyboard().add(Text("Мероприятия")).add(Text("Мои заявки")).row().add(Text("Меню")).get_json()


class Form(BaseStateGroup):
    """Where somebody is in the registration."""

    CARD = "card"
    PROCESSING = "processing"
    PUBLICATION = "publication"
    NAME = "name"
    POSITION = "position"
    SUBJECT = "subject"
    SCHOOL = "school"
    IS_SCHOOL = "is_school"
    CONTACT = "contact"
    ROLE = "role"
    CHECK = "check"


class Pace:
    """Even turns, `PER_SECOND` a second."""

    def __init__(self) -> None:
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next one."""
        self._next = max(self._next + 1 / PER_SECOND, time.monotonic())
        await asyncio.sleep(self._next - time.monotonic())


def buttons(*rows: tuple[str, ...]) -> str:
    """An inline keyboard."""
    keyboard = Keyboard(inline=True)
    for number, row in enumerate(rows):
        if number:
            keyboard.row()
        for label in row:
            keyboard.add(Text(label, payload={"label": label}), color=KeyboardButtonColor.SECONDARY)
    return keyboard.get_json()


BACK = ("Назад", "Отмена")


def build(bot: Bot) -> None:  # noqa: C901, PLR0915 - one handler a question, as vkbottle's documentation has them
    """All handlers of the registration."""
    pace = Pace()
    numbers = iter(range(1, 1_000_000))

    async def say(message: Message, text: str, keyboard: str) -> None:
        while True:
            await pace.turn()
            try:
                await message.answer(text, keyboard=keyboard)
            except VKAPIError[TOO_MANY]:
                await asyncio.sleep(1)
            else:
                return

    def answers(message: Message) -> dict[str, Any]:
        return dict(message.state_peer.payload) if message.state_peer else {}

    async def turn_to(message: Message, state: Form, **more: Any) -> None:
        await bot.state_dispenser.set(message.peer_id, state, **{**answers(message), **more})

    @bot.on.message(payload={"command": "start"})
    async def begin(message: Message) -> None:
        await turn_to(message, Form.CARD)
        await say(message, texts.GREETING, MENU)
        await say(message, texts.CARD, buttons(("Зарегистрироваться",), ("Другие события",)))

    @bot.on.message(state=Form.CARD, text="Зарегистрироваться")
    async def ask_processing(message: Message) -> None:
        await turn_to(message, Form.PROCESSING)
        await say(message, texts.PROCESSING, buttons(("Согласен(на)",), ("Не согласен(на)",), BACK))

    @bot.on.message(state=Form.PROCESSING, text="Согласен(на)")
    async def ask_publication(message: Message) -> None:
        await turn_to(message, Form.PUBLICATION)
        await say(message, texts.PUBLICATION, buttons(("Публиковать можно",), ("Не публиковать",), BACK))

    @bot.on.message(state=Form.PUBLICATION, text=["Публиковать можно", "Не публиковать"])
    async def ask_name(message: Message) -> None:
        await turn_to(message, Form.NAME, publish=message.text == "Публиковать можно")
        await say(message, texts.NAME, buttons(BACK))

    @bot.on.message(state=Form.NAME)
    async def ask_position(message: Message) -> None:
        await turn_to(message, Form.POSITION, name=message.text)
        await say(message, texts.POSITION, buttons(BACK))

    @bot.on.message(state=Form.POSITION)
    async def ask_subject(message: Message) -> None:
        await turn_to(message, Form.SUBJECT, position=message.text)
        await say(message, texts.SUBJECT, buttons(("Пропустить",), BACK))

    @bot.on.message(state=Form.SUBJECT)
    async def ask_school(message: Message) -> None:
        await turn_to(message, Form.SCHOOL, subject=message.text)
        await say(message, texts.SCHOOL, buttons(BACK))

    @bot.on.message(state=Form.SCHOOL)
    async def ask_whether_this_school(message: Message) -> None:
        school = texts.SCHOOLS.get(message.text.strip().lower(), message.text)
        await turn_to(message, Form.IS_SCHOOL, school=school)
        await say(message, f"{school}?", buttons(("Да",), ("Другая",), BACK))

    @bot.on.message(state=Form.IS_SCHOOL, text="Да")
    async def ask_contact(message: Message) -> None:
        await turn_to(message, Form.CONTACT)
        await say(message, texts.CONTACT, buttons(("Пропустить",), BACK))

    @bot.on.message(state=Form.CONTACT)
    async def ask_role(message: Message) -> None:
        await turn_to(message, Form.ROLE, contact=message.text)
        await say(message, texts.ROLE, buttons(("Слушатель",), ("Докладчик",), BACK))

    @bot.on.message(state=Form.ROLE, text=["Слушатель", "Докладчик"])
    async def ask_to_check(message: Message) -> None:
        await turn_to(message, Form.CHECK, role=message.text)
        shown = texts.check({**answers(message), "role": message.text})
        await say(message, shown, buttons(("Отправить", "Исправить"), BACK))

    @bot.on.message(state=Form.CHECK, text="Отправить")
    async def accept(message: Message) -> None:
        await bot.state_dispenser.delete(message.peer_id)
        await say(message, texts.accepted(next(numbers)), buttons(("Мои заявки",)))


def main(api_url: str) -> None:
    """Poll until the orders end."""
    API.API_URL = api_url
    bot = Bot(token="sandbox")  # noqa: S106 - the sandbox's only token
    build(bot)

    async def run() -> None:
        polling = asyncio.create_task(bot.run_polling())
        await obey()
        polling.cancel()

    asyncio.run(run())


if __name__ == "__main__":
    main(sys.argv[1])
