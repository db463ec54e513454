"""«Мои заявки»: the list and the card, editing, withdrawing, one more participant, doubles, results."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.authorize import RoleKind
from bot.contest.awards import Outcome, OutcomeKind
from bot.talk.seal import Seal
from storage.outcomes import Result
from storage.storage import Storage
from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene
from tests.talks.scenes import (
    apply_as_parent,
    apply_as_teacher,
    hand_in_file,
    in_april,
    open_application,
    send,
)
from tests.talks.test_application_refusals import WAY, at_question

ABSENT = "Такой заявки у вас нет. Ваши заявки — по кнопке ниже."


async def test_the_card_shows_where_an_application_stands(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts()
    await nina.presses("Мои заявки")
    nina.sees("Вы ещё ничего не подавали. Выберите мероприятие, и начнём.", "[Мероприятия] / [В меню]")
    number = await apply_as_teacher(nina)
    await nina.presses("Мои заявки")
    nina.sees(
        "Ваши заявки (1):\n\n"
        "СК-2026-0001 · отправлена\n"
        "Соколова Вера, «Создавай со Scratch»\n"
        "Нет работы: сдать до 30 апреля, 23:59 (томское время)",
        "[СК-2026-0001 · Соколова Вера] / [В меню]",
    )
    await open_application(nina, number)
    lines = nina.last.text.splitlines()
    assert lines[:-1] == [
        "СК-2026-0001 · отправлена",
        "«Создавай со Scratch»",
        "",
        "Соколова Вера Ильинична, 3Б класс",
        "МАОУ гимназия № 13 г. Томска",
        "номинация «Обучающая игра»",
        "руководитель Орлова Нина Петровна",
        "",
        "Работы пока нет: сдать до 30 апреля, 23:59 (томское время)",
    ]
    assert lines[-1].startswith("Подана 18 апреля, 12:2")
    assert nina.last.keyboard == (
        "[Сдать работу] / [Изменить] [Отозвать] / [Добавить ещё участника] [Согласия] / [Мои заявки] [В меню]"
    )


async def test_b44_one_account_applies_for_three_children_and_keeps_them_apart(chat: Chat) -> None:
    await in_april(chat)
    oleg = await chat.person("Олег", "Белов")
    for name in ("Белов Артём Олегович", "Белова Мила Олеговна", "Белов Лев Олегович"):
        await apply_as_parent(oleg, name=name)
    await oleg.presses("Мои заявки")
    oleg.sees_in("Ваши заявки (3):", "СК-2026-0003 · отправлена\nБелов Лев")
    await oleg.presses("СК-2026-0002 · Белова Мила")
    oleg.sees_in("Белова Мила Олеговна, 5 класс")


async def test_many_applications_are_shown_a_page_at_a_time(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    for name in ("Аа", "Бб", "Вв", "Гг", "Дд", "Ее"):
        await apply_as_teacher(nina, name=f"{name}ева Вера Ильинична")
    await nina.presses("Мои заявки")
    assert nina.last.keyboard.endswith("[СК-2026-0003 · Ввева Вера] / [Ещё ›] [Стол педагога] [В меню]")
    await nina.presses("Ещё ›")
    assert (
        nina.last.keyboard == "[СК-2026-0002 · Ббева Вера] / [СК-2026-0001 · Ааева Вера] / [‹] [Стол педагога] [В меню]"
    )


async def test_nobody_is_added_after_the_deadline(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    chat.moves_on(event.closes_at - chat.clock() + timedelta(days=1))
    await nina.presses("Добавить ещё участника")
    nina.sees_in("Приём заявок на «Создавай со Scratch» закончился")
    await nina.presses("Мероприятия")
    nina.sees("Приём закончен:\n• Создавай со Scratch: подводим итоги")


async def test_one_more_participant_keeps_the_school_the_teacher_and_the_contact(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 10)
    await nina.writes("nina@mail.ru")
    await nina.presses("Обучающая игра")
    await send(nina)
    await nina.presses("Добавить ещё участника")
    assert nina.new[0].text == (
        "Ещё один участник. Оставил как было: МАОУ гимназия № 13 г. Томска. Изменить можно перед отправкой."
    )
    nina.sees_in("За ученика согласие даёт родитель.")
    await nina.presses("Подтверждаю, хранится в школе")
    await nina.presses("Не публиковать")
    nina.sees_in("1 из 6 · Фамилия")
    await nina.writes("Белов Артём Олегович")
    await nina.writes("4А")
    nina.sees_in("6 из 6 · Номинация?")
    await nina.presses("Оригинальная игра")
    nina.sees_in(
        "Белов Артём Олегович, 4А класс\nМАОУ гимназия № 13 г. Томска\n",
        "Для связи (в диплом не попадёт): nina@mail.ru",
    )
    assert await send(nina) == "СК-2026-0002"


async def test_b9_a_double_is_found_by_name_school_and_event_however_it_is_spelled(chat: Chat) -> None:
    await in_april(chat)
    oleg = await chat.person("Олег", "Белов")
    await apply_as_parent(oleg, name="Королёв Артём Олегович", school="г13")
    await oleg.starts("scratch")
    await oleg.presses("Подать ещё одну заявку")
    for answer in ("Родитель", "Согласен(на)", "Не публиковать", "КОРОЛЕВ Артем Олегович", "Да", "5", "Без буквы",
                   "г13", "Да", "Без руководителя", "Пропустить", "Обучающая игра", "Отправить"):  # fmt: skip
        await oleg.writes(answer)
    oleg.sees(
        "Заявка на этого участника у вас уже есть: СК-2026-0001, отправлена.\nОтправить ещё одну?",
        "[Отправить ещё одну] / [Не отправлять] / [Назад] [Отмена]",
    )
    await oleg.presses("Не отправлять")
    oleg.sees("Хорошо, вторую заявку не отправляю.", "[Открыть заявку] / [В меню]")
    await oleg.presses("Открыть заявку")
    oleg.sees_in("СК-2026-0001 · отправлена")


async def test_a_double_of_somebody_else_is_told_without_their_number(chat: Chat) -> None:
    await in_april(chat)
    oleg = await chat.person("Олег", "Белов")
    await apply_as_parent(oleg, name="Соколова Вера", school="г13")
    nina = await at_question(chat, len(WAY))
    await nina.presses("Отправить")
    nina.sees_in("Похоже, этого участника уже записали: так бывает, когда подают и учитель, и родитель.")
    assert "СК-" not in nina.last.text
    await nina.presses("Отправить ещё одну")
    nina.sees_in("СК-2026-0002")


async def test_editing_asks_the_same_questions_and_an_accepted_application_is_looked_at_again(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await _set_state(chat, 1, ApplicationState.ACCEPTED)
    await open_application(nina, number)
    nina.sees_in("СК-2026-0001 · принята")
    await nina.presses("Изменить")
    nina.sees_in("Что исправить?")
    await nina.presses("Имя")
    await nina.writes("Соколова Вера Игоревна")
    nina.sees_in("Соколова Вера Игоревна, 3Б класс")
    assert nina.last.keyboard == "[Сохранить] [Исправить] / [Назад] [Отмена]"
    await nina.presses("Сохранить")
    nina.sees("Изменения в заявке СК-2026-0001 сохранены. Организатор посмотрит её ещё раз.")
    await nina.presses("Открыть заявку")
    nina.sees_in("СК-2026-0001 · отправлена", "Соколова Вера Игоревна", "Изменена 18 апреля")


async def test_somebody_else_in_the_place_is_asked_about_anew_and_has_no_consent_yet(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await open_application(nina, number)
    await nina.presses("Изменить")
    await nina.presses("Имя")
    await nina.writes("Белов Артём Олегович")
    nina.sees_in("Класс? Например: 3Б")
    await nina.writes("4А")
    nina.sees_in("Белов Артём Олегович, 4А класс")
    await nina.presses("Сохранить")
    lacks = "Нет согласия на обработку данных: Белов Артём. Без него заявку не примут, откройте «Согласия»."
    nina.sees(f"Изменения в заявке {number} сохранены.\n{lacks}", "[Согласия] / [Открыть заявку] / [Мои заявки]")
    await nina.presses("Мои заявки")
    nina.sees_in(lacks)
    await made.opens("Заявки")
    await made.organizer.presses(f"{number} Белов Артём, 4А класс")
    await made.organizer.presses("Принять")
    assert "Не хватает: Белов Артём." in made.organizer.new[0].text
    await open_application(nina, number)
    await nina.presses("Согласия")
    await nina.presses("Прислать скан")
    await nina.attaches("photo")
    await nina.presses("Всё разрешили")
    await nina.presses("Записать")
    await made.opens("Заявки")
    await made.organizer.presses(f"{number} Белов Артём, 4А класс")
    await made.organizer.presses("Сканы согласий")
    made.organizer.sees_in("Подписанное согласие: Белов Артём, получено")
    assert [one["type"] for one in made.organizer.last.attachments] == ["photo"]
    await made.organizer.presses("Открыть заявку")
    await made.organizer.presses("Принять")
    assert (await made.application(1)).state is ApplicationState.ACCEPTED


async def test_an_edit_that_came_second_changes_nothing_and_shows_what_there_is(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await open_application(nina, number)
    await nina.presses("Изменить")
    await nina.presses("Класс")
    await nina.writes("4А")
    await _set_state(chat, 1, ApplicationState.CHANGES_ASKED, "Уточните школу")
    await nina.presses("Сохранить")
    assert nina.new[0].text.startswith("Пока вы правили заявку, она изменилась.")
    nina.sees_in("СК-2026-0001 · нужны исправления", "3Б класс", "Что сказал организатор: Уточните школу")
    await nina.presses("Изменить")
    await nina.presses("Класс")
    await nina.writes("4А")
    await nina.presses("Сохранить")
    nina.sees_in("сохранены", "посмотрит её ещё раз")


async def test_editing_can_be_given_up_and_ends_with_the_deadline(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await open_application(nina, number)
    await nina.presses("Изменить")
    await nina.presses("Отмена")
    nina.sees_in("СК-2026-0001 · отправлена", "3Б класс")
    await nina.presses("Изменить")
    await nina.presses("Класс")
    await nina.writes("4А")
    await nina.writes("Сохранить", date=int(event.closes_at.timestamp()) + 1)
    nina.sees_in("Менять заявку можно было до 30 апреля, 23:59 (томское время, UTC+7).")
    await nina.presses("Открыть заявку")
    nina.sees_in("3Б класс")


async def test_withdrawing_is_confirmed_and_happens_once(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await open_application(nina, number)
    await nina.presses("Отозвать")
    nina.sees(
        "Отозвать заявку СК-2026-0001: Соколова Вера?\n"
        "Участие закончится, вернуть заявку нельзя, но до конца приёма можно подать новую.",
        "[Да, отозвать] / [Не отзывать]",
    )
    confirm = nina.last
    await nina.presses("Не отзывать")
    nina.sees_in("СК-2026-0001 · отправлена")
    await nina._act("press", {"cmid": confirm.cmid, "row": 0, "column": 0})
    nina.sees("Заявка СК-2026-0001 отозвана.")
    await nina._act("press", {"cmid": confirm.cmid, "row": 0, "column": 0})
    nina.sees_in("Заявка сейчас в состоянии «отозвана», поэтому отозвать её нельзя.")
    await open_application(nina, number)
    assert nina.last.keyboard == "[Мои заявки] [В меню]"


async def test_consents_are_shown_and_taken_back_and_the_organizer_hears_of_it(chat: Chat) -> None:
    event = await in_april(chat)
    nina, oleg = await chat.person("Нина", "Орлова"), await chat.person("Олег", "Белов")
    await nina.starts()
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        await Storage(connection).roles.grant(nina.id, RoleKind.ORGANIZER, event.code, by=None, at=chat.clock())
    number = await apply_as_parent(oleg)
    await open_application(oleg, number)
    await oleg.presses("Согласия")
    oleg.sees(
        "Согласия к заявке СК-2026-0001\n• обработка данных: дано\n• публикация имени и работы: дано",
        "[Отозвать согласие на публикацию] / [Отозвать согласие на обработку] / [Открыть заявку]",
    )
    await oleg.presses("Отозвать согласие на публикацию")
    await oleg.presses("Да, отозвать")
    oleg.sees("Согласие отозвано. Организатору об этом написал, заявка СК-2026-0001 остаётся в силе.")
    await nina.looks()
    nina.sees(
        "Отозвано согласие к заявке СК-2026-0001 («Создавай со Scratch»): публикация имени и работы. "
        "Если имя или работа уже опубликованы, уберите их за три рабочих дня.",
        "[Открыть заявку]",
    )
    await open_application(oleg, number)
    oleg.sees_in("отправлена")
    await oleg.presses("Согласия")
    await oleg.presses("Отозвать согласие на обработку")
    oleg.sees_in("Заявка СК-2026-0001 будет отозвана", "Имя, контакт и работа будут стёрты, вернуть их нельзя.")
    await oleg.presses("Да, отозвать")
    oleg.sees(
        "Согласие отозвано, заявка СК-2026-0001 тоже. Имя, контакт и работа стёрты, организатору об этом написал."
    )
    await open_application(oleg, number)
    oleg.sees_in("СК-2026-0001 · отозвана", "Участник № 1")
    assert "Белов" not in oleg.last.text


ROUTES = ("application", "edit", "withdraw", "withdraw_sure", "another", "submit", "about", "consents", "recheck")


async def test_b22_an_absent_and_a_foreign_application_are_answered_alike(chat: Chat) -> None:
    await in_april(chat)
    nina, mallory = await chat.person("Нина", "Орлова"), await chat.person("Мэл", "Громов")
    await apply_as_teacher(nina)
    await mallory.starts()
    answers = set()
    for route in ROUTES:
        for argument in ("1", "999999", "x", "9" * 40, "-1"):
            await mallory.writes("…", payload=await _sealed(chat, mallory.id, f"{route}:{argument}"))
            answers.add((mallory.last.text, mallory.last.keyboard))
            assert mallory.new
    assert answers == {(ABSENT, "[Мои заявки] / [В меню]")}


async def test_results_are_seen_after_publication_and_not_before(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await hand_in_file(nina, number)
    await _set_state(chat, 1, ApplicationState.ACCEPTED)
    chat.moves_on(event.closes_at - chat.clock() + timedelta(days=5))
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        storage = Storage(connection)
        result = Result(1, Outcome(OutcomeKind.WINNER, "Диплом I степени"))
        await storage.outcomes.set(result, by=nina.id, at=chat.clock())
        await storage.events.approve(event.code, by=nina.id, at=chat.clock())
    await open_application(nina, number)
    assert "Итог" not in nina.last.text
    async with chat.app.database.transaction() as connection:
        await Storage(connection).events.publish(event.code, by=nina.id, at=chat.clock())
    await nina.presses("Мои заявки")
    nina.sees_in("Итог: Диплом I степени")
    await open_application(nina, number)
    nina.sees_in("Итог: Диплом I степени")
    assert nina.last.keyboard == "[Согласия] / [Мои заявки] [В меню]"


async def _set_state(chat: Chat, application_id: int, state: ApplicationState, reason: str | None = None) -> None:
    """What an organizer decides."""
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        applications = Storage(connection).applications
        await applications.set_state(application_id, state, reason=reason, at=chat.clock())


async def _sealed(chat: Chat, person_id: int, go: str) -> dict[str, str]:
    """A payload as if we had made it for this person: what is left is the check of whose the thing is."""
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        seal = Seal(await Storage(connection).settings.seal_key())
    return {"g": go, "k": seal.of(person_id, go)}
