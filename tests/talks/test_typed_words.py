"""What opens by its name, typed where no question is open, and the menu of who has entered many."""

from __future__ import annotations

from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene


async def test_screens_open_by_their_names(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    for number in range(4):
        await made.applies(nina, f"Соколова {'ВераАннаИннаМила'[number * 4 :][:4]}")
    await nina.writes("меню")
    nina.sees("Что сделаем?", "[Мероприятия] [Мои заявки] / [Сдать работу] / [Помощь]")
    await made.applies(nina, "Белов Артём")
    await nina.writes("меню")
    nina.sees("Что сделаем?", "[Мероприятия] [Мои заявки] / [Сдать работу] / [Стол педагога] [Помощь]")
    for typed, opened in (
        ("Стол педагога", "Ваши заявки: 5."),
        ("Мои согласия", "По ссылке для родителя вы пока ни за кого не отвечали."),
        ("стол", "Ваши заявки: 5."),
        ("Мои данные", "Заявок от вас: 5"),
        ("мои согласия", "По ссылке для родителя вы пока ни за кого не отвечали."),
    ):
        await nina.writes(typed)
        nina.sees_in(opened)
    await nina.presses("Мои заявки")
    await nina.writes("мои данные")
    await nina.presses("Удалить мои данные")
    nina.sees_in("Закончатся ваши заявки (5). Имена,")
    anna = await made.person("Анна", "Смирнова")
    await anna.writes("мои данные")
    await anna.presses("Удалить мои данные")
    anna.sees_in("Удалить мои данные\nИмена, контакты")
