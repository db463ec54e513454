"""More time for one person or one school: given by a tap with a reason, told, judged by, taken back; silent minutes."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.event import Event
from tests.talks.chat import Chat
from tests.talks.organizer_scene import INTAKE, JUDGING, Scene, scene
from tests.talks.scenes import apply_as_teacher, hand_in_file, open_application

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def graceful(event: Event) -> Event:
    """Ten silent minutes after the deadline."""
    return event.model_copy(update={"grace_minutes": 10})


async def to_the_end(made: Scene, later: timedelta) -> None:
    """So long after the end of intake."""
    await made.chat.passes(made.event.closes_at - made.chat.clock() + later)


async def test_more_time_is_given_from_the_card_told_and_taken_back(chat: Chat) -> None:
    made = await scene(chat)
    nina, zoya, organizer = await made.person("Нина", "Орлова"), await made.person("Зоя", "Седых"), made.organizer
    number, _ = await apply_as_teacher(nina), await apply_as_teacher(zoya, name="Ветрова Анна Олеговна")
    await to_the_end(made, HOUR)
    await nina.presses("Сдать работу")
    nina.sees_in("закончился")
    await made.opens("Заявки")
    await organizer.writes(number)
    await organizer.presses("Больше времени")
    organizer.sees_in("«Создавай со Scratch»: больше времени.\nКому?")
    assert organizer.last.keyboard == ("[Нина Орлова] / [Всей школе: МАОУ гимназия № 13 г. Томска] / [Назад] [Отмена]")
    await organizer.presses("Нина Орлова")
    organizer.sees_in("Нина Орлова, сейчас срок ", "До какого дня?")
    await organizer.writes("вчера")
    organizer.sees_in("Не понял срок.")
    await organizer.presses(organizer.last.buttons[0][0])
    organizer.sees_in("По какой причине?")
    await organizer.writes("Не было интернета")
    organizer.sees_in("Причина: Не было интернета", "Сообщу 1 человеку.")
    await organizer.presses("Дать время")
    organizer.sees_in("Нина Орлова: срок до ", "Сообщаю 1 человеку.")
    async with made.storage() as storage:
        (entry,) = await storage.audit.tail(1)
    assert (entry.action, entry.subject) == ("extend_for_one", f"person:{nina.id}")
    assert "интернет" not in str(entry.detail)

    await nina.looks()
    nina.sees_in("«Создавай со Scratch»: для вас срок продлён до ")
    await hand_in_file(nina, number)
    await open_application(nina, number)
    assert "Заменить работу" in nina.last.keyboard
    await zoya.presses("Сдать работу")
    zoya.sees_in("закончился")
    await nina.starts("scratch")
    nina.sees_in("Когда: до ", "остал")

    await organizer.presses("Кому дано больше времени")
    organizer.sees_in("Больше времени дано:\n• Нина Орлова: до ", "(Не было интернета)")
    await organizer.presses("Отменить: Нина Орлова")
    await organizer.presses("Отменить")
    organizer.sees_in("больше времени никому не дано")
    await nina.looks()
    nina.sees_in("дополнительное время отменено")
    await open_application(nina, number)
    assert "Заменить работу" not in nina.last.keyboard


async def test_a_school_gets_more_time_and_only_it_may_apply(chat: Chat) -> None:
    made = await scene(chat)
    anna, organizer = await made.person("Анна", "Ветрова"), made.organizer
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    await to_the_end(made, HOUR)
    await anna.starts("scratch")
    assert "Подать заявку" not in anna.last.keyboard
    await made.opens("Ещё")
    await organizer.presses("Кому дано больше времени")
    await organizer.presses("Дать больше времени")
    await organizer.writes("школа в Рио-де-Жанейро")
    organizer.sees_in("Не нашёл.")
    await organizer.writes("г13")
    await organizer.presses(organizer.last.buttons[0][0])
    organizer.sees_in("МАОУ гимназия № 13 г. Томска, сейчас срок ")
    await organizer.presses(organizer.last.buttons[1][0])
    await organizer.writes("Карантин")
    await organizer.presses("Дать время")
    await nina.looks()
    nina.sees_in("для вашей школы срок продлён")

    await anna.starts("scratch")
    await anna.presses("Подать заявку")
    assert anna.new[0].text == (
        "Общий приём закончен. Заявки ещё можно подать от организаций: МАОУ гимназия № 13 г. Томска."
    )
    await anna.writes("меню")
    assert await apply_as_teacher(anna, name="Белов Артём Олегович")
    async with made.storage() as storage:
        (application,) = await storage.applications.of_person(anna.id)
    assert application.state is ApplicationState.SENT


async def test_silent_minutes_are_given_to_all_and_told_to_nobody(chat: Chat) -> None:
    made = await scene(chat, days=INTAKE, changed=graceful)
    nina = await made.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await to_the_end(made, 5 * MINUTE)
    await open_application(nina, number)
    assert "Сдать работу" in nina.last.keyboard
    await hand_in_file(nina, number)
    await to_the_end(made, 11 * MINUTE)
    await nina.attaches("doc", title="game.sb3", size=20_000)
    nina.sees_in("закончился", "23:59")


async def test_nobody_gets_time_that_the_jury_lacks(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina, organizer = await made.person("Нина", "Орлова"), made.organizer
    one = await made.applies(nina, "Соколова Вера")
    await made.opens("Заявки")
    await organizer.writes(one.number)
    await organizer.presses("Больше времени")
    await organizer.presses("Нина Орлова")
    await organizer.writes("через 90 дней")
    organizer.sees_in("а жюри нужен хотя бы день")
    await organizer.presses("Отмена")
    organizer.sees_in("больше времени никому не дано")
