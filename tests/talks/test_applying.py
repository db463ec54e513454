"""An application from the first question to its number: by a teacher, a parent, a pupil, a listener of a webinar."""

from __future__ import annotations

from datetime import timedelta

from storage.storage import Storage
from tests.talks.chat import Chat
from tests.talks.scenes import (
    DEADLINE,
    WEBINAR,
    apply_as_teacher,
    in_april,
    load_event,
    open_application,
    register_for_webinar,
    send,
)

CONSENT = (
    "Согласие на обработку персональных данных (редакция 2 от 02.11.2026). Кто: МАОУ гимназия № 13 г. Томска. "
    "Зачем: участие, оценка, документы об участии. Что: фамилия, имя, отчество, класс или должность, организация, "
    "контакт для связи, работа, результат. Срок: до 31 августа 2027 года. Отозвать можно в любой день."
)


async def test_a_teacher_registers_a_pupil(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    nina.sees(
        "Кто подаёт заявку?",
        "[Педагог] / [Родитель] / [Участник, мне 14 или больше] / [Педагог, участвую сам(а)] / [Назад] [Отмена]",
    )
    await nina.presses("Педагог")
    nina.sees(
        f"{CONSENT}\n\nЗа ученика согласие даёт родитель. "
        "Подтвердите, что подписанное родителями согласие хранится в вашей школе.",
        "[Полный текст] / [Подтверждаю, хранится в школе] / [Попросить родителя по ссылке] / [Согласия пока нет] / "
        "[Назад] [Отмена]",
    )
    assert nina.last.bold == ("Согласие на обработку персональных данных",)
    await nina.presses("Подтверждаю, хранится в школе")
    nina.sees_in("Отдельно, можно отказаться без последствий: согласие на публикацию", "Что решили родители?")
    await nina.presses("Родители разрешили публиковать")
    nina.sees(
        "1 из 6 · Фамилия, имя и отчество участника, как в дипломе. Отчества нет — напишите только фамилию и имя.",
        "[Авторов несколько (до 3)] / [Назад] [Отмена]",
    )
    await nina.writes("соколова вера")
    nina.sees("Соколова Вера, без отчества. Верно?", "[Да] [Исправить] / [Назад] [Отмена]")
    await nina.presses("Да")
    nina.sees("2 из 6 · Класс? Например: 3Б")
    assert nina.under_input == "[Мероприятия] [Мои заявки] / [Сдать работу] [Меню] [Помощь]"
    await nina.writes("третий")
    nina.sees(
        "3 класс, возрастная группа «3–4 классы». Буква нужна? Напишите её или нажмите «Без буквы».",
        "[Без буквы] / [Назад] [Отмена]",
    )
    await nina.presses("Без буквы")
    nina.sees("3 из 6 · Школа, сад или кружок? Можно коротко: «г13», «факел», «богашево».")
    await nina.writes("г13")
    nina.sees("МАОУ гимназия № 13 г. Томска?", "[Да] / [Другая] / [Нет в списке] / [Назад] [Отмена]")
    await nina.presses("Да")
    nina.sees(
        "4 из 6 · Руководитель: фамилия, имя и отчество. "
        "Если руководителей несколько, перечислите их через запятую (не больше 2).",
        "[Без руководителя] / [Назад] [Отмена]",
    )
    await nina.writes("орлова нина петровна, Белов Пётр Ильич")
    nina.sees(
        "5 из 6 · Телефон или почта на случай, если ВКонтакте недоступен. Их увидит только организатор.",
        "[Пропустить] / [Назад] [Отмена]",
    )
    await nina.writes("8 (913) 123-45-67")
    nina.sees_in("6 из 6 · Номинация?", "• Обучающая игра. Игра, которая помогает выучить")
    await nina.presses("Обучающая игра")
    nina.sees(
        "Проверьте, так будет в дипломе:\n\n"
        "Соколова Вера, 3 класс\n"
        "МАОУ гимназия № 13 г. Томска\n"
        "номинация «Обучающая игра»\n"
        "руководители Орлова Нина Петровна, Белов Пётр Ильич\n\n"
        "Для связи (в диплом не попадёт): +79131234567\n\n"
        "Отправляя заявку, вы подтверждаете, что прочли положение: https://vk.com/public188903731",
        "[Отправить] [Исправить] / [Назад] [Отмена]",
    )
    assert nina.last.bold == ("Соколова Вера",)
    await nina.presses("Отправить")
    nina.sees(
        "Заявка СК-2026-0001 отправлена. Организатор проверит её и ответит здесь. "
        f"Осталось сдать работу до {DEADLINE}.",
        "[Сдать работу] / [Добавить ещё участника] / [Мои заявки]",
    )
    assert nina.last.bold == ("СК-2026-0001",)

    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        storage = Storage(connection)
        (kept,) = await storage.applications.of_person(nina.id)
        consents = await storage.consents.history(kept.id)
    assert (kept.age_group, kept.nomination, kept.organisation_code) == (
        "grades-3-4", "learning-game", "gymnasium-13-tomsk",
    )  # fmt: skip
    assert [(one.kind.value, one.decision, one.version) for one in consents] == [
        ("processing", "paper", 2),
        ("publication", "paper", 2),
    ]
    assert all(len(one.text_hash) == 64 for one in consents)


async def test_a_parent_applies_and_keeps_the_name_unpublished(chat: Chat) -> None:
    await in_april(chat)
    oleg = await chat.person("Олег", "Белов")
    await oleg.starts("scratch")
    await oleg.presses("Подать заявку")
    await oleg.presses("Родитель")
    oleg.sees_in("Вы — родитель или законный представитель участника и согласны?")
    await oleg.presses("Полный текст")
    assert "СОГЛАСИЕ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ" in oleg.new[0].text
    oleg.sees_in("Вы — родитель или законный представитель участника и согласны?")
    await oleg.presses("Согласен(на)")
    await oleg.presses("Не публиковать")
    oleg.sees_in("1 из 6 · Фамилия, имя и отчество участника")
    assert "Авторов несколько" not in oleg.last.keyboard
    await oleg.writes("Белов Артём Олегович")
    await oleg.writes("5а")
    await oleg.writes("богашево")
    oleg.sees("МБОУ «Богашевская СОШ им. А.И. Фёдорова» (Томский район)?")
    await oleg.presses("Да")
    await oleg.presses("Без руководителя")
    await oleg.presses("Пропустить")
    await oleg.presses("Оригинальная игра")
    oleg.sees_in("Белов Артём Олегович, 5А класс", "номинация «Оригинальная игра»")
    assert "руководитель" not in oleg.last.text
    assert await send(oleg) == "СК-2026-0001"
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        consents = await Storage(connection).consents.history(1)
    assert [one.decision for one in consents] == ["given", "refused"]


async def test_a_pupil_of_fourteen_applies_alone_and_a_younger_one_with_a_parent(chat: Chat) -> None:
    await in_april(chat)
    lev = await chat.person("Лев", "Кедров")
    await lev.starts("scratch")
    await lev.presses("Подать заявку")
    await lev.presses("Участник, мне 14 или больше")
    lev.sees_in("Вам 14 или больше, родители знают об участии и не против. Вы согласны?")
    await lev.presses("Согласен(на)")
    await lev.presses("Публиковать можно")
    lev.sees_in("Ваши фамилия, имя и отчество")
    await lev.writes("Кедров Лев Олегович")
    await lev.writes("4В")
    lev.sees(
        "До 14 лет заявку подаёт взрослый: согласие на обработку данных даёт родитель.\n"
        "Если вы взрослый, продолжим отсюда. Если нет, попросите родителя или учителя написать этому боту.",
        "[Я родитель] / [Я педагог] / [Указать другой класс] / [Назад] [Отмена]",
    )
    await lev.presses("Указать другой класс")
    await lev.writes("9В")
    lev.sees_in("3 из 6 · Школа")

    mila = await chat.person("Мила", "Осипова")
    await mila.starts("scratch")
    await mila.presses("Подать заявку")
    await mila.presses("Участник, мне 14 или больше")
    await mila.presses("Согласен(на)")
    await mila.presses("Не публиковать")
    await mila.writes("Осипова Мила Игоревна")
    await mila.writes("2А")
    await mila.presses("Я родитель")
    mila.sees_in("Вы — родитель или законный представитель участника и согласны?")
    await mila.presses("Согласен(на)")
    await mila.presses("Публиковать можно")
    mila.sees_in("3 из 6 · Школа")


async def test_without_the_first_consent_it_ends_politely_and_nothing_is_kept(chat: Chat) -> None:
    await in_april(chat)
    oleg = await chat.person("Олег", "Белов")
    await oleg.starts("scratch")
    await oleg.presses("Подать заявку")
    await oleg.presses("Родитель")
    await oleg.presses("Не согласен(на)")
    oleg.sees(
        "Хорошо, заявку не подаю и ничего не сохраняю. Без согласия на обработку данных участвовать нельзя, "
        "но передумать можно в любой момент.",
        "[К мероприятию]",
    )
    await oleg.presses("К мероприятию")
    await oleg.presses("Подать заявку")
    oleg.sees_in("Кто подаёт заявку?")


async def test_a_teacher_takes_part_in_the_teachers_category(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    await nina.presses("Педагог, участвую сам(а)")
    await nina.presses("Согласен(на)")
    await nina.presses("Публиковать можно")
    nina.sees_in("1 из 4 · Ваши фамилия, имя и отчество")
    await nina.writes("Орлова Нина Петровна")
    await nina.writes("лицей 7 томск")
    await nina.presses("Да")
    await nina.presses("Пропустить")
    await nina.presses("Проект эко-мышления")
    nina.sees_in("Орлова Нина Петровна\nМАОУ лицей № 7 г. Томска\nноминация «Проект эко-мышления»")
    await send(nina)
    assert "Добавить ещё участника" not in nina.last.keyboard
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        (kept,) = await Storage(connection).applications.of_person(nina.id)
    assert (kept.category, kept.age_group, kept.participants[0].grade) == ("teacher", "teachers", None)


async def test_a_teacher_registers_for_the_webinar_as_a_speaker(chat: Chat) -> None:
    await load_event(chat, WEBINAR, opened_days_ago=3)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("webinar-scratch")
    await nina.presses("Зарегистрироваться")
    await nina.presses("Согласен(на)")
    await nina.presses("Публиковать можно")
    await nina.writes("Орлова Нина Петровна")
    nina.sees("2 из 6 · Ваша должность? Например: учитель информатики")
    await nina.writes("учитель информатики")
    await nina.presses("Пропустить")
    await nina.writes("гимназия 13 томск")
    await nina.presses("Да")
    await nina.presses("Пропустить")
    nina.sees("6 из 6 · Вы будете слушать или выступать?", "[Слушатель] / [Докладчик] / [Назад] [Отмена]")
    await nina.presses("Докладчик")
    nina.sees("7 из 8 · Тема выступления? Например: Диалоги на Scratch на уроке английского языка")
    await nina.writes("Scratch и робототехника")
    await nina.presses("Пропустить")
    nina.sees_in(
        "так будет в сертификате", "Должность: учитель информатики", "Роль: Докладчик",
        "Тема выступления: Scratch и робототехника",
    )  # fmt: skip
    assert (await send(nina)).startswith("ВС-")
    nina.sees_in("принята", "Ссылка придёт сюда накануне и за час до начала.")


async def test_the_link_to_the_webinar_comes_on_the_eve_and_an_hour_before(chat: Chat) -> None:
    event = await load_event(chat, WEBINAR, opened_days_ago=3)
    assert event.meeting is not None
    nina, zoya = await chat.person("Нина", "Орлова"), await chat.person("Зоя", "Кедрова")
    await register_for_webinar(nina)
    seen = len(nina.all)
    for before, count in ((timedelta(days=2), 0), (timedelta(hours=23), 1), (timedelta(minutes=50), 2)):
        await chat.passes(event.meeting.starts_at - before - chat.clock())
        await chat.passes(timedelta(seconds=10))
        await nina.looks()
        assert len(nina.all) == seen + count
    nina.sees_in(
        "Использование Scratch", "начнётся сегодня в 15:00", "Ссылка: https://vk.com/call/join/webinar-scratch"
    )
    await zoya.starts("webinar-scratch")
    zoya.sees_in("Приём закончен")


async def test_three_authors_of_one_work_are_named_by_their_teacher(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    await nina.presses("Педагог")
    await nina.presses("Подтверждаю, хранится в школе")
    await nina.presses("Не публиковать")
    await nina.presses("Авторов несколько (до 3)")
    nina.sees("1 из 6 · Автор 1: фамилия, имя и отчество, как в дипломе.", "[Автор один] / [Назад] [Отмена]")
    await nina.writes("Соколова Вера Ильинична")
    nina.sees("2 из 6 · Соколова Вера Ильинична. Класс? Например: 3Б")
    await nina.writes("3Б")
    nina.sees("Автор 2: фамилия, имя и отчество, как в дипломе.")
    await nina.writes("Белов Артём Олегович")
    await nina.writes("4А")
    assert nina.last.keyboard == "[Больше авторов нет] / [Назад] [Отмена]"
    await nina.presses("Больше авторов нет")
    await nina.writes("г13")
    await nina.presses("Да")
    await nina.presses("Без руководителя")
    await nina.presses("Пропустить")
    await nina.presses("Оригинальная игра")
    nina.sees_in("Соколова Вера Ильинична, 3Б класс\nБелов Артём Олегович, 4А класс\n")
    await send(nina)
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        (kept,) = await Storage(connection).applications.of_person(nina.id)
    assert len(kept.participants) == 2
    assert kept.answers["_unit"] == "collective"
    await nina.presses("Мои заявки")
    await nina.presses("СК-2026-0001 · Соколова Вера и ещё 1")
    await nina.presses("Изменить")
    await nina.presses("Автор 2: класс")
    await nina.writes("5А")
    nina.sees_in("Соколова Вера Ильинична, 3Б класс\nБелов Артём Олегович, 5А класс\n")
    await nina.presses("Сохранить")
    nina.sees_in("сохранены")


async def test_which_regulation_was_read_is_kept_and_an_edit_keeps_it(chat: Chat) -> None:
    event = await load_event(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    read = {"url": event.regulation_url, "revision": 1}
    assert await _regulation_of(chat, number) == read

    await open_application(nina, number)
    await nina.presses("Изменить")
    await nina.presses("Исправить")
    await nina.presses("Класс")
    await nina.writes("4А")
    await nina.presses("Сохранить")
    assert await _regulation_of(chat, number) == read


async def _regulation_of(chat: Chat, number: str) -> object:
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        application = await Storage(connection).applications.by_number(number)
    assert application is not None
    return application.answers["_regulation"]
