"""Handing in a work: a file or a link, by a button or just so; versions, refusals, the deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.contest.authorize import RoleKind
from storage.storage import Storage
from tests.talks.chat import Chat
from tests.talks.scenes import (
    apply_as_parent,
    apply_as_teacher,
    hand_in_file,
    in_april,
    open_application,
    tell_about_work,
)

LINK = "https://scratch.mit.edu/projects/612345678"
ASK = (
    "Работа к заявке СК-2026-0001, Соколова Вера.\n"
    "Пришлите ссылку на scratch.mit.edu или файл .sb3 до 50 МБ. "
    "Приём до 30 апреля, 23:59 (томское время, UTC+7).\n"
    "Scratch — зарубежный сайт: в проекте и в профиле пишите псевдоним, а не фамилию и имя."
)


async def test_a_file_is_handed_in_and_told_about(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    nina.sees(ASK)
    await nina.attaches("doc", title="Соколова Вера.sb3", size=20_000)
    receipt, question = nina.new
    assert receipt.text.startswith("Принято: работа к заявке СК-2026-0001, версия 1, 18 апреля, 12:2")
    assert receipt.text.endswith("\nФайл: Соколова Вера.sb3")
    assert question.text == "1 из 3 · Как называется работа?"
    await nina.writes("…")
    nina.sees("Напишите, пожалуйста, название словами, например: Таблица умножения.")
    await nina.writes("а" * 151)
    nina.sees_in("знаков 151, а можно до 150")
    await nina.writes("«Таблица умножения»")
    nina.sees_in("2 из 3 · Опишите работу")
    await nina.writes("Игра учит таблице. Отвечайте цифрами.")
    nina.sees("3 из 3 · Проект сделан на основе чужого (ремикс)?", "[Да] [Нет] / [Назад] [Отмена]")
    await nina.presses("Да")
    nina.sees_in("4 из 4 · Пришлите ссылку на исходный проект и напишите, что вы в нём изменили.")
    await nina.writes("https://scratch.mit.edu/projects/10128407, добавлены уровни")
    nina.sees(
        "Спасибо, записал: «Таблица умножения». Работа к заявке СК-2026-0001 сдана.",
        "[Добавить ещё участника] / [Мои заявки]",
    )
    await open_application(nina, "СК-2026-0001")
    nina.sees_in("Работа «Таблица умножения», версия 1, 18 апреля, 12:", "Соколова Вера.sb3")
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        storage = Storage(connection)
        (kept,) = await storage.applications.of_person(nina.id)
        work = await storage.works.current(kept.id)
    assert work is not None
    assert work.attachment is not None
    assert work.attachment.startswith("doc")
    assert kept.answers["_description"] == "Игра учит таблице. Отвечайте цифрами."
    assert kept.answers["remix"] is True
    assert "добавлены уровни" in str(kept.answers["remix-source"])


WRONG_THINGS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("sticker", {}, "Здесь нужно не это (стикер). Пришлите, пожалуйста: ссылку на scratch.mit.edu или файл .sb3"),
    ("audio_message", {}, "Здесь нужно не это (голосовое)."),
    ("photo", {}, "Здесь нужно не это (фото)."),
    ("geo", {}, "Здесь нужно не это (место на карте)."),
    ("doc", {"title": "game.exe", "ext": "exe"}, "Файл .exe не подойдёт, нужен .sb3."),
    ("doc", {"title": "game.sb3.exe", "ext": "exe"}, "Файл .exe не подойдёт, нужен .sb3."),
    ("doc", {"title": "game.sb3", "size": 0}, "Файл пустой, 0 байт."),
    ("doc", {"title": "game.sb3", "size": 62_914_560}, "Файл слишком большой: 60 МБ, а можно до 50 МБ."),
    ("link", {"url": "https://evil.example/x"}, "Ссылки на evil.example здесь не принимаются."),
    ("video", {}, "Ссылки на vk.com здесь не принимаются."),
)
WRONG_WORDS = (
    ("вот моя работа", "Не вижу ссылки."),
    ("https://youtube.com/watch?v=1", "Ссылки на youtube.com здесь не принимаются."),
    ("https://scratch.mit.edu/mystuff/", "Это страница Scratch, но не сам проект."),
    ("javascript:alert(1)", "Ссылка должна начинаться с https://, а не с «javascript:»."),
    ("https://evil@scratch.mit.edu/projects/1", "Не получилось прочитать ссылку."),
    ("а" * 4001, "знаков 4001, а можно до 4000"),
)


async def test_b36_what_the_rules_do_not_take_is_explained_and_the_right_thing_is_taken(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    for kind, fields, answer in WRONG_THINGS:
        await nina.attaches(kind, **fields)
        nina.sees_in(answer)
    for typed, answer in WRONG_WORDS:
        await nina.writes(typed)
        nina.sees_in(answer)
    await nina.attaches("doc", title="game.sb3", size=20_000)
    assert nina.new[0].text.startswith("Принято")


async def test_handing_in_can_be_given_up(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.presses("Отмена")
    nina.sees_in("СК-2026-0001 · отправлена")


async def test_b35_a_strange_file_name_is_only_a_label(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    for name, label in (
        ("../../etc/passwd.sb3", "passwd.sb3"),
        ("CON.sb3", "_CON.sb3"),
        ("и" * 300 + ".sb3", "и" * 90),
        ("x\u202e3bs.sb3", "x3bs.sb3"),
        ("[id1|Админ].sb3", "[id1_Админ].sb3"),
    ):
        await nina.attaches("doc", title=name, ext="sb3", size=1000)
        if "Какую заменить?" in nina.last.text:
            await nina.writes("1")
        receipt = next(message for message in nina.new if message.text.startswith("Принято"))
        assert label in receipt.text.splitlines()[1]
        await nina.presses("Меню")


async def test_a_new_version_replaces_the_work_and_the_old_one_stays(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await hand_in_file(nina, number)
    await open_application(nina, number)
    assert nina.last.keyboard.startswith("[Заменить работу] / [Название и описание] / [Изменить] [Отозвать]")
    await nina.presses("Заменить работу")
    await nina.attaches("doc", title="better.sb3", size=30_000)
    receipt, more = nina.new
    assert "версия 2" in receipt.text
    assert more.text == "Новая версия заменила прежнюю. Название и описание оставил как были."
    await open_application(nina, number)
    nina.sees_in("версия 2", "better.sb3")
    await nina.presses("Название и описание")
    nina.sees("1 из 3 · Как называется работа?", "[Таблица умножения] / [Назад] [Отмена]")
    await tell_about_work(nina, "Таблица деления")
    await open_application(nina, number)
    nina.sees_in("Работа «Таблица деления», версия 2")
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        versions = await Storage(connection).works.versions(1)
    assert [(one.version, one.file_name) for one in versions] == [(1, "game.sb3"), (2, "better.sb3")]


async def test_questions_about_a_work_may_wait_but_the_work_is_in(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.attaches("doc", title="game.sb3", size=20_000)
    await nina.presses("Меню")
    await open_application(nina, number)
    nina.sees_in("Работа, версия 1", "Осталось рассказать о работе: кнопка «Название и описание»")
    await nina.writes("привет")
    nina.sees_in("У вас не закончено: рассказ о работе к заявке СК-2026-0001, осталось 3 вопроса.")
    await nina.presses("Продолжить")
    await tell_about_work(nina)
    nina.sees_in("Спасибо, записал: «Таблица умножения».")


async def test_f38_a_work_is_judged_by_the_date_of_its_message(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    deadline = int(event.closes_at.timestamp())
    for late_s, accepted in ((-1, True), (0, True), (1, False)):
        await apply_as_teacher(nina, name=f"{'Абв'[late_s + 1]}ова Вера Ильинична")
        await nina.presses("Сдать работу")
        thing = await chat.control(f"people/{nina.id}/attachment", {"kind": "doc", "title": "a.sb3", "size": 9})
        await nina.writes("", attachments=[thing], date=deadline + late_s)
        assert nina.new[0].text.startswith("Принято" if accepted else "Приём работ закончился")
        await nina.presses("Меню")
        if accepted:
            await nina.presses("Мои заявки")
    await nina.writes(LINK, date=deadline + 1)
    nina.sees_in("Приём работ закончился 30 апреля, 23:59 (томское время, UTC+7), эта пришла позже.")
    assert nina.last.keyboard == "[Открыть заявку] / [В меню]"


async def test_handing_in_is_refused_before_it_is_asked_for_when_it_is_late(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    chat.moves_on(event.closes_at - chat.clock() + timedelta(minutes=1))
    await nina.presses("Сдать работу")
    late = (
        "Приём работ закончился 30 апреля, 23:59 (томское время, UTC+7): сдать или заменить работу уже нельзя. "
        "Если была причина, нажмите «Помощь» и напишите организатору."
    )
    nina.sees(late)
    await nina.writes("сдать работу")
    nina.sees(late, "[Мероприятия] [Мои заявки]")


async def test_a_work_without_a_question_goes_to_the_one_application_that_waits(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts()
    await nina.attaches("doc", title="game.sb3", size=20_000)
    nina.sees_in("Похоже на работу, но заявки, к которой её отнести, у вас нет.")
    await apply_as_teacher(nina)
    await nina.presses("Мои заявки")
    await nina.attaches("doc", title="game.txt", ext="txt", size=20_000)
    nina.sees_in("Файл .txt не подойдёт, нужен .sb3.")
    assert nina.last.keyboard == "[Сдать работу] / [Открыть заявку] / [В меню]"
    await nina.attaches("doc", title="game.sb3", size=20_000)
    assert nina.new[0].text.startswith("Принято: работа к заявке СК-2026-0001, версия 1")
    nina.sees_in("Как называется работа?")


async def test_a_work_without_a_question_asks_which_application_where_several_wait(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    for name in ("Соколова Вера Ильинична", "Белов Артём Олегович"):
        await apply_as_teacher(nina, name=name)
    await nina.presses("Мои заявки")
    await nina.attaches("doc", title="game.sb3", size=20_000)
    nina.sees(
        "К какой заявке работа?", "[СК-2026-0001 · Соколова Вера] / [СК-2026-0002 · Белов Артём] / [Назад] [Отмена]"
    )
    await nina.writes("белов")
    assert nina.new[0].text.startswith("Принято: работа к заявке СК-2026-0002")
    await nina.presses("Меню")
    await nina.presses("Сдать работу")
    nina.sees_in("Работа к заявке СК-2026-0001, Соколова Вера.")


async def test_the_limit_of_works_a_participant_holds_over_doubled_applications(chat: Chat) -> None:
    await in_april(chat)
    oleg = await chat.person("Олег", "Белов")
    first = await apply_as_parent(oleg)
    await hand_in_file(oleg, first)
    await oleg.starts("scratch")
    await oleg.presses("Подать ещё одну заявку")
    for answer in (
        "Родитель", "Согласен(на)", "Публиковать можно", "Белов Артём Олегович", "5", "Без буквы", "лицей 7", "Да",
        "Без руководителя", "Пропустить", "Обучающая игра", "Отправить", "Отправить ещё одну",
    ):  # fmt: skip
        await oleg.writes(answer)
    await oleg.presses("Сдать работу")
    await oleg.attaches("doc", title="game.sb3", size=20_000)
    oleg.sees_in("От одного участника принимается не больше 1 работы; к заявке СК-2026-0001 работа уже сдана.")


async def test_the_same_link_in_two_applications_is_told_to_the_organizer_and_stops_nobody(chat: Chat) -> None:
    event = await in_april(chat)
    nina, oleg, olga = [await chat.person(name, "Орлова") for name in ("Нина", "Олег", "Ольга")]
    await olga.starts()
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        await Storage(connection).roles.grant(olga.id, RoleKind.ORGANIZER, event.code, by=None, at=chat.clock())
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.writes(LINK)
    await apply_as_parent(oleg)
    await oleg.presses("Сдать работу")
    await oleg.writes(f"{LINK}/editor")
    assert oleg.new[0].text.startswith("Принято")
    await olga.looks()
    olga.sees(
        "«Создавай со Scratch»: одна и та же ссылка в двух заявках, СК-2026-0002 и СК-2026-0001.\n"
        "https://scratch.mit.edu/projects/612345678"
    )
