"""The first contact: who the operator is, the menu, what the bot does not understand."""

from __future__ import annotations

from tests.talks.chat import Chat

WELCOME = (
    "Здравствуйте! Я бот «Цифровой лаборатории „КреИТв“»: помогу подать заявку, сдать работу и узнать итоги.\n"
    "Персональные данные обрабатывает МАОУ гимназия № 13 г. Томска. Пока вы ничего не подали, я знаю о вас только "
    "номер страницы."
)
MENU = "[Мероприятия] [Мои заявки] / [Сдать работу] / [Помощь]"


async def test_the_first_message_says_who_the_operator_is_and_shows_the_menu(chat: Chat) -> None:
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts()
    assert [message.text for message in anna.new] == [WELCOME, "Что сделаем?"]
    assert anna.last.keyboard == MENU
    assert anna.under_input == "[Мероприятия] [Мои заявки] / [Сдать работу] [Меню] [Помощь]"

    await anna.writes("меню")
    assert [message.text for message in anna.new] == ["Что сделаем?"]


async def test_whatever_the_first_words_are_the_operator_is_told_first(chat: Chat) -> None:
    for first in ("меню", "помощь", "мероприятия", "привет"):
        person = await chat.person("Анна", "Смирнова")
        await person.writes(first)
        assert person.new[0].text == WELCOME
        await person.writes("меню")
        assert [message.text for message in person.new] == ["Что сделаем?"]
