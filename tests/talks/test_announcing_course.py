"""An announcement on its way: when it begins, pausing, stopping, taking it back, the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contest.announcing.model import AnnouncementState
from handlers.organizer.announcing import reporting
from handlers.organizer.announcing.progress import state_line
from tests.talks.chat import Chat
from tests.talks.organizer_scene import Scene, scene
from tests.talks.register_scene import desk_on

MENU = "Написать участникам"


async def _draft(made: Scene, text: str) -> None:
    await made.opens(MENU)
    if made.organizer.last.text != "Кому написать?":
        await made.organizer.presses("Новое объявление")
    everybody = next(row[0] for row in made.organizer.last.buttons if row[0].startswith("Все заявители"))
    await made.organizer.presses(everybody)
    await made.organizer.writes(text)


async def test_it_is_scheduled_changed_called_off_and_never_begins_at_night(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    await _draft(made, "Напоминаем о сроке")
    await made.organizer.presses("Назначить время")
    made.organizer.sees_in("Когда отправить?", "Ночью, с 22 до 8, не пишем.")
    assert made.organizer.last.keyboard == "[Сегодня в 18:00] / [Завтра в 09:00] / [Назад] [Отмена]"
    await made.organizer.writes("как-нибудь")
    made.organizer.sees_in("Когда отправить? Например: сегодня 18:00")
    await made.organizer.writes("сегодня")
    made.organizer.sees_in("Во сколько? Например: сегодня 18:00.")
    await made.organizer.writes("сегодня 23:30")
    made.organizer.sees_in("Кому отправить, если до этого времени что-то изменится?")
    await made.organizer.presses("Кто подойдёт к моменту отправки")
    assert made.organizer.new[0].text == "Ночью, с 22 до 8, не пишем, поэтому начнём завтра в 08:00."
    made.organizer.sees(
        "Объявление № 1 назначено · Создавай со Scratch\nНачнём завтра в 08:00 (томское время).\n"
        "Кому: все заявители\nСписок составлю в момент отправки.\n\nСоздавай со Scratch\nНапоминаем о сроке",
        "[Начать сразу] / [Другое время] [Изменить текст] / [Отменить] / [К мероприятию]",
    )
    await made.organizer.presses("Отменить")
    made.organizer.sees_in("Отправка отменена, никто ничего не получил.")
    await made.organizer.presses("Открыть")
    await made.organizer.presses("Изменить текст")
    await made.organizer.writes("Напоминаем о сроке, осталось 3 дня")
    await made.organizer.presses("Назначить время")
    await made.organizer.presses("Завтра в 09:00")
    await made.organizer.presses("Кто подходит сейчас")
    oleg = await made.person("Олег", "Белов")
    await made.applies(oleg, "Белов Артём")
    await chat.passes(timedelta(hours=12))
    await nina.looks()
    assert "осталось 3 дня" not in nina.last.text
    await chat.passes(timedelta(hours=12))
    for person in (nina, oleg, made.organizer):
        await person.looks()
    nina.sees_in("Напоминаем о сроке, осталось 3 дня")
    assert "осталось 3 дня" not in oleg.last.text
    made.organizer.sees_in("Отправлено 1 из 1 человека")

    await chat.passes(timedelta(hours=13))
    await _draft(made, "Ночная мысль")
    await made.organizer.presses("Отправить 2 людям")
    made.organizer.sees_in("Ночью не пишем: начнём завтра в 08:00.")
    await oleg.looks()
    assert "Ночная мысль" not in oleg.last.text
    await chat.passes(timedelta(hours=9))
    await oleg.looks()
    oleg.sees_in("Ночная мысль")


async def test_f35_after_a_copy_was_put_back_it_waits_for_an_administrator_and_a_draft_is_thrown_away_whole(
    chat: Chat,
) -> None:
    made = await scene(chat)
    oleg = await made.person("Олег", "Белов")
    await made.applies(oleg, "Белов Артём")
    await _draft(made, "Передумали")
    await made.organizer.presses("Назначить время")
    await made.organizer.presses("Завтра в 09:00")
    await made.organizer.presses("Кто подходит сейчас")
    await chat.passes(timedelta(seconds=1))
    await made.organizer.presses("Отменить")
    await made.organizer.presses("Удалить черновик")
    made.organizer.sees_in("Черновик удалён.")
    async with made.storage() as storage:
        await storage.restoring.begin("restored", copy_at=chat.clock(), at=chat.clock())
    await _draft(made, "После копии")
    await made.organizer.presses("Отправить 1 человеку")
    made.organizer.sees_in("База восстановлена из копии, рассылки ждут администратора.")
    assert made.organizer.last.keyboard == "[Отменить] / [К мероприятию]"
    async with made.storage() as storage:
        await storage.restoring.confirm()
    await chat.passes(timedelta(seconds=1))
    await oleg.looks()
    oleg.sees_in("После копии")


async def test_what_is_held_says_why(chat: Chat) -> None:
    """By day it is held for a moment after «Продолжить», which is not the night's doing."""
    made = await scene(chat)
    async with made.storage() as storage:
        one = await storage.announcements.draft(
            event_code=None, author_id=made.organizer.id, text="Скоро", audience={}, at=chat.clock()
        )
        held = replace(one, state=AnnouncementState.RUNNING, held=True)
        by_day = desk_on(chat, storage)
        at_night = replace(by_day, now=by_day.now + timedelta(hours=13))
    said = [state_line(desk, held, restored=False) for desk in (by_day, at_night)]
    assert [*said, state_line(at_night, held, restored=True)] == [
        "идёт отправка",
        "ночью не пишем, продолжим в 8:00",
        "ждёт администратора, база восстановлена из копии",
    ]


