"""Applications: listed, looked at, decided about; the applicant hears at once."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from tests.talks.chat import Chat
from tests.talks.organizer_scene import JUDGING, Scene, scene
from tests.talks.scenes import apply_as_parent, apply_as_teacher

SENT = ApplicationState.SENT


async def opens_application(made: Scene, label: str) -> None:
    await made.opens("Заявки")
    await made.organizer.presses(next(b for row in made.organizer.last.buttons for b in row if b.startswith(label)))


async def test_an_application_is_accepted_and_its_applicant_hears_at_once(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await made.opens()
    made.organizer.sees_in("Создавай со Scratch\nидёт приём до", "Заявок 1: ждут решения 1.", "Работы сданы: 0 из 1.")
    await made.organizer.presses("Заявки")
    made.organizer.sees(
        f"Заявки: «Создавай со Scratch»\nПоказаны ждущие решения: 1. Ищете кого-то? Напишите фамилию или номер.\n\n"
        f"{number} · Соколова Вера, 3Б класс · отправлена · работы нет",
        f"[{number} Соколова Вера, 3Б класс] / [Показать другие] / [Выгрузить] [К мероприятию]",
    )
    await opens_application(made, number)
    made.organizer.sees(
        f"{number} · отправлена\n"
        "Соколова Вера Ильинична, 3Б класс\n"
        "МАОУ гимназия № 13 г. Томска\n"
        "«Обучающая игра» · 3–4 классы\n"
        "руководитель Орлова Нина Петровна\n"
        "Работы нет\n"
        f"Заявитель: педагог, vk.com/id{nina.id}\n"
        "Согласия: на обработку — есть на бумаге, на публикацию — есть на бумаге",
        "[Принять] [Нужны исправления] / [Отклонить] / [Следующая] [Больше времени] / [Заявки] [К мероприятию]",
    )
    await made.organizer.presses("Принять")
    made.organizer.sees(
        f"Принята: {number}, Соколова Вера. Ждут решения: 0.", "[Следующая] / [Эта заявка] [К мероприятию]"
    )
    await nina.looks()
    nina.sees_in(f"Заявка {number} на «Создавай со Scratch» принята: Соколова Вера.\nОсталось сдать работу до ")
    assert nina.last.keyboard == "[Сдать работу] / [Моя заявка]"
    await nina.presses("Моя заявка")
    nina.sees_in(number, "принята")
    await made.organizer.presses("Следующая")
    made.organizer.sees("«Создавай со Scratch»: все заявки рассмотрены.", "[К мероприятию]")


async def test_changes_are_asked_with_a_reason_made_and_then_accepted(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await opens_application(made, number)
    await made.organizer.presses("Нужны исправления")
    made.organizer.sees(
        "Что исправить? Напишите или выберите. Заявитель увидит это слово в слово.",
        "[Ссылка на работу не открывается] / [Проверьте имя и фамилию] / [Проверьте школу и класс] / "
        "[Номинация не подходит к работе] / [Назад] [Отмена]",
    )
    await made.organizer.writes("   ")
    await made.organizer.writes("Класс в заявке третий, а работа для пятого")
    made.organizer.sees_in(f"Возвращена на исправление: {number}, Соколова Вера.")
    await nina.looks()
    nina.sees(
        f"В заявке {number} на «Создавай со Scratch» (Соколова Вера) нужны исправления:\n"
        "Класс в заявке третий, а работа для пятого",
        "[Моя заявка]",
    )
    async with made.storage() as storage:
        application = await storage.applications.by_number(number)
        assert application is not None
        await storage.applications.set_state(application.id, SENT, reason=None, at=chat.clock())
    await opens_application(made, number)
    await made.organizer.presses("Принять")
    made.organizer.sees_in(f"Принята: {number}")


async def test_a_ready_reason_is_one_tap(chat: Chat) -> None:
    made = await scene(chat)
    oleg = await made.person("Олег", "Белов")
    number = await apply_as_parent(oleg)
    await opens_application(made, number)
    await made.organizer.presses("Отклонить")
    await made.organizer.presses("Заявка подана дважды")
    await oleg.looks()
    oleg.sees(
        f"Заявка {number} на «Создавай со Scratch» (Белов Артём) отклонена.\nПричина: Заявка подана дважды",
        "[Моя заявка]",
    )
    async with made.storage() as storage:
        entries = await storage.audit.tail(1)
    assert [(one.action, one.actor_id, dict(one.detail)) for one in entries] == [
        ("reject_application", made.organizer.id, {"event": made.event.code, "before": "sent", "after": "rejected"})
    ]


async def test_cancelling_the_reason_decides_nothing(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(nina, "Соколова Вера", state=SENT)
    await opens_application(made, application.number)
    await made.organizer.presses("Отклонить")
    await made.organizer.presses("Отмена")
    made.organizer.sees_in(f"{application.number} · отправлена")
    assert (await made.application(application.id)).state is SENT


async def test_a_card_that_is_out_of_date_does_nothing_and_shows_the_current_one(chat: Chat) -> None:
    """docs/faults.md B19: the application changed after its card was sent."""
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    second = await made.person("Инна", "Седых")
    await made.organizes(second)
    await opens_application(made, number)
    await made.opens("Заявки", second)
    await second.presses(f"{number} Соколова Вера, 3Б класс")
    await second.presses("Отклонить")
    await second.presses("Участник не подходит по условиям")

    await made.organizer.presses("Принять")
    assert [message.text.partition("\n")[0] for message in made.organizer.new] == [
        f"Заявка {number} изменилась, пока вы смотрели, поэтому я ничего не сделал. Вот как она выглядит сейчас.",
        f"{number} · отклонена",
    ]
    await nina.looks()
    assert "отклонена" in nina.last.text
    await made.organizer.presses("Принять")
    made.organizer.sees_in(f"Принята: {number}")


async def test_two_taps_accept_once(chat: Chat) -> None:
    """docs/faults.md B20."""
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await opens_application(made, number)
    chat.hasty = True
    await made.organizer.presses("Принять")
    await made.organizer.presses("Принять")
    await nina.looks()
    assert sum("принята" in message.text and "Осталось сдать" in message.text for message in nina.all) == 1


async def test_without_the_first_consent_nobody_is_accepted(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(nina, "Соколова Вера", state=SENT, consent=False)
    await opens_application(made, application.number)
    await made.organizer.presses("Принять")
    assert made.organizer.new[0].text.startswith("Принять нельзя, пока нет согласия на обработку персональных данных.")
    assert (await made.application(application.id)).state is SENT


async def test_duplicates_and_the_same_link_are_pointed_out(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    first = await made.applies(nina, "Соколова Вера")
    second = await made.applies(oleg, "Соколова Вера", role=Applicant.PARENT, state=SENT)
    third = await made.applies(oleg, "Белов Артём", role=Applicant.PARENT)
    url = "https://scratch.mit.edu/projects/612345678"
    await made.hands_in(second, third, url=url, check="closed")
    await opens_application(made, second.number)
    made.organizer.sees_in(
        f"Похожая заявка: {first.number}, принята. Возможно, это один участник.",
        f"Та же ссылка сдана к заявке {third.number} (Белов Артём).",
        "ссылка не открывается",
        "+79131234567, nina.orlova@mail.example",
    )
    assert "[Открыть работу]" in made.organizer.last.keyboard


async def test_an_accepted_one_drops_out_with_a_reason(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(nina, "Соколова Вера")
    await made.opens("Заявки")
    await made.organizer.presses("Показать другие")
    made.organizer.sees("Какие заявки показать? «Создавай со Scratch»", "[Все: 1] [Принятые: 1] / [К мероприятию]")
    await made.organizer.presses("Принятые: 1")
    await made.organizer.presses(f"{application.number} Соколова Вера, 3 класс")
    await made.organizer.presses("Выбыл(а)")
    await made.organizer.presses("Участник отказался")
    await nina.looks()
    nina.sees_in("отмечена как выбывшая.\nПричина: Участник отказался")
    assert (await made.application(application.id)).state is ApplicationState.DROPPED_OUT


async def test_a_school_that_the_directory_lacks_is_settled(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(
        nina, "Соколова Вера", state=SENT, organisation=(None, "Школа у моря"), answers={"_title": "Чистая река"}
    )
    await opens_application(made, application.number)
    made.organizer.sees_in("Школа у моря (нет в справочнике)", "название: «Чистая река»")
    await made.organizer.presses("Указать школу")
    made.organizer.sees_in("Какая это организация? В заявке: «Школа у моря».")
    await made.organizer.writes("г13")
    await made.organizer.presses("МАОУ гимназия № 13 г. Томска")
    assert made.organizer.new[0].text == "Записал: МАОУ гимназия № 13 г. Томска."
    settled = await made.application(application.id)
    assert (settled.organisation_code, settled.answers["_title"]) == ("gymnasium-13-tomsk", "Чистая река")
    await made.organizer.presses("Принять")
    made.organizer.sees_in("Принята")


async def test_long_lists_are_paged(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    for name in ("Соколова", "Ветрова", "Белова", "Осипова", "Громова", "Лапина"):
        await made.applies(nina, f"{name} Вера", state=SENT)
    await made.opens("Заявки")
    assert "Лапина" not in made.organizer.last.text
    await made.organizer.presses("Ещё ›")
    made.organizer.sees_in("Громова Вера", "Лапина Вера")
    await made.organizer.presses("‹")
    made.organizer.sees_in("Соколова Вера")


async def test_after_the_protocol_nothing_is_decided_any_more(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(nina, "Соколова Вера", state=SENT)
    await opens_application(made, application.number)
    async with made.storage() as storage:
        await storage.events.approve(made.event.code, by=made.organizer.id, at=chat.clock())
    await made.organizer.presses("Принять")
    assert (await made.application(application.id)).state is SENT
    assert made.organizer.last.keyboard == "[Следующая] / [Заявки] [К мероприятию]"


async def test_a_sticker_is_no_reason(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(nina, "Соколова Вера", state=SENT)
    await opens_application(made, application.number)
    await made.organizer.presses("Отклонить")
    await made.organizer.attaches("sticker")
    made.organizer.sees_in("Стикер красивый", "Напишите причину словами или нажмите кнопку.")
    await made.organizer.presses("Работа не по теме конкурса")
    made.organizer.sees_in("Отклонена:")
