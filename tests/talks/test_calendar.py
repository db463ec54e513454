"""Finding an event among many, its file for a calendar, being reminded once and only while there is a reason."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar

from bot.contest.event import Event
from bot.contest.event.base import Category
from bot.contest.event.people import Audience
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import scene
from tests.talks.scenes import WEBINAR, in_april, load

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def of_another_kind(event: Event, number: int) -> Event:
    """One of many: for teachers, in another module, two months later."""
    return event.moved_to(date(2026, 6, 1)).model_copy(
        update={
            "code": f"e{number}",
            "short_title": f"Секция {number}",
            "title": f"Секция {number}",
            "module": "Точки роста",
            "audience": Audience(categories=(Category.TEACHER,)),
            "announced_at": None,
        }
    )


async def test_an_event_is_found_by_who_one_is_by_month_and_by_module(chat: Chat) -> None:
    event = await in_april(chat)
    for number in range(6):
        await load(chat, of_another_kind(event, number))
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts()
    await anna.presses("Мероприятия")
    anna.sees_in("• Создавай со Scratch: приём до 30 апреля, осталось 12 дней", "Скоро:\n• Секция 0: приём с 1 июня")
    await anna.presses("Подобрать")
    anna.sees(
        "Как искать?",
        "[Что мне подходит] / [По направлениям] [По месяцам] / [Прошедшие] [Мои напоминания] / "
        "[Мои события в календарь] / [Все события] [В меню]",
    )
    await anna.presses("Что мне подходит")
    anna.sees(
        "Для кого ищем события? Спрошу один раз.",
        "[Школьник] / [Дошкольник] / [Педагог] / [Студент] / [Все события]",
    )
    await anna.presses("Школьник")
    anna.sees("В каком классе участник? Например: 3Б", "[Класс не важен] / [Все события]")
    await anna.writes("двенадцатый")
    anna.sees_in("Напишите класс")
    await anna.writes("3Б")
    anna.sees(
        "Подходит для: 3 класс\n\nСейчас можно принять участие:\n"
        "• Создавай со Scratch: приём до 30 апреля, осталось 12 дней",
        "[Создавай со Scratch] / [Подобрать] [В меню]",
    )
    await anna.presses("Подобрать")
    await anna.presses("Что мне подходит")
    anna.sees_in("Подходит для: 3 класс")
    await anna.presses("Подобрать")
    await anna.presses("По месяцам")
    anna.sees("Какой месяц?", "[Апрель 2026] [Июнь 2026] / [Подобрать] [В меню]")
    await anna.presses("Июнь 2026")
    anna.sees_in("Июнь 2026\n\nСкоро:\n• Секция 0")
    await anna.presses("Ещё ›")
    assert anna.last.keyboard == "[Секция 5] / [‹] [Подобрать] [В меню]"
    await anna.presses("Подобрать")
    await anna.presses("По направлениям")
    await anna.presses("Точки роста")
    anna.sees_in("Направление «Точки роста»", "• Секция 4")
    await anna.presses("Подобрать")
    await anna.presses("Прошедшие")
    anna.sees_in("Здесь пока ничего нет.")


async def test_earlier_applications_answer_for_whom_and_what_is_over_is_apart(chat: Chat) -> None:
    made = await scene(chat)
    other = made.event.model_copy(
        update={"code": "e1", "short_title": "Секция", "audience": Audience(categories=(Category.TEACHER,))}
    )
    await load(chat, other)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    async with made.storage() as storage:
        await storage.events.publish(made.event.code, by=nina.id, at=chat.clock())
    await nina.presses("Мероприятия")
    assert nina.last.keyboard == "[Секция] / [В меню]"
    for way, seen in (("suitable", "Подходит для: 3 класс, педагоги"), ("past", "Прошедшие:\n• Создавай со Scratch")):
        await load(chat, other.model_copy(update={"code": f"e-{way}"}))
        await load(chat, other.model_copy(update={"code": f"f-{way}"}))
        await nina.presses("Мероприятия")
        await nina.presses("Подобрать")
        await nina.presses("Что мне подходит" if way == "suitable" else "Прошедшие")
        nina.sees_in(seen)


async def test_the_calendar_file_has_the_meeting_and_the_deadline(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Орлова Нина", grade=None, supervisor=None)
    await nina.starts("webinar-scratch")
    await nina.presses("В календарь")
    assert [message.text for message in nina.new] == [
        "Готовлю файл для календаря, пришлю его сюда.",
        "Откройте файл, и события появятся в вашем календаре с напоминаниями.",
    ]
    events = {str(one["uid"]).partition("-")[0]: one for one in Calendar.from_ical(await nina.file()).walk("VEVENT")}
    meeting = made.event.meeting
    assert meeting is not None
    assert events["meeting"].decoded("dtstart") == meeting.starts_at
    assert events["meeting"]["url"] == meeting.join_url
    assert events["deadline"].decoded("dtend") == made.event.closes_at.replace(microsecond=0)
    assert all(one.walk("VALARM") for one in events.values())


async def test_one_is_reminded_once_and_only_while_there_is_something_to_do(chat: Chat) -> None:
    made = await scene(chat)
    people = [await made.person(*name) for name in (("Анна", "Ветрова"), ("Нина", "Орлова"), ("Олег", "Белов"))]
    anna, nina, oleg = people
    for person in people:
        await person.starts("scratch")
        await person.presses("Напомнить")
        person.sees_in("За сколько напомнить?")
        assert person.last.keyboard == "[За неделю] [За 3 дня] / [За день] [За час] / [К мероприятию]"
        await person.presses("За 3 дня")
        person.sees_in("Напомню ", "«Создавай со Scratch».")
    await made.hands_in(await made.applies(nina, "Соколова Вера"))
    await oleg.presses("Мои напоминания")
    oleg.sees("Напомню:\n• Создавай со Scratch: за 3 дня", "[Не нужно: Создавай со Scratch] / [В меню]")
    await oleg.presses("Не нужно: Создавай со Scratch")
    oleg.sees_in("Хорошо, об этом событии не напомню.")

    until = made.event.closes_at - chat.clock()
    await chat.passes(until - 3 * DAY - 6 * HOUR)
    assert await reminded(people) == [0, 0, 0]
    await chat.passes(2 * HOUR)
    await chat.passes(HOUR)
    assert await reminded(people) == [1, 0, 0]
    anna.sees_in("Напоминаю: «Создавай со Scratch», приём заявок до ", "остал")
    assert anna.last.keyboard == "[О событии] [Мои напоминания]"


async def test_a_moved_deadline_moves_its_reminder_and_an_event_that_is_over_needs_none(chat: Chat) -> None:
    made = await scene(chat)
    anna, nina = await made.person("Анна", "Ветрова"), await made.person("Нина", "Орлова")
    for person, when in ((anna, "За день"), (nina, "За час")):
        await person.starts("scratch")
        await person.presses("Напомнить")
        await person.presses(when)
    async with made.storage() as storage:
        await storage.events.extend(made.event.code, made.event.closes_at + 3 * DAY, by=made.organizer.id)
    await chat.passes(made.event.closes_at - chat.clock())
    assert await reminded([anna]) == [0]
    await chat.passes(2 * DAY + HOUR)  # it was down since the evening, and it is night now
    assert await reminded([anna]) == [0]
    await chat.passes(8 * HOUR)
    assert await reminded([anna]) == [1]
    async with made.storage() as storage:
        await storage.events.publish(made.event.code, by=made.organizer.id, at=chat.clock())
    await chat.passes(DAY - 9 * HOUR)
    assert await reminded([nina]) == [0]


async def reminded(people: list[Person]) -> list[int]:
    """How many reminders each has got."""
    for person in people:
        await person.looks()
    return [sum(one.text.startswith("Напоминаю") for one in person.all) for person in people]
