"""A work of several pieces: they come one by one, are counted, replaced and taken out, and everybody sees them all."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.scenes import load_event, open_application, send
from tests.talks.unit_scenes import begin, labels, says

LINK = "https://rutube.ru/video/0123456789abcdef0123456789abcdef/"
OTHER = "https://rutube.ru/video/1123456789abcdef0123456789abcdef/"


def said(person: Person) -> list[str]:
    """The newest messages without the receipts' dates."""
    return [message.text.partition("\n")[2] or message.text for message in person.new]


async def asked_for_a_robot(chat: Chat) -> tuple[Person, str]:
    """An application whose work is up to three photos, at least one, and a video by a link or as a file."""
    await load_event(chat, "exhibition.yaml", opened_days_ago=3)
    nina = await begin(chat, "exhibition")
    await says(nina, "Белов Артём Олегович", "5А", "г13", "[Да]", "[Без руководителя]", "[Пропустить]", "1")
    number = await send(nina)
    await nina.presses("Сдать работу")
    return nina, number


async def test_pieces_come_one_by_one_even_beside_questions_and_nobody_loses_any(chat: Chat) -> None:
    nina, number = await asked_for_a_robot(chat)
    nina.sees_in("Пришлите ссылку на vk.com, vkvideo.ru, rutube.ru; фото до 10 МБ (до 3); видео до 100 МБ.")
    await nina.writes(LINK)
    await nina.looks()
    assert "Есть: видео. Ещё нужно: фото. Можно добавить: фото (до 2), видео файлом." in said(nina)
    nina.sees("1 из 4 · Как называется работа?")

    await open_application(nina, number)
    await nina.presses("Название и описание")
    await nina.attaches("doc", title="robot.exe", ext="exe", size=10)
    nina.sees_in("Здесь нужно не это (файл).")
    await nina.attaches("photo")
    assert "К работе добавлено: фото. Есть: видео, фото. Можно добавить: фото (до 2), видео файлом." in said(nina)
    nina.sees("1 из 4 · Как называется работа?")
    await says(nina, "Робот-сортировщик", "Сортирует крышки по цвету.", "картон, два мотора", "[Нет]")
    nina.sees_in("Спасибо, записал: «Робот-сортировщик». Работа к заявке")
    for stands in ("Есть: видео, фото (2).", "Есть: видео, фото (3).", "Заменено: фото. Есть: видео, фото (3)."):
        await nina.attaches("photo")
        nina.sees_in(stands)
    assert nina.last.keyboard == "[Всё сдано] / [Добавить к работе] [Части работы] / [Мои заявки]"

    await nina.presses("Добавить к работе")
    await nina.writes(OTHER)
    assert any("Заменено: видео. Есть: видео, фото (3)." in text for text in said(nina))
    await open_application(nina, number)
    nina.sees_in("rutube.ru/video/1123456789abcdef0123456789abcdef; фото (3)", "Можно добавить: видео файлом.")
    assert nina.last.keyboard.startswith("[Добавить к работе] [Части работы] / [Название и описание]")
    await nina.presses("Части работы")
    nina.sees_in("Есть: видео, фото (3).", "1. фото\n2. фото\n3. фото\n4. rutube.ru/video/1123456789abcdef")
    await nina.presses("Убрать 2: фото")
    nina.sees_in("Убрано: фото. Есть: видео, фото (2).", "1. фото\n2. фото\n3. rutube.ru")
    await nina.presses("Всё сдано")
    nina.sees_in(f"Работа к заявке {number} сдана.")


async def test_a_work_that_lacks_a_piece_is_in_and_says_what_is_missing_to_everybody(chat: Chat) -> None:
    nina, number = await asked_for_a_robot(chat)
    await nina.writes(LINK)
    await says(nina, "Робот-сортировщик", "Сортирует крышки по цвету.", "картон, два мотора", "[Нет]")
    assert [message.text for message in nina.new] == [
        "Спасибо, записал: «Робот-сортировщик».",
        "Есть: видео. Ещё нужно: фото. Можно добавить: фото (до 2), видео файлом.",
    ]
    await nina.presses("Всё сдано")
    nina.sees_in("Работа принята, но сдана не вся. Есть: видео. Ещё нужно: фото.")
    await nina.writes("стол педагога")
    nina.sees_in("работа не вся 1")
    olga = await chat.person("Ольга", "Лугова")
    await olga.starts()
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        storage = Storage(connection)
        (one,) = await storage.applications.of_person(nina.id)
        await storage.roles.grant(olga.id, RoleKind.ORGANIZER, one.event_code, by=None, at=chat.clock())
        await storage.jury.join(
            olga.id, one.event_code, full_name="Лугова Ольга", organisation_code=None, at=chat.clock()
        )
        await storage.jury.assign([(one.id, olga.id)], at=chat.clock())
    await olga.writes("меню")
    await says(olga, "[Кабинет организатора]", "[Выставка творчества]", "[Заявки]")
    olga.sees_in("ссылка не проверена, не всё сдано")
    await nina.attaches("photo")
    nina.sees("К работе добавлено: фото. Есть: видео, фото. Можно добавить: фото (до 2), видео файлом.")
    await nina.attaches("photo")
    await nina.presses("Всё сдано")
    nina.sees_in(f"Работа к заявке {number} сдана.")
    async with chat.app.database.transaction() as connection:
        storage = Storage(connection)
        (card,) = await storage.jury.cards(one.event_code, olga.id)
        work = await storage.works.current(one.id)
        assert await storage.works.same_url(one.event_code, LINK) == [one.id]
        assert await storage.works.of_event(one.event_code) == {one.id: work} == await storage.works.of_person(nina.id)
    assert card.work is not None
    assert work is not None
    assert (work.version, len(work.links), len(work.attachments)) == (3, 1, 2)
    assert card.work.pieces == work.pieces
    await olga.presses(next(label for label in labels(olga) if label.startswith(number)))
    olga.sees_in("версия 3", "rutube.ru/video/0123456789abcdef0123456789abcdef/", "ссылка не проверена")
    assert "не всё сдано" not in olga.last.text
    assert [one["type"] for one in olga.last.attachments] == ["photo", "photo"]
