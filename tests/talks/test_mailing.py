"""An announcement on its way through the real sender: who gets it, who reads it, what the report file says."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from handlers.organizer.announcing import report_file
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene, scene

TEXT = "Завтра консультация, начало в 15:00"


async def start(made: Scene, text: str = TEXT) -> int:
    """The organizer confirms an announcement to all applicants."""
    async with made.storage() as storage:
        one = await storage.announcements.draft(
            event_code=made.event.code,
            author_id=made.organizer.id,
            text=text,
            audience={"key": "applicants", "events": [made.event.code]},
            at=made.chat.clock(),
        )
        await storage.announcements.start(one.id, version=1, by=made.organizer.id, at=made.chat.clock())
    await made.chat.settled()
    return one.id


async def got(person: Person, text: str = TEXT) -> int:
    """How often somebody has got it."""
    await person.looks()
    return sum(text in message.text for message in person.all)


async def test_readers_get_it_once_and_the_organizer_sees_who_has_read_it(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.control("settings", {"longpoll_events": {"message_read": 1}})
    made = await scene(chat)
    nina, oleg, zoya, inna = [
        await made.person(*name)
        for name in (("Нина", "Орлова"), ("=1+1", "@all"), ("Зоя", "Седых"), ("Инна", "Белова"))
    ]
    for person, name in (
        (nina, "Соколова Вера"),
        (nina, "Ветрова Анна"),
        (oleg, "Белов Артём"),
        (zoya, "Громова Лада"),
    ):
        await made.applies(person, name)
    await chat.control(f"people/{zoya.id}/deny", {})
    await chat.settled()
    await made.applies(inna, "Белова Ида", consent=False)
    async with made.storage() as storage:
        await storage.people.no_news(inna.id, since=chat.clock())
    id_ = await start(made)
    assert [await got(person) for person in (nina, oleg, zoya, inna)] == [1, 1, 0, 0]
    nina.sees_in("Создавай со Scratch", TEXT)
    await made.organizer.looks()
    report = made.organizer.last
    assert f"Объявление № {id_}" in report.text
    assert "2 из 2" in report.text
    await chat.control(f"people/{nina.id}/read", {})
    await chat.settled()
    async with made.storage() as storage:
        one = await storage.announcements.get(id_)
        assert one is not None
        figures = await storage.announcements.figures(one)
    assert (figures.planned, figures.sent, figures.read) == (2, 2, 1)
    await made.organizer.presses("Отчёт XLSX")
    assert made.organizer.last.text == f"Отчёт об объявлении № {id_}."
    book = CalamineWorkbook.from_filelike(BytesIO(await made.organizer.file()))
    rows = book.get_sheet_by_index(0).to_python()
    monkeypatch.setattr(report_file, "MOST_HERE", 0)
    await made.organizer.presses("Отчёт XLSX", cmid=report.cmid)
    apart = CalamineWorkbook.from_filelike(BytesIO(await made.organizer.file()))
    assert apart.get_sheet_by_index(0).to_python() == rows
    assert [row[0] for row in rows] == ["Получатель", "Нина Орлова", "=1+1 @all", "Зоя Седых", ""]
    assert [bool(row[4]) for row in rows[1:]] == [True, False, False, False]
    assert rows[1][2] == "доставлено"
    assert rows[4][:3] == ["", "", "отказ от новостей"]
    figures_sheet = {str(row[0]): row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert (figures_sheet["Получателей"], figures_sheet["Прочитано, насколько известно"]) == ("2", "1")
    async with made.storage() as storage:
        (entry,) = await storage.audit.tail(1)
    assert dict(entry.detail)["act"] == "report"
