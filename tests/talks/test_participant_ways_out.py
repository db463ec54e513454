"""Leaving and coming back: what is said where a talk is given up, drafts among the applications, corrections kept."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import RoleKind
from bot.contest.consents import ConsentKind
from storage.storage import Storage
from tests.talks.chat import Chat, Person
from tests.talks.scenes import apply_as_parent, apply_as_teacher, in_april, load, open_application
from tests.talks.test_application_refusals import at_question


async def test_giving_up_the_questions_about_a_work_says_that_the_work_is_in(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.attaches("doc", title="game.sb3", size=20_000)
    await nina.presses("Отмена")
    assert nina.new[0].text == (
        "Работа к заявке СК-2026-0001 сдана. Рассказать о ней можно позже: кнопка «Название и описание»."
    )
    nina.sees_in("СК-2026-0001 · отправлена", "Работа, версия 1")
    await nina.presses("Название и описание")
    await nina.writes("Таблица умножения 🚀")
    nina.sees_in("Знак 🚀 в дипломе не напечатать.")
    await nina.writes("Таблица умножения")
    nina.sees_in("2 из 3")


async def test_a_draft_stands_among_the_applications(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await at_question(chat, 7)
    await nina.presses("Мои заявки")
    nina.sees(
        "Вы ещё ничего не отправили.\n\nЧерновик · заявка на «Создавай со Scratch»: Соколова Вера, осталось 4 вопроса",
        "[Продолжить] / [В меню]",
    )
    await nina.presses("Продолжить")
    nina.sees_in("3 из 6 · Школа")
    chat.moves_on(event.closes_at - chat.clock() + timedelta(minutes=1))
    await nina.presses("Мои заявки")
    nina.sees("Вы ещё ничего не подавали. Выберите мероприятие, и начнём.")
    await nina.writes("привет")
    nina.sees_in("Не понял вас.")
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        later = event.closes_at + timedelta(days=1)
        await Storage(connection).events.extend(event.code, later, by=nina.id)
    await nina.writes("привет")
    nina.sees_in("У вас не закончено: заявка на «Создавай со Scratch»: Соколова Вера")


async def test_two_drafts_are_told_apart_and_stand_above_what_was_sent(chat: Chat) -> None:
    event = await in_april(chat)
    await load(chat, event.model_copy(update={"code": "geo-2026", "short_title": "Геометрия", "number_prefix": "ГМ"}))
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    for word, first in (("scratch-2026", "Подать ещё одну заявку"), ("geo-2026", "Подать заявку")):
        await nina.starts(word)
        await nina.presses(first)
        await nina.presses("Педагог")
    await nina.presses("Мои заявки")
    nina.sees_in(
        "Ваши заявки (1):\n\nЧерновик · заявка на «Геометрия», осталось 6 вопросов\n\n"
        "Черновик · заявка на «Создавай со Scratch», осталось 6 вопросов\n\nСК-2026-0001"
    )
    assert nina.last.keyboard == (
        "[Черновик: Геометрия] [Черновик: Создавай со Scratch] / [СК-2026-0001 · Соколова Вера] / [В меню]"
    )
    await nina.presses("Черновик: Геометрия")
    nina.sees_in("Согласие на обработку персональных данных")


async def test_corrections_that_were_not_saved_are_kept_and_offered(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await open_application(nina, number)
    await nina.presses("Изменить")
    await nina.presses("Имя")
    await nina.writes("Соколова Вера Игоревна")
    await nina.presses("Меню")
    await open_application(nina, number)
    nina.sees_in("Соколова Вера Ильинична", "Есть изменения, которые вы не сохранили: кнопка «Изменить».")
    await nina.presses("Изменить")
    nina.sees(
        "В заявке СК-2026-0001 есть изменения, которые вы не сохранили.",
        "[Продолжить] / [Начать заново] [Открыть заявку]",
    )
    await nina.presses("Начать заново")
    nina.sees_in("Что исправить?")
    await nina.presses("Класс")
    await nina.writes("4А")
    await nina.presses("Меню")
    await open_application(nina, number)
    await nina.presses("Изменить")
    await nina.presses("Продолжить")
    nina.sees_in("Соколова Вера Ильинична, 4А класс")
    await nina.presses("Сохранить")
    await open_application(nina, number)
    nina.sees_in("4А класс")
    assert "не сохранили" not in nina.last.text
    await nina.presses("Изменить")
    nina.sees_in("Что исправить?")


async def test_an_application_is_found_by_what_is_typed(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    for name in ("Соколова Вера Ильинична", "Соколов Лев Ильич", "Белов Артём Олегович"):
        await apply_as_teacher(nina, name=name)
    await nina.presses("Мои заявки")
    await nina.writes("соколов")
    nina.sees_in("Нашёл у вас (2):", "СК-2026-0002", "СК-2026-0001")
    assert nina.last.keyboard == (
        "[СК-2026-0002 · Соколов Лев] / [СК-2026-0001 · Соколова Вера] / [Мои заявки] [В меню]"
    )
    await nina.writes("белов")
    nina.sees_in("СК-2026-0003 · отправлена\n«Создавай со Scratch»")
    await nina.writes("ск-2026-0001")
    nina.sees_in("СК-2026-0001 · отправлена\n«Создавай со Scratch»")
    await nina.writes("кедров")
    nina.sees_in("Не понял вас.")


async def test_withdrawing_during_judging_tells_the_organizer_and_promises_nothing(chat: Chat) -> None:
    event = await in_april(chat)
    olga, nina = await chat.person("Ольга", "Кедрова"), await chat.person("Нина", "Орлова")
    await _is_organizer(chat, olga, event.code)
    number = await apply_as_teacher(nina)
    chat.moves_on(event.closes_at - chat.clock() + timedelta(days=2))
    await open_application(nina, number)
    await nina.presses("Отозвать")
    nina.sees_in("вернуть заявку нельзя, а новую подать уже не получится: приём закончен.")
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        await Storage(connection).events.approve(event.code, by=olga.id, at=chat.clock())
    await nina.presses("Да, отозвать")
    nina.sees("Заявка СК-2026-0001 отозвана.")
    await olga.looks()
    olga.sees(
        "Отозвана заявка СК-2026-0001 («Создавай со Scratch»): Соколова Вера. "
        "Протокол уже утверждён: проверьте места до публикации.",
        "[Открыть заявку]",
    )
    await olga.presses("Открыть заявку")
    olga.sees_in("СК-2026-0001")


async def test_without_processing_nothing_is_published_either_and_after_the_results_no_more_is_promised(
    chat: Chat,
) -> None:
    event = await in_april(chat)
    olga, oleg = await chat.person("Ольга", "Кедрова"), await chat.person("Олег", "Белов")
    await _is_organizer(chat, olga, event.code)
    number = await apply_as_parent(oleg)
    chat.moves_on(event.closes_at - chat.clock() + timedelta(days=5))
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        events = Storage(connection).events
        await events.approve(event.code, by=olga.id, at=chat.clock())
        await events.publish(event.code, by=olga.id, at=chat.clock())
    await open_application(oleg, number)
    await oleg.presses("Согласия")
    await oleg.presses("Отозвать согласие на обработку")
    assert "будет отозвана" not in oleg.last.text
    oleg.sees_in("имя и работу уберут из опубликованного", "документы останутся в силе")
    await oleg.presses("Да, отозвать")
    oleg.sees_in("Согласие отозвано, на публикацию тоже.")
    await olga.looks()
    olga.sees_in("обработка данных, публикация имени и работы. В боте данные стёрты. Уберите имя и работу")
    async with chat.app.database.transaction() as connection:
        consents = {one.kind: one for one in await Storage(connection).consents.history(1)}
    assert {kind: consents[kind].decision for kind in ConsentKind} == dict.fromkeys(ConsentKind, "withdrawn")
    await open_application(oleg, number)
    await oleg.presses("Согласия")
    oleg.sees_in("обработка данных: отозвано", "публикация имени и работы: отозвано")


async def _is_organizer(chat: Chat, person: Person, event_code: str) -> None:
    await person.starts()
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        await Storage(connection).roles.grant(person.id, RoleKind.ORGANIZER, event_code, by=None, at=chat.clock())
