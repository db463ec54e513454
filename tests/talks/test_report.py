"""The annual report in the chat: figures, files, the counting rule, the coordinator's words, last year's figures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import Operator
from bot.contest.event.moments import TOMSK
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.contest.report.counting import USUAL_RULE, shipped_rules
from bot.contest.report.facts import year_title
from handlers.book import texts
from handlers.kinds import Desk
from handlers.organizer.report import counting
from handlers.organizer.report.apart import Asked, apart
from handlers.organizer.report.said import said
from handlers.reporting import year_report
from storage.outcomes import Result
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import PROTOCOL, Scene, scene
from tests.talks.test_organizer_roles import administrator


async def words_of(person: Person) -> str:
    """Everything that stands in the DOCX of the newest message."""
    document = Document(BytesIO(await person.file()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


@asynccontextmanager
async def a_year(chat: Chat) -> AsyncIterator[tuple[Scene, Person]]:
    """Two pupils of one school, one of whom has won, a third of whose consent nothing is left; and an administrator."""
    made = await scene(chat, days=PROTOCOL)
    nina, admin = await made.person("Нина", "Орлова"), await administrator(made)
    vera = await made.applies(nina, "Соколова Вера Ильинична", supervisor="Орлова Нина Петровна")
    await made.applies(nina, "Белов Артём", supervisor="Орлова Нина Петровна")
    await made.applies(nina, "Рябова Зоя", supervisor="Орлова Нина Петровна", consent=False)
    await made.hands_in(vera)
    async with made.storage() as storage:
        won = Result(vera.id, Outcome(OutcomeKind.WINNER, "Победитель, I место"))
        await storage.outcomes.set(won, by=made.organizer.id, at=chat.clock())
        await storage.events.approve(made.event.code, by=made.organizer.id, at=chat.clock())
        await storage.events.publish(made.event.code, by=made.organizer.id, at=chat.clock())
    yield made, admin


async def opens_report(admin: Person) -> None:
    await admin.writes("меню")
    await admin.presses("Кабинет организатора")
    await admin.presses("Годовой отчёт")


async def test_an_administrator_counts_a_year_writes_and_takes_the_report(chat: Chat) -> None:
    async with a_year(chat) as (made, admin):
        await opens_report(admin)
        (year,) = await _years(made)
        admin.sees_in(
            f"Отчёт за {year_title(year)} учебный год",
            "Заявок подано: 3",
            "Обучающихся: 3\u00a0чел.",
            "Работ: 1",
            "Не написано: «Координационный совет», «Анализ», «Вывод», «Задачи».",
        )
        assert admin.last.keyboard == (
            "[Отчёт (DOCX)] [Таблицы (XLSX)] / [Предупреждения] [Правила счёта] / "
            "[Тексты координатора] [Прошлый год] / [Кто ни разу не участвовал] [Год школы] / [Кабинет]"
        )
        await admin.presses("Тексты координатора")
        await admin.presses("Задачи: не написано")
        await admin.presses("Написать заново")
        await admin.writes("Привлечь партнёров:")
        admin.sees_in("Записано знаков: 19 из 40000.")
        await admin.writes("– вузы {year} **жирно** =1+1;")
        await admin.presses("Готово, это всё")
        admin.sees("Раздел «Задачи» записан и войдёт в отчёт.", "[Тексты координатора] [К показателям]")

        await opens_report(admin)
        await admin.presses("Отчёт (DOCX)")
        await admin.presses("Чистовой, для подписи")
        text = await words_of(admin)
        for expected in ("ОТЧЁТ", "вузы {year} **жирно** =1+1;", "Создавай со Scratch", "Победителей — 1"):
            assert expected in text
        for unwanted in ("не написан", "Приложение А", "Соколова"):
            assert unwanted not in text
        await opens_report(admin)
        await admin.presses("Таблицы (XLSX)")
        await admin.presses("С именами")
        book = CalamineWorkbook.from_object(BytesIO(await admin.file()))
        cells = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
        assert "Соколова" in cells
        assert "Рябова" not in cells
        async with made.storage() as storage:
            entries = await storage.audit.tail(4)
        assert [one.action for one in entries][:3] == ["view_report", "view_report", "write_report"]
        assert entries[0].detail == {"file": "xlsx", "names": True}


async def test_a_rule_is_compared_set_and_used(chat: Chat) -> None:
    async with a_year(chat) as (made, admin):
        await opens_report(admin)
        await admin.presses("Правила счёта")
        await admin.presses("Сравнить: Как в отчёте 2020–21")
        admin.sees_in("→ «Как в отчёте 2020–21»")
        await admin.presses("Считать так")
        admin.sees_in("Показатели отчёта изменятся.")
        await admin.presses("Да, считать так")
        admin.sees_in("теперь считается по правилу «Как в отчёте 2020–21».")
        await admin.presses("К показателям")
        admin.sees_in("Правило счёта: «Как в отчёте 2020–21».")
        async with made.storage() as storage:
            (entry,) = await storage.audit.tail(1)
        assert entry.detail == {"rule": "printed-2020-21", "was": "unique"}


async def test_texts_keep_their_versions_and_last_years_figures_are_typed(chat: Chat) -> None:
    async with a_year(chat) as (_, admin):
        await opens_report(admin)
        for text in ("Первый вывод.", "Второй вывод."):
            await admin.presses("Тексты координатора")
            await admin.presses("Вывод: не написано" if text.startswith("Первый") else "✓ Вывод")
            await admin.presses("Написать заново")
            await admin.writes(text)
            await admin.presses("Готово, это всё")
        await admin.presses("Тексты координатора")
        await admin.presses("✓ Вывод")
        admin.sees_in("Второй вывод.")
        await admin.presses("Раньше")
        admin.sees_in("Первый вывод.")
        await admin.presses("Вернуть эту версию")
        admin.sees_in("прежний текст возвращён")
        await admin.presses("К показателям")
        await admin.presses("Прошлый год")
        await admin.presses("Внести показатель")
        await admin.writes("Обучающихся")
        await admin.writes("много")
        admin.sees_in("Нужно целое число")
        await admin.writes("1 340")
        admin.sees_in("• Обучающихся: 1340")
        await admin.presses("К показателям")
        await admin.presses("Отчёт (DOCX)")
        await admin.presses("Рабочий, с пометками")
        text = await words_of(admin)
        for expected in ("Первый вывод.", "1340*", "Раздел «Задачи» не написан", "Приложение А. Предупреждения"):
            assert expected in text


async def test_a_large_year_is_counted_in_a_process_of_its_own_and_comes_to_the_same(chat: Chat) -> None:
    async with a_year(chat) as (made, _):
        assert chat.app is not None
        (year,) = await _years(made)
        operator = Operator("МАОУ гимназия № 13 г. Томска", "konkurs@example.org", "https://example.org")
        facts = Facts(zone=TOMSK, operator=operator, directory=Directory.load(), community="kreitv")
        rules = shipped_rules()[USUAL_RULE]
        asked = Asked(chat.app.database.path, chat.clock(), facts, texts(), year, rules, None, said, "")
        async with made.storage() as storage:
            desk: Desk = Desk(now=chat.clock(), storage=storage, texts=texts(), facts=facts)
            here = said(await year_report(desk, year, rules), "")
        assert await asyncio.to_thread(apart, asked) == here


async def test_a_large_year_is_kept_for_some_minutes_and_counted_anew_when_asked(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_BESIDE", 0)
    async with a_year(chat) as (made, admin):
        await opens_report(admin)
        admin.sees_in("Заявок подано: 3", "По данным на ")
        assert "[Пересчитать]" in (admin.last.keyboard or "")
        told = admin.last.text
        await made.applies(await made.person("Рита", "Ким"), "Ким Лев")
        await admin.presses("Предупреждения")
        admin.sees_in("По данным на ")
        await admin.presses("К показателям")
        assert admin.last.text == told
        await admin.presses("Пересчитать")
        admin.sees_in("Заявок подано: 4")


async def test_who_is_no_administrator_gets_nothing_of_the_report(chat: Chat) -> None:
    async with a_year(chat) as (made, admin):
        await opens_report(admin)
        (year,) = await _years(made)
        async with made.storage() as storage:
            await storage.roles.revoke(admin.id, next(iter(await storage.roles.of_person(admin.id))).kind, None)
        for button in ("Правила счёта", "Отчёт (DOCX)", "Тексты координатора", "Кто ни разу не участвовал"):
            await admin.presses(button)
            admin.sees("Это действие вам недоступно.")
        async with made.storage() as storage:
            assert await storage.reports.words(year) == {}


async def _years(made: Scene) -> list[str]:
    async with made.storage() as storage:
        return await storage.reports.years()
