"""Consents by parents: a link forwarded by the teacher, answered under an account of one's own."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.consent_states import Category
from bot.contest.event import Event
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.consent_scene import agrees, applies_and_asks, codes, link_for
from tests.talks.organizer_scene import scene
from tests.talks.scenes import apply_as_teacher, in_april, open_application

BAD = "Эта ссылка не сработала: она одноразовая, на одного родителя и на 14 дней. Попросите у педагога новую."


async def test_a_parent_answers_by_link_and_the_application_can_be_accepted(chat: Chat) -> None:
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Орлова"), await chat.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    nina.sees_in(f"Заявка {number} отправлена. Её примут, когда родитель даст согласие")
    assert nina.last.keyboard.startswith("[Согласие родителя] / [Сдать работу]")

    await made.opens("Заявки")
    await made.organizer.presses(f"{number} Соколова Вера, 3Б класс")
    made.organizer.sees_in("Согласия: на обработку — ждём, на публикацию — нет")
    await made.organizer.presses("Принять")
    assert "Не хватает: Соколова Вера." in made.organizer.new[0].text

    await nina.presses("Согласие родителя")
    nina.sees(
        f"Согласия к заявке {number}\n• обработка данных: ждём родителя\n• публикация имени и работы: не запрошено",
        "[Ссылка для родителя] [Бланк согласия] / [Прислать скан] [Оригинал в школе] / [Открыть заявку]",
    )
    await nina.presses("Ссылка для родителя")
    assert nina.new[0].text == "Ссылка для родителя: Соколова Вера. Перешлите ему следующее сообщение."
    assert nina.new[1].text.startswith("Здравствуйте! Соколова Вера, мероприятие «Создавай со Scratch»: ")
    (code,) = codes(nina)

    await anna.starts(code)
    assert anna.new[0].text.startswith("Здравствуйте! Я бот")
    anna.sees(
        "Соколова Вера Ильинична, 3Б класс. Мероприятие: «Создавай со Scratch».\n"
        "Для участия нужно ваше согласие. Данные обрабатывает МАОУ гимназия № 13 г. Томска.\n"
        "Кем вы приходитесь ребёнку?",
        "[Мать] [Отец] [Опекун] / [Это не мой ребёнок] / [Назад] [Отмена]",
    )
    await anna.presses("Опекун")
    anna.sees("Ваши фамилия, имя и отчество? Отчества нет — напишите только фамилию и имя.")
    await anna.writes("А. И.")
    anna.sees_in("без сокращений")
    await anna.writes("соколова анна игоревна")
    anna.sees_in("Каким документом назначена опека?")
    await anna.writes("постановление администрации от 12.05.2024 № 15")
    anna.sees_in("Согласие на обработку персональных данных (редакция 2", "Вы согласны за ребёнка: Соколова Вера?")
    await anna.presses("Полный текст")
    assert anna.new[0].text.startswith("СОГЛАСИЕ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ")
    await anna.presses("Согласен(на)")
    anna.sees_in("Отдельно, можно отказаться без последствий", "Что можно публиковать: Соколова Вера?")
    await anna.presses("Выбрать, что можно")
    allowed = {"Имя, класс": "Можно", "Результат": "Можно", "Фотографии": "Нельзя", "Работа": "Можно"}
    for what, may in allowed.items():
        anna.sees_in(what)
        await anna.presses(may)
    anna.sees(
        "Спасибо, записал: Соколова Вера, согласие на обработку данных дано. "
        "Публиковать можно: имя и класс, результат, работу.\nПередумать можно в любой день: кнопка «Мои согласия».",
        "[Мои согласия] / [В меню]",
    )
    await nina.looks()
    nina.sees(
        f"Согласие родителя получено: Соколова Вера, заявка {number}.\n"
        "«Создавай со Scratch»: 1 из 1 согласий получено.",
        "[Все согласия]",
    )
    assert "Анна" not in nina.last.text

    await made.organizer.presses("Принять")
    made.organizer.sees_in(number)
    assert (await made.application(1)).state is ApplicationState.ACCEPTED
    async with made.storage() as storage:
        said = [one for one in await storage.consents.history(1) if one.decision == "given"]
        assert [(one.kind, one.person_id, one.signer, one.kinship, one.version, one.channel) for one in said] == [
            ("processing", anna.id, "Соколова Анна Игоревна", "guardian", 2, "link"),
            ("publication", anna.id, "Соколова Анна Игоревна", "guardian", 2, "link"),
        ]
        assert said[0].guardian_paper == "постановление администрации от 12.05.2024 № 15"
        assert said[1].categories == frozenset((Category.NAME, Category.RESULT, Category.WORK))


async def test_b22_a_foreign_used_late_or_invented_code_gets_the_same_answer(chat: Chat) -> None:
    await in_april(chat)
    nina, anna = await chat.person("Нина", "Орлова"), await chat.person("Анна", "Соколова")
    mallory = await chat.person("Мэл", "Громов")
    number = await applies_and_asks(nina)
    old = await link_for(nina, number)
    code = await link_for(nina, number)
    await nina.writes(code)
    nina.sees(BAD, "[Мои согласия] / [В меню]")
    await mallory.starts()
    for bad in (old, "parent-" + "x" * 22):
        await mallory.writes(f"https://vk.me/club?ref={bad}")
        mallory.sees(BAD)
    await anna.starts()
    await anna.writes(f"Код: {code}")
    anna.sees_in("Кем вы приходитесь ребёнку?")
    await mallory.writes(code)
    mallory.sees(BAD)
    await anna.presses("Отмена")
    anna.sees_in("вернуться к согласию можно по той же ссылке")
    await agrees(anna, code, publish="Не публиковать")
    anna.sees_in("Публиковать ничего нельзя: в списках вместо имени будет номер.")
    await anna.writes(code)
    anna.sees_in("Мои согласия\n• Соколова Вера, «Создавай со Scratch»: обработка данных — дано")
    await mallory.writes(code)
    mallory.sees(BAD)
    await anna.writes("меню")
    await _allows_the_name_later(anna, nina)

    other = await link_for(nina, await applies_and_asks(nina, "Белов Артём Олегович", "4А"))
    chat.moves_on(timedelta(days=14))
    await anna.writes(other)
    anna.sees(BAD)


async def test_a_parent_may_refuse_and_the_teachers_word_does_not_stand_against_it(chat: Chat) -> None:
    await in_april(chat)
    nina, anna = await chat.person("Нина", "Орлова"), await chat.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    code = await link_for(nina, number)
    await anna.starts(code)
    await anna.presses("Мать")
    await anna.writes("Соколова Анна Игоревна")
    await anna.presses("Не согласен(на)")
    anna.sees_in("Хорошо, согласия нет: Соколова Вера. Педагог узнает только это.")
    await nina.looks()
    nina.sees_in("Родитель ответил и согласия не дал: Соколова Вера", "0 из 1")
    await open_application(nina, number)
    await nina.presses("Согласия")
    await nina.presses("Оригинал в школе")
    await nina.presses("Всё разрешили")
    await nina.presses("Записать")
    nina.sees_in("Родитель отказался или отозвал согласие, слова об оригинале здесь мало.")
    await nina.presses("Согласия")
    await nina.presses("Прислать скан")
    await nina.writes("вот")
    nina.sees_in("Пришлите, пожалуйста, фотографию или файл")
    await nina.attaches("photo")
    await nina.presses("Публиковать нельзя")
    await nina.presses("Записать")
    assert nina.new[0].text == "Записал: Соколова Вера."
    nina.sees_in("• обработка данных: получен скан\n• публикация имени и работы: не дано")


async def test_not_my_child_writes_nothing_and_leaves_the_link_to_the_right_parent(chat: Chat) -> None:
    await in_april(chat)
    nina, oleg = await chat.person("Нина", "Орлова"), await chat.person("Олег", "Белов")
    anna = await chat.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    code = await link_for(nina, number)
    await oleg.starts(code)
    await oleg.presses("Это не мой ребёнок")
    oleg.sees("Понял, ничего не записал. Посмотрите, пожалуйста, в сообщении педагога ссылку своего ребёнка.")
    await oleg.presses("В меню")
    await oleg.writes("мои согласия")
    oleg.sees_in("По ссылке для родителя вы пока ни за кого не отвечали.")
    await agrees(anna, code)
    anna.sees_in("Спасибо, записал: Соколова Вера")
    await oleg.writes(code)
    oleg.sees(BAD)


async def test_a_link_that_many_give_back_ends_and_the_teacher_hears_of_it(chat: Chat) -> None:
    await in_april(chat)
    nina, anna = await chat.person("Нина", "Орлова"), await chat.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    code = await link_for(nina, number)
    for name in ("Олег", "Мэл", "Лев"):
        stranger = await chat.person(name, "Белов")
        await stranger.starts(code)
        await stranger.presses("Это не мой ребёнок")
    await anna.starts(code)
    anna.sees(BAD)
    await nina.looks()
    nina.sees(
        "Ссылку для родителя открывали другие люди, и она больше не действует: "
        f"Соколова Вера, заявка {number}.\nСделайте, пожалуйста, новую и перешлите её родителю лично.",
        "[Ссылка для родителя]",
    )
    await nina.presses("Ссылка для родителя")
    await agrees(anna, codes(nina)[0])
    anna.sees_in("Спасибо, записал: Соколова Вера")


async def test_a_pupil_of_fourteen_needs_a_parent_too_and_without_moderation_is_accepted_by_itself(chat: Chat) -> None:
    def unmoderated(event: Event) -> Event:
        return event.model_copy(update={"moderation": False})

    await in_april(chat, changed=unmoderated)
    lev, anna = await chat.person("Лев", "Кедров"), await chat.person("Анна", "Кедрова")
    await lev.starts("scratch")
    for answer in ("Подать заявку", "Участник, мне 14 или больше", "Согласен(на)", "Публиковать можно",
                   "Кедров Лев Олегович", "9В", "лицей 7", "Да", "Без руководителя", "Пропустить",
                   "Обучающая игра", "Отправить"):  # fmt: skip
        await lev.writes(answer)
    lev.sees_in("Заявка СК-2026-0001 отправлена. Её примут, когда родитель даст согласие")
    await lev.presses("Согласие родителя")
    lev.sees_in("• обработка данных: ждём родителя")
    assert "Оригинал в школе" not in lev.last.keyboard
    await lev.presses("Бланк согласия")
    await chat.settled()
    await lev.looks()
    lev.sees_in("Распечатайте, попросите родителя подписать и пришлите скан")
    await lev.presses("Согласия")
    await lev.presses("Ссылка для родителя")
    (code,) = codes(lev)
    await lev.writes(code)
    lev.sees(BAD)
    await agrees(anna, code)
    assert "Если ему уже есть 14, решайте вместе: нужно и его согласие." in "".join(one.text for one in anna.all)
    await lev.looks()
    assert any("СК-2026-0001" in one.text and "принята" in one.text for one in lev.all)
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        application = await Storage(connection).applications.get(1)
    assert application is not None
    assert application.state is ApplicationState.ACCEPTED


async def test_the_teachers_desk_counts_reminds_and_prints(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina, name="Ветрова Анна Олеговна")
    for name in ("Соколова Вера Ильинична", "Белов Артём Олегович"):
        await applies_and_asks(nina, name)
    await nina.presses("Согласие родителя")
    await nina.writes("меню")
    await nina.writes("согласия")
    nina.sees("Согласия родителей\n• Создавай со Scratch: 1 из 3 согласий получено", "[Создавай со Scratch] / [В меню]")
    await nina.presses("Создавай со Scratch")
    nina.sees(
        "Согласия: «Создавай со Scratch»\n1 из 3 согласий получено.\n"
        "• Соколова Вера: обработка — ждём родителя, публикация — не запрошено\n"
        "• Белов Артём: обработка — ждём родителя, публикация — не запрошено\n"
        "• Ветрова Анна: обработка — бумага хранится в школе, публикация — бумага хранится в школе",
        "[Напомнить] [Бланки для печати] / [Соколова Вера] / [Белов Артём] / [Ветрова Анна] / [В меню]",
    )
    await nina.presses("Бланки для печати")
    assert nina.new[0].text.startswith("Готовлю бланк")
    await chat.settled()
    await nina.looks()
    assert [one["type"] for one in nina.last.attachments] == ["doc"]
    await nina.presses("Напомнить")
    assert nina.new[0].text == "Ссылки для родителей: 2. Перешлите следующее сообщение, каждому нужна своя строка."
    assert len(codes(nina)) == 2
    assert "• Соколова Вера: https://vk.me/" in nina.new[1].text
    await nina.writes("согласия")
    await nina.presses("Создавай со Scratch")
    await nina.presses("Белов Артём")
    await nina.presses("Оригинал в школе")
    await nina.presses("Выбрать, что можно")
    for may in ("Можно", "Нельзя", "Нельзя", "Нельзя"):
        await nina.presses(may)
    await nina.presses("Записать")
    nina.sees_in("• обработка данных: бумага хранится в школе")
    await nina.writes("согласия")
    nina.sees_in("2 из 3 согласий получено")


async def _allows_the_name_later(anna: Person, nina: Person) -> None:
    """Who refused to publish changes her mind by herself; the teacher could have asked again, too."""
    await open_application(nina, "СК-2026-0001")
    await nina.presses("Согласия")
    nina.sees_in("• публикация имени и работы: не дано")
    assert nina.last.keyboard.startswith("[Ссылка для родителя]")
    await anna.presses("Мои согласия")
    anna.sees(
        "Мои согласия\n• Соколова Вера, «Создавай со Scratch»: "
        "обработка данных — дано, публикация имени и работы — не дано",
        "[Соколова Вера] / [В меню]",
    )
    await anna.presses("Соколова Вера")
    await anna.presses("Разрешить публикацию")
    anna.sees_in("Отдельно, можно отказаться без последствий", "Что можно публиковать: Соколова Вера?")
    await anna.presses("Не публиковать")
    assert anna.new[0].text == "Записал: Соколова Вера. Публиковать ничего нельзя: в списках вместо имени будет номер."
    await anna.presses("Разрешить публикацию")
    await anna.presses("Выбрать, что можно")
    for may in ("Можно", "Можно", "Нельзя", "Нельзя"):
        await anna.presses(may)
    assert anna.new[0].text == "Записал: Соколова Вера. Публиковать можно: имя и класс, результат."
    anna.sees(
        "Соколова Вера\n«Создавай со Scratch»\n• обработка данных: дано\n"
        "• публикация имени и работы: дано (имя, результат)",
        "[Отозвать согласие на публикацию] / [Отозвать согласие на обработку] / [Мои согласия]",
    )
