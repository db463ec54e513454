"""Announcements: to whom, what, how many; once to each."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.event.moments import TOMSK
from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene
from tests.talks.scenes import WEBINAR, load_event


async def test_those_without_a_work_are_written_to_once(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg, zoya = [await made.person(*name) for name in (("Нина", "Орлова"), ("Олег", "Белов"), ("Зоя", "Седых"))]
    await made.applies(nina, "Соколова Вера")
    await made.applies(nina, "Ветрова Анна")
    await made.applies(oleg, "Белов Артём")
    await made.hands_in(await made.applies(zoya, "Громова Лада"))
    async with made.storage() as storage:
        await storage.people.unreachable(oleg.id, 902, at=chat.clock())
    await made.opens("Объявление")
    made.organizer.sees("Кому написать?", "[Все заявители: 3] / [Без работы: 2] / [Назад] [Отмена]")
    await made.organizer.presses("Без работы: 2")
    made.organizer.sees_in("Что написать? Можно вставить: {название}, {срок}.")
    await made.organizer.writes("Ждём, {фамилия}!")
    made.organizer.sees_in("Не знаю, что подставить вместо {фамилия}. Можно {название} и {срок}.")
    await made.organizer.writes(
        "Ждём работы на «{название}» до {срок}. {название}, примеры: https://vk.com/public188903731"
    )
    until = calendar.deadline(made.event.closes_at, TOMSK, now=chat.clock())
    text = f"Ждём работы на «Создавай со Scratch» до {until}. «Создавай со Scratch», примеры: https://vk.com/public188903731"
    made.organizer.sees(
        "Получателей 1.\n"
        "Не дойдёт до 1 человека: Олег Белов (запрещено настройками приватности).\n"
        f"Так увидят:\n\nСоздавай со Scratch\n{text}",
        "[Отправить сейчас] / [Себе для проверки] / [Назад] [Отмена]",
    )
    await made.organizer.presses("Себе для проверки")
    assert made.organizer.new[0].text == f"Создавай со Scratch\n{text}"
    await nina.looks()
    assert text not in nina.last.text

    await made.organizer.presses("Отправить сейчас")
    made.organizer.sees_in("Объявление отправляю 1 человеку.\nНе дойдёт до 1 человека")
    for person in (nina, oleg, zoya):
        await person.looks()
    assert [message.text for message in nina.all].count(f"Создавай со Scratch\n{text}") == 1
    assert text not in oleg.last.text
    assert text not in zoya.last.text
    async with made.storage() as storage:
        (kept,) = await storage.announcements.of_event(made.event.code)
        (entry,) = await storage.audit.tail(1)
    assert (kept.audience, kept.recipients, kept.author_id) == ("without_work", 1, made.organizer.id)
    assert dict(entry.detail) == {"announcement": kept.id, "audience": "without_work", "recipients": 1}
    await nina.presses("О мероприятии")
    nina.sees_in("Создавай со Scratch")


async def test_the_same_text_is_not_sent_twice(chat: Chat) -> None:
    """docs/faults.md F48: two organizers with one text, or one who thinks it did not go out."""
    made = await scene(chat)
    second = await made.person("Инна", "Седых")
    await made.organizes(second)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    for person in (made.organizer, second):
        await made.opens("Объявление", person)
        await person.presses("Все заявители: 1")
        await person.writes("Завтра консультация")
    await made.organizer.presses("Отправить сейчас")
    await second.presses("Отправить сейчас")
    second.sees_in("Это объявление этим людям уже отправлено сегодня в 10:")
    await nina.looks()
    assert sum("Завтра консультация" in message.text for message in nina.all) == 1
    await made.opens("Объявление", second)
    await second.presses("Все заявители: 1")
    await second.writes("Послезавтра ещё одна консультация")
    await second.presses("Отправить сейчас")
    second.sees_in("Объявление отправляю 1 человеку.")


async def test_an_announcement_does_not_move_anybody_from_their_own_talk(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    await nina.presses("Родитель")
    await made.opens("Объявление")
    made.organizer.sees("Кому написать?", "[Не закончили заявку: 1] / [Назад] [Отмена]")
    await made.organizer.presses("Не закончили заявку: 1")
    await made.organizer.writes("Осталось немного")
    await made.organizer.presses("Отправить сейчас")
    await nina.looks()
    assert "Осталось немного" in nina.last.text
    await nina.presses("Согласен(на)")
    assert "публик" in nina.last.text


async def test_where_there_is_nobody_it_is_said_and_one_can_leave(chat: Chat) -> None:
    made = await scene(chat)
    await made.opens("Объявление")
    made.organizer.sees("Писать пока некому: никто не подал заявку и не начал её.", "[К мероприятию]")
    await made.applies(await made.person("Нина", "Орлова"), "Соколова Вера")
    await made.opens("Объявление")
    await made.organizer.writes("отмена")
    made.organizer.sees_in("Создавай со Scratch\nидёт приём до ")


async def test_other_events_people_are_not_written_to(chat: Chat) -> None:
    made = await scene(chat)
    webinar = await load_event(chat, WEBINAR)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    await made.applies(nina, "Соколова Вера")
    await made.applies(oleg, "Белов Олег", event=webinar, grade=None)
    await made.opens("Объявление")
    await made.organizer.presses("Все заявители: 1")
    await made.organizer.writes("Только для конкурса")
    await made.organizer.presses("Отправить сейчас")
    await oleg.looks()
    assert "Только для конкурса" not in oleg.last.text
