"""An organizer takes lists away: as they are on the screen, with the columns of their choice, noted in the log."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.exports import model
from handlers.book import texts
from handlers.kinds import Desk
from handlers.organizer.exports import making
from storage.audit import Entry
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import INTAKE, JUDGING, PHONE, Scene, scene
from tests.talks.test_organizer_rights import presses_sealed
from tests.talks.test_organizer_views import takes_back


async def rows_of(person: Person) -> list[list[str]]:
    """The rows of the CSV that has just come."""
    data = (await person.file()).decode("utf-8-sig")
    return list(csv.reader(StringIO(data, newline=""), delimiter=";"))


async def taken_away(made: Scene) -> list[Entry]:
    async with made.storage() as storage:
        return [one for one in await storage.audit.tail(100) if one.action == Action.EXPORT]


def titles(rows: Sequence[Sequence[object]]) -> list[object]:
    return [one for one in rows[0] if one]


async def test_a_filter_as_shown_is_kept_and_named_and_columns_are_remembered(chat: Chat) -> None:
    made = await scene(chat, days=INTAKE)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    await made.applies(nina, "Соколова Вера Ильинична")
    asked = await made.applies(nina, "=Ветрова Анна", state=ApplicationState.CHANGES_ASKED)
    await made.opens("Заявки")
    await olga.presses("Показать другие")
    await olga.presses("На исправлении: 1")
    await olga.presses("Выгрузить")
    olga.sees(
        "Заявки · «Создавай со Scratch»\n"
        "Строки: на исправлении — 1. Одна строка — одна заявка, сколько бы в ней ни было людей.\n"
        "Столбцы: для печати, 11 из 24: Номер заявки, Состояние, Участник, Класс, Организация, Номинация, "
        "Возрастная группа, Руководитель и ещё 3.\n"
        "В файле будут личные данные. Выгрузка попадёт в журнал.",
        "[Excel (XLSX)] [CSV] / [Все столбцы] [Без личных данных] / [Для печати] [Выбрать столбцы] / "
        "[Выбрать строки] [К выгрузкам]",
    )
    await olga.presses("Без личных данных")
    olga.sees_in("Столбцы: без личных данных, ", "Личных данных в файле не будет.")
    await olga.presses("Выбрать столбцы")
    olga.sees_in("Заявки: столбцов 16 из 24")
    await olga.presses("– Участник")
    olga.sees_in("Заявки: столбцов 17 из 24")
    assert "[✓ Участник]" in olga.last.keyboard
    await olga.presses("К выгрузке")
    olga.sees_in("Столбцы: свой набор, 17 из 24", "В файле будут личные данные.")
    await olga.presses("Excel (XLSX)")
    assert [message.text for message in olga.new] == [
        "Готовлю файл «Заявки». Пришлю сюда, обычно это несколько секунд.",
        "Заявки: 1 строка. Строки: на исправлении.",
    ]
    assert olga.last.attachments[0]["doc"]["title"].startswith("Заявки (на исправлении), Создавай со Scratch, ")
    book = CalamineWorkbook.from_filelike(BytesIO(await olga.file()))
    heading, row = book.get_sheet_by_name("Заявки").to_python()
    assert len(heading) == 17
    assert row[:4] == [asked.number, "нужны исправления", "=Ветрова Анна", "3 класс"]
    about = {str(one[0]): one[1] for one in book.get_sheet_by_name("О выгрузке").to_python()}
    assert about["Фильтр"] == "на исправлении"
    assert about["Строк"] == 1.0
    (entry,) = await taken_away(made)
    assert (entry.actor_id, entry.subject) == (olga.id, f"event:{made.event.code}")
    assert entry.detail["personal"] is True
    assert (entry.detail["list"], entry.detail["rows"], entry.detail["filter"]) == ("applications", 1, "changes_asked")
    assert "Ветрова" not in str(entry.detail)

    await made.opens("Заявки")
    await olga.presses("Выгрузить")
    olga.sees_in("Строки: все — 2.", "Столбцы: свой набор, 17 из 24")


async def test_what_was_searched_for_is_what_leaves_and_the_log_does_not_name_it(chat: Chat) -> None:
    made = await scene(chat)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    for name in ("Соколова Вера", "Соколов Артём", "Ветрова Анна"):
        await made.applies(nina, name)
    await made.opens("Заявки")
    await olga.writes("соколов")
    await olga.presses("Выгрузить")
    olga.sees_in("Строки: найденные по запросу «соколов».")
    await olga.presses("CSV")
    olga.sees("Заявки: 2 строки. Строки: найденные по запросу «соколов».", "[К выгрузке]")
    rows = await rows_of(olga)
    assert [row[2] for row in rows] == ["Участник", "Соколова Вера", "Соколов Артём"]
    (entry,) = await taken_away(made)
    assert entry.detail["filter"] == "search"
    assert "соколов" not in str(entry.detail)
    async with made.storage() as storage:
        assert (await storage.exports.kept(olga.id, "applications")).searched is None

    await made.opens("Заявки")
    await olga.writes("вера")
    await olga.writes("соколов")
    await presses_sealed(made, olga, f"export:-/{made.event.code}/applications/~00000000")
    olga.sees_in("Прежний поиск уже не помню, поэтому показаны все строки.\nСтроки: все — 3.")


async def test_many_rows_with_personal_data_leave_after_one_more_question(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "ASK_FROM_ROWS", 1)
    made = await scene(chat)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    one, two = await made.applies(nina, "Соколова Вера"), await made.applies(nina, "Ветрова Анна")
    await takes_back(made, two)
    await made.opens("Ещё")
    await olga.presses("Бумаги и выгрузки")
    await olga.presses("Выгрузки")
    olga.sees_in("Выгрузки: «Создавай со Scratch»")
    await olga.presses("Заявки")
    await olga.presses("Все столбцы")
    await olga.presses("CSV")
    olga.sees(
        "Заявки: 2 строки с личными данными.\nВыгрузить? Храните файл так, чтобы его видели только те, кому он нужен.",
        "[Да, выгрузить] / [К выгрузке]",
    )
    assert await taken_away(made) == []
    await olga.presses("Да, выгрузить")
    heading, first, second = await rows_of(olga)
    at = {title: place for place, title in enumerate(heading)}
    assert (first[at["Номер заявки"]], first[at["Телефон"]]) == (one.number, f"'{PHONE}")
    # Without a consent in force nothing of the people is told, but the application is not lost.
    assert (second[at["Участник"]], second[at["Номер заявки"]]) == ("участник № 2", two.number)
    assert {second[at[title]] for title in ("Руководитель", "Телефон", "Почта", "Страница заявителя")} == {""}
    assert second[at["Организация"]] == "МАОУ гимназия № 13 г. Томска"


async def test_b23_an_organizer_who_judges_waits_for_the_protocol(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    one = await made.applies(nina, "Соколова Вера")
    await made.hands_in(one)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {one.id: 31})
    async with made.storage() as storage:
        await storage.jury.join(
            olga.id, made.event.code, full_name="Лугова Ольга", organisation_code=None, at=chat.clock()
        )
    await made.opens("Рейтинг")
    await olga.presses("Выгрузить")
    olga.sees_in("Рейтинг: пока вы в жюри этого мероприятия, оценки коллег не показываю.")
    await presses_sealed(made, olga, f"export_make:csv/{made.event.code}/scores/")
    olga.sees_in("пока вы в жюри этого мероприятия")
    async with made.storage() as storage:
        await storage.events.approve(made.event.code, by=olga.id, at=chat.clock())
    await made.opens("Рейтинг")
    await olga.presses("Выгрузить")
    await olga.presses("CSV")
    heading, row = await rows_of(olga)
    assert heading[:4] == ["Сравнение", "Место", "Номер заявки", "Участник"]
    assert row[1:4] == ["1", one.number, "Соколова Вера"]


async def test_a_right_that_is_taken_while_the_file_is_made_ends_it(chat: Chat) -> None:
    made = await scene(chat)
    about = {
        "person_id": made.organizer.id, "event": made.event.code, "list": "applications", "filter": "all",
        "searched": "", "named": "все", "columns": ["number"], "format": "csv", "go": "menu",
    }  # fmt: skip
    assert made.chat.app is not None
    facts = made.chat.app.filing._facts
    async with made.storage() as storage:
        desk: Desk = Desk(now=chat.clock(), storage=storage, texts=texts(), facts=facts)
        assert await making.think(desk, about) is not None
        for role in await storage.roles.of_person(made.organizer.id):
            await storage.roles.revoke(made.organizer.id, role.kind, role.event)
        assert await making.think(desk, about) is None
        assert await making.think(desk, {**about, "list": "roles", "event": "-"}) is None


async def test_a_list_without_rows_is_no_file(chat: Chat) -> None:
    made = await scene(chat)
    await presses_sealed(made, made.organizer, f"export_make:csv/{made.event.code}/applications/rejected")
    made.organizer.sees("По этому фильтру строк нет, файл не понадобился.", "[К выгрузке]")
    assert await taken_away(made) == []
