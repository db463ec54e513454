"""The deadline: typed as people type it, extended in one act, told to everybody with something unfinished."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.contest import calendar
from bot.contest.event.moments import TOMSK
from bot.contest.refusal import Refusal
from handlers.organizer.time.moments import read_coming
from tests.talks.chat import Chat
from tests.talks.organizer_scene import PROTOCOL, Scene, scene
from tests.talks.scenes import apply_as_teacher, hand_in_file

NOW = datetime(2026, 4, 18, 12, 0, tzinfo=TOMSK)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("завтра", "2026-04-19 23:59:59"),
        ("сегодня", "2026-04-18 23:59:59"),
        ("послезавтра в 18:00", "2026-04-20 18:00:00"),
        ("30 апреля", "2026-04-30 23:59:59"),
        ("30 апреля, 18:00", "2026-04-30 18:00:00"),
        ("30.04", "2026-04-30 23:59:59"),
        ("30.04 18:00", "2026-04-30 18:00:00"),
        ("30.04.26 9:05", "2026-04-30 09:05:00"),
        ("30.04.2026", "2026-04-30 23:59:59"),
        ("2026-05-02", "2026-05-02 23:59:59"),
        ("15 января", "2027-01-15 23:59:59"),
        ("через 3 дня", "2026-04-21 23:59:59"),
        ("Через 1 день до 10:00", "2026-04-19 10:00:00"),
        ("18:30", "2026-04-18 18:30:00"),
    ],
)
def test_a_moment_is_read_as_people_type_it(typed: str, meant: str) -> None:
    found = read_coming(typed, now=NOW, zone=TOMSK)
    assert isinstance(found, datetime), found
    assert f"{found:%Y-%m-%d %H:%M:%S}" == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "expected"),
        ("когда-нибудь", "expected"),
        ("31.02", "expected"),
        ("30.04 25:00", "expected"),
        ("1" * 50, "expected"),
        ("11:00", "past"),
        ("17.04.2026", "past"),
        ("30.04.2028", "far"),
    ],
)
def test_what_is_no_moment_to_come_is_refused(typed: str, key: str) -> None:
    assert read_coming(typed, now=NOW, zone=ZoneInfo("Asia/Tomsk")) == Refusal(f"org.moment.{key}")


async def closes_at(made: Scene) -> datetime:
    async with made.storage() as storage:
        stored = await storage.events.get(made.event.code)
    assert stored is not None
    assert stored.closes_at is not None
    return stored.closes_at


async def test_everybody_with_something_unfinished_hears_of_the_new_deadline(chat: Chat) -> None:
    made = await scene(chat)
    began = await made.person("Анна", "Смирнова")
    await began.starts("scratch")
    await began.presses("Подать заявку")
    await began.presses("Родитель")
    without, done = await made.person("Нина", "Орлова"), await made.person("Зоя", "Кедрова")
    await apply_as_teacher(without)
    await hand_in_file(done, await apply_as_teacher(done, name="Ветрова Анна Олеговна"))
    old = await closes_at(made)

    await made.opens("Продлить приём")
    made.organizer.sees_in("«Создавай со Scratch»: приём до ", "Новый срок?")
    await made.organizer.writes("вчера")
    made.organizer.sees_in("Не понял срок. Например: «завтра»")
    await made.organizer.writes("завтра")
    made.organizer.sees_in("Новый срок должен быть позже нынешнего:")
    await made.organizer.writes("через 60 дней")
    assert made.event.judging_until is not None
    judging = calendar.deadline(made.event.judging_until, TOMSK, now=chat.clock())
    latest = calendar.deadline(made.event.judging_until - timedelta(days=1), TOMSK, now=chat.clock())
    made.organizer.sees_in(
        f"Оценивание заканчивается {judging}, а жюри нужен хотя бы день. Самый поздний срок: {latest}."
    )
    assert "+7 дней" not in made.organizer.last.keyboard
    later = (old + timedelta(days=3)).astimezone(TOMSK)
    await made.organizer.presses(f"+3 дня: до {calendar.day(later, TOMSK, now=chat.clock())}")
    until = calendar.deadline(later, TOMSK, now=chat.clock())
    made.organizer.sees(
        f"Новый срок: {until}.\nОценивание до {judging}: на него останется 4 дня.\n"
        "Сообщу всем, у кого заявка не закончена, нет работы или согласия: это 2 человека.",
        "[Продлить] / [Назад] [Отмена]",
    )
    assert await closes_at(made) == old
    await made.organizer.presses("Продлить")
    made.organizer.sees(f"Приём продлён до {until}. Сообщаю 2 людям.", "[К мероприятию]")
    assert await closes_at(made) == old + timedelta(days=3)

    for person in (began, without, done):
        await person.looks()
    told = f"«Создавай со Scratch»: срок продлён, теперь до {until}. Успеете закончить заявку и сдать работу."
    assert [began.last.text, without.last.text] == [told, told]
    assert told not in [message.text for message in done.all]
    await began.presses("Согласен(на)")
    assert "Отдельно" in began.last.text or "публикац" in began.last.text
    async with made.storage() as storage:
        (entry,) = await storage.audit.tail(1)
    assert (entry.action, entry.detail["told"]) == ("extend_deadline", 2)


async def test_a_second_organizer_finds_it_extended(chat: Chat) -> None:
    """docs/faults.md F48."""
    made = await scene(chat)
    second = await made.person("Инна", "Седых")
    await made.organizes(second)
    days = "через 20 дней"
    for person in (made.organizer, second):
        await made.opens("Продлить приём", person)
        await person.writes(days)
    await made.organizer.presses("Продлить")
    moved = await closes_at(made)
    await second.presses("Продлить")
    second.sees_in("Срок уже продлён: до ")
    assert await closes_at(made) == moved


async def test_who_can_not_be_reached_is_named_with_the_reason(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    async with made.storage() as storage:
        await storage.people.unreachable(nina.id, 901, at=chat.clock())
    await made.opens("Продлить приём")
    await made.organizer.writes("через 20 дней")
    unreachable = "Не дойдёт до 1 человека: Нина Орлова (запрещены сообщения от сообщества)."
    made.organizer.sees_in("это 0 человек.", unreachable)


async def test_after_the_protocol_it_is_too_late(chat: Chat) -> None:
    made = await scene(chat)
    await made.opens("Продлить приём")
    await made.organizer.writes("через 20 дней")
    async with made.storage() as storage:
        await storage.events.approve(made.event.code, by=made.organizer.id, at=chat.clock())
    await made.organizer.presses("Продлить")
    made.organizer.sees("Протокол утверждён, продлевать приём поздно.", "[К мероприятию]")


async def test_once_judging_is_over_there_is_no_time_left_to_give(chat: Chat) -> None:
    made = await scene(chat, days=PROTOCOL)
    assert made.event.judging_until is not None
    judging = calendar.deadline(made.event.judging_until, TOMSK, now=chat.clock())
    await made.opens("Продлить приём")
    made.organizer.sees(
        f"Оценивание заканчивается {judging}: продлить приём уже нельзя, иначе жюри не успеет. "
        "Сначала попросите администратора продлить оценивание.",
        "[К мероприятию]",
    )
    await made.organizer.presses("К мероприятию")
    made.organizer.sees_in("подводим итоги")


async def test_leaving_the_question_leads_back_to_the_event(chat: Chat) -> None:
    made = await scene(chat)
    for word in ("Назад", "Отмена"):
        await made.opens("Продлить приём")
        await made.organizer.presses(word)
        made.organizer.sees_in("Создавай со Scratch\nидёт приём до ")
