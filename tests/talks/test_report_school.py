"""«Год школы»: by whom it may be had, and whose names stand in it."""

from __future__ import annotations

from io import BytesIO

from python_calamine import CalamineWorkbook

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat
from tests.talks.organizer_scene import INTAKE, Scene, scene
from tests.talks.scenes import load_event
from tests.talks.test_organizer_roles import administrator
from tests.talks.test_report import words_of

GYMNASIUM, LYCEUM = "МАОУ гимназия № 13 г. Томска", "МАОУ лицей № 7 г. Томска"


async def two_events(chat: Chat) -> Scene:
    """At one event two pupils of the gymnasium and one of the lyceum; at another, held by others, one more."""
    made = await scene(chat, days=INTAKE)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера", supervisor="Орлова Нина Петровна")
    await made.applies(nina, "=Рябова Зоя", supervisor="Орлова Нина Петровна", consent=False)
    await made.applies(nina, "Белов Артём", organisation=("lyceum-7-tomsk", LYCEUM))
    mother = await load_event(chat, "my-mother.yaml", opened_days_ago=8)
    await made.applies(nina, "Дымова Ия", event=mother, nomination=None)
    return made


async def test_an_organizer_takes_a_schools_year_of_own_events_an_administrator_of_all(chat: Chat) -> None:
    made = await two_events(chat)
    olga, admin = made.organizer, await administrator(made)
    await olga.writes("меню")
    await olga.presses("Кабинет организатора")
    await olga.presses("Год школы")
    await olga.writes("школа на луне 99")
    olga.sees_in("В справочнике нет «школа на луне 99».")
    await olga.writes("гимназия 13 томск")
    olga.sees_in(GYMNASIUM, "1 событие, 2 заявки, 2 участия, 0 наград, 1 педагог.", "Учтены только события")
    await olga.presses("Справка (DOCX)")
    text = await words_of(olga)
    for expected in (GYMNASIUM, "Соколова Вера, 3 класс", "Орлова Нина Петровна", "1 человек, без имени"):
        assert expected in text
    for unwanted in ("Рябова", "Белов", "Дымова"):
        assert unwanted not in text

    await admin.writes("год школы")
    await admin.writes("гимназия 13 томск")
    admin.sees_in("2 события, 3 заявки, 3 участия")
    await admin.presses("Таблица (XLSX)")
    book = CalamineWorkbook.from_object(BytesIO(await admin.file()))
    people = str(book.get_sheet_by_name("Участники").to_python())
    assert "Дымова Ия" in people
    assert "Рябова" not in people
    async with made.storage() as storage:
        assert [one.action for one in await storage.audit.tail(2)] == ["view_school_year", "view_school_year"]


async def test_a_host_has_the_year_of_the_own_school_alone(chat: Chat) -> None:
    made = await two_events(chat)
    zoya = await made.person("Зоя", "Кедрова")
    await zoya.writes("год школы")
    assert "Год какой школы" not in zoya.last.text
    async with made.storage() as storage:
        await storage.roles.grant(
            zoya.id,
            RoleKind.HOST,
            made.event.code,
            by=None,
            at=chat.clock(),
            organisation="gymnasium-13-tomsk",
        )
    await zoya.writes("год школы")
    zoya.sees_in(GYMNASIUM, "2 события, 3 заявки, 3 участия")
    assert "Другая школа" not in zoya.last.keyboard
    await zoya.presses("Справка (DOCX)")
    text = await words_of(zoya)
    assert "Соколова Вера, 3 класс" in text
    for unwanted in ("Дымова", "Рябова", "Белов"):
        assert unwanted not in text
    async with made.storage() as storage:
        await storage.roles.revoke(zoya.id, RoleKind.HOST, made.event.code, "gymnasium-13-tomsk")
    await zoya.writes("год школы")
    assert GYMNASIUM not in zoya.last.text