async def test_to_many_it_goes_after_a_minute_in_which_it_can_be_called_back(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "AT_ONCE", 100)
    made = await scene(chat)
    nina = await made.juror("Нина", "Орлова", "Орлова Нина Петровна")
    async with made.storage() as storage:
        for person_id in range(5000, 5100):
            await storage.people.meet(person_id, at=chat.clock())
            await storage.jury.join(
                person_id, made.event.code, full_name="Член жюри", organisation_code=None, at=chat.clock()
            )
    await made.opens(MENU)
    await made.organizer.presses("Жюри: 101")
    await made.organizer.writes("Начинаем оценивать")
    await made.organizer.presses("Отправить 101 человеку")
    made.organizer.sees(
        "Объявление № 1 отправится 101 человеку через минуту.\n"
        "Если что-то не так, нажмите «Отменить»: никто ничего не получит.",
        "[Начать сразу] [Отменить] / [К мероприятию]",
    )
    await made.organizer.presses("Отменить")
    await chat.passes(timedelta(minutes=2))
    await nina.looks()
    assert "Начинаем" not in nina.last.text
    await made.organizer.presses("Открыть")
    await made.organizer.presses("Отправить 101 человеку")
    await made.organizer.presses("Начать сразу")
    await nina.looks()
    nina.sees_in("Начинаем оценивать")
    await made.organizer.presses("К мероприятию")
    await chat.passes(timedelta(minutes=3))
    await made.organizer.presses(MENU)
    await made.organizer.presses("№ 1: Начинаем оценивать")
    assert made.organizer.new[0].text == "Считаю…"
    made.organizer.sees_in("Отправлено 1 из 101 человека", "запрещены сообщения от сообщества: 100")


async def test_it_is_paused_stopped_and_taken_back(chat: Chat) -> None:
    """docs/faults.md F48: of two who press, one does it."""
    made = await scene(chat)
    second = await made.person("Инна", "Седых")
    await made.organizes(second)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    await made.applies(nina, "Соколова Вера")
    await made.applies(oleg, "Белов Артём")
    await chat.control("faults", {"peer_errors": {str(oleg.id): 9}, "times": 1})
    await _draft(made, "С ошибкой в дате")
    await made.organizer.presses("Отправить 2 людям")
    made.organizer.sees_in("Объявление № 1 · Создавай со Scratch\nИдёт отправка\nОтправлено ")
    assert made.organizer.last.keyboard == "[Пауза] [Остановить] / [Отчёт] [Отчёт XLSX]"
    await made.organizer.presses("Отчёт")
    assert made.organizer.new == []
    made.organizer.sees_in("Отправлено 1 из 2 человек ▓▓▓▓▓░░░░░\n• в пути: 1")
    await made.organizer.presses("Пауза")
    assert (made.organizer.new, made.organizer.popups[-1]) == ([], "На паузе")
    made.organizer.sees_in("На паузе: сегодня в 10:0", "Отправлено 1 из 2 человек")
    await made.opens(MENU, second)
    await second.presses("№ 1: С ошибкой в дате")
    second.sees_in("На паузе: сегодня в 10:0")
    await made.organizer.presses("Продолжить")
    made.organizer.sees_in("Идёт отправка")
    await second.looks()
    assert [message.edited for message in second.new] == [True]
    second.sees_in("Идёт отправка")
    await second.presses("Остановить")
    second.sees(
        "Поставлено на паузу: никто больше не получает объявление № 1.\n"
        "Остановить совсем? Продолжить после этого нельзя.",
        "[Остановить совсем] / [Продолжить]",
    )
    await second.presses("Остановить совсем")
    second.sees_in("Остановлено: сегодня в 10:0", "не отправлено из-за остановки: 1")
    await made.organizer.presses("Отчёт")
    await made.organizer.presses("Отозвать")
    made.organizer.sees_in("Отозвать объявление № 1? Получили: 1 человек.", "Кто успел прочитать, тот прочитал.")
    await made.organizer.presses("Отозвать у всех")
    await chat.passes(timedelta(minutes=1))
    for person in (nina, oleg):
        await person.looks()
        assert not any("С ошибкой в дате" in message.text for message in person.all)
    await made.organizer.presses("Отчёт")
    made.organizer.sees_in("Отозвано: сегодня в 10:0", "удалено из переписки: 1")
    await second.looks()
    second.sees_in("Отозвано: сегодня в 10:0")
    await second.presses("Продолжить")
    second.sees_in("Уже отозвано: сегодня в 10:0", "Ольга Лугова")
