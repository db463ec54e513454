"""A parent event: its parts are chosen at once, what is common is entered once, people are counted once."""

from __future__ import annotations

from datetime import date, timedelta

from bot.contest.consents import Applicant
from bot.contest.event import Event
from bot.contest.event.loading import read_events
from bot.contest.event.moments import TOMSK
from handlers.organizer.time.copying import moved_family
from tests.talks.chat import Chat
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import EVENTS, load, send

FILES = ("smart-home.yaml", "smart-home-webinar.yaml", "smart-home-blender.yaml", "smart-home-projects.yaml")


async def smart_home(chat: Chat) -> tuple[Scene, list[Event]]:
    """«Умный дом» with its parts; registration for the webinar and the master class began two days ago."""
    made = await scene(chat)
    family = read_events(EVENTS / file for file in FILES)
    events = [event for event in family if isinstance(event, Event)]
    assert len(events) == len(FILES), family
    start: date = (chat.clock().astimezone(TOMSK) - timedelta(days=2)).date()
    moved = list(moved_family(events, start))
    for event in moved:
        await load(chat, event)
        await made.organizes(made.organizer, event)
    return made, moved


async def test_what_is_common_is_entered_once_for_all_the_parts_that_were_chosen(chat: Chat) -> None:
    _, (_, webinar, blender, projects) = await smart_home(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts()
    await nina.presses("Мероприятия")
    assert "[Умный дом] /" in nina.last.keyboard
    assert blender.short_title not in nina.last.keyboard
    await nina.presses("Умный дом")
    nina.sees_in("Из чего состоит:\n• ", f"• {projects.title}: приём с ")
    assert nina.last.keyboard.startswith(f"[Участвовать] / [{webinar.short_title}] [{blender.short_title}] / ")
    await nina.presses("Участвовать")
    nina.sees("«Умный дом»: в чём будете участвовать? Отметьте одно или несколько.")
    assert projects.short_title not in nina.last.keyboard
    await nina.presses(blender.short_title)
    await nina.presses(f"✓ {blender.short_title}")
    assert "Дальше" not in nina.last.keyboard
    await nina.presses(webinar.short_title)
    await nina.presses(blender.short_title)
    await nina.presses("Дальше")
    if "Педагог, участвую сам(а)" in nina.last.keyboard:
        await nina.presses("Педагог, участвую сам(а)")
    await nina.presses("Согласен(на)")
    await nina.presses("Публиковать можно")
    await nina.writes("Орлова Нина Петровна")
    while "Школа, сад или кружок?" not in nina.last.text:
        await nina.presses("Пропустить") if "Пропустить" in nina.last.keyboard else await nina.writes("учитель химии")
    await nina.writes("гимназия 13 томск")
    await nina.presses("Да")
    while "Проверьте" not in nina.last.text:
        await nina.presses("Пропустить" if "Пропустить" in nina.last.keyboard else nina.last.buttons[0][0])
    await nina.presses("Отправить")
    number = f"{webinar.number_prefix}-{webinar.year}-0001"
    assert nina.new[0].text == (
        f"Заявка {number} принята. Теперь «{blender.short_title}»: имя, школу и контакт я уже записал."
    )
    await nina.presses("Согласен(на)")
    await nina.presses("Публиковать можно")
    while "Проверьте" not in nina.last.text:
        assert not {"Ваши фамилия, имя", "Школа, сад или кружок"} & set(nina.last.text.split("?"))
        await nina.presses("Пропустить")
    nina.sees_in("Орлова Нина Петровна", "МАОУ гимназия № 13 г. Томска")
    assert await send(nina) == f"{blender.number_prefix}-{blender.year}-0001"


async def test_the_parent_counts_everybody_once_and_has_one_list(chat: Chat) -> None:
    made, (parent, webinar, blender, _) = await smart_home(chat)
    facts = {"grade": None, "role": Applicant.SELF, "supervisor": None}
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    came = await made.applies(nina, "Орлова Нина", event=webinar, **facts)  # type: ignore[arg-type]
    await made.applies(nina, "Орлова Нина", event=blender, **facts)  # type: ignore[arg-type]
    await made.applies(oleg, "Белов Олег", event=blender, **facts)  # type: ignore[arg-type]
    async with made.storage() as storage:
        await storage.attendance.mark(came.id, way="organizer", by=made.organizer.id, at=chat.clock())
    organizer = made.organizer
    await organizer.writes("меню")
    await organizer.presses("Кабинет организатора")
    await organizer.presses(parent.short_title)
    organizer.sees_in(f"{webinar.short_title}: 1 человек", f"{blender.short_title}: 2 человека", "Всего: 2 человека")
    await organizer.presses("Ещё")
    await organizer.presses("Кто пришёл")
    organizer.sees(
        f"Умный дом: 2 участника\n• Белов Олег: {blender.short_title}\n"
        f"• Орлова Нина: ✓ {webinar.short_title}, {blender.short_title}",
        f"[{webinar.short_title}] [{blender.short_title}] / [К мероприятию]",
    )
    await organizer.presses(blender.short_title)
    organizer.sees_in("Пришли 0 из 2.")
