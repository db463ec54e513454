"""«Мои данные» as a file, and forgetting them."""

from __future__ import annotations

import json

from bot.contest.applications import ApplicationState
from bot.contest.facts import Facts
from handlers.book import MAKERS
from handlers.kinds import Desk
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.consent_scene import agrees, applies_and_asks, link_for
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import hand_in_file
from tests.talks.test_taking_back import mentions


async def drawn(made: Scene, maker: str, person: Person) -> str:
    """What stands in the file that this person is sent."""
    app = made.chat.app
    assert app is not None
    facts: Facts = app.filing._facts
    async with app.database.transaction() as connection:
        desk = Desk(now=made.chat.clock(), storage=Storage(connection), texts=app.filing._texts, facts=facts)
        draw = await MAKERS[maker](desk, {"person_id": person.id})
    assert draw is not None
    return draw().data.decode("utf-8-sig")


async def test_the_file_has_everything_about_me_and_my_children(chat: Chat) -> None:
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Орлова"), await made.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    await hand_in_file(nina, number)
    await agrees(anna, await link_for(nina, number))
    await nina.writes("мои данные")
    nina.sees_in("Заявок от вас: 1, детей, за которых вы отвечали по ссылке: 0.")
    await nina.presses("Файл для чтения")
    await chat.settled()
    await nina.looks()
    nina.sees_in("Здесь всё, что хранится о вас")
    assert nina.last.attachments[0]["type"] == "doc"

    text = await drawn(made, "my_data_text", nina)
    for words in (number, "Соколова Вера Ильинична", "Таблица умножения", "game.sb3", "Редакция", "Соколова Анна"):
        assert words.lower() in text.lower(), words
    theirs = json.loads(await drawn(made, "my_data_json", anna))
    assert {one["kind"] for one in theirs["my_consents"]} == {"processing", "publication"}
    assert theirs["my_consents"][0]["child"] == "Соколова Вера Ильинична"
    assert "applications" not in theirs
    assert len(theirs["links"]) == 1


async def test_a_teacher_is_forgotten_with_the_pupils_and_the_counts_stay(chat: Chat) -> None:
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Кедрова"), await made.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    await hand_in_file(nina, number)
    await agrees(anna, await link_for(nina, number))
    await nina.starts("scratch")
    await nina.presses("Подать ещё одну заявку")
    await nina.presses("Педагог")
    await nina.presses("Подтверждаю, хранится в школе")
    await nina.presses("Не публиковать")
    await nina.writes("Ветрова Мила Олеговна")
    await made.opens("Заявки")
    assert await mentions(made, "Соколова Вера")
    assert await mentions(made, "Ветрова Мила")

    await nina.writes("меню")
    await nina.writes("мои данные")
    await nina.presses("Удалить мои данные")
    nina.sees_in("Закончатся ваши заявки (1). Имена, контакты, работы, переписка и черновики будут стёрты.")
    await nina.presses("Продолжить")
    nina.sees("Удалить всё? Вернуть будет нельзя.", "[Да, удалить всё] / [Не удалять]")
    await nina.presses("Не удалять")
    assert await mentions(made, "Соколова Вера")
    await nina.presses("Удалить мои данные")
    await nina.presses("Продолжить")
    await nina.presses("Да, удалить всё")
    nina.sees_in("Удалено.")
    await made.organizer.looks()
    made.organizer.sees_in(f"Заявитель удалил свои данные: заявка {number}")
    for words in ("Соколова Вера", "Ветрова Мила", "Кедрова", "Таблица умножения", "game.sb3"):
        assert await mentions(made, words) == [], words
    application = await made.application(1)
    assert application.state is ApplicationState.WITHDRAWN
    async with made.storage() as storage:
        assert await storage.applications.count_by_state(made.event.code) == {ApplicationState.WITHDRAWN: 1}
        assert await storage.audit.verify() is None
    await nina.writes("мои заявки")
    nina.sees_in("Участник № 1")


async def test_a_parent_is_forgotten_with_the_child(chat: Chat) -> None:
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Орлова"), await made.person("Анна", "Соколова")
    number = await applies_and_asks(nina, "Белова Вера Ильинична")
    await agrees(anna, await link_for(nina, number))
    await anna.writes("мои данные")
    await anna.presses("Удалить мои данные")
    anna.sees_in("Закончится участие детей, за которых вы отвечали (1). Имена,")
    await anna.presses("Продолжить")
    await anna.presses("Да, удалить всё")
    for words in ("Соколова Анна", "Белова Вера"):
        assert await mentions(made, words) == [], words
    assert (await made.application(1)).state is ApplicationState.WITHDRAWN
    await nina.looks()
    nina.sees_in(f"Согласие к заявке {number}")
