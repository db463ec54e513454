"""The protocol of the jury: made with the approval, kept for years, its papers had in two taps."""

from __future__ import annotations

from datetime import timedelta

from bot.contest import calendar
from bot.contest.authorize import RoleKind
from bot.contest.consents import ConsentKind
from bot.contest.event.moments import TOMSK
from bot.documents.tables.child import read
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene
from tests.talks.test_organizer_results import approved, judged
from tests.talks.test_organizer_rights import NOT_AVAILABLE, presses_sealed

FILES = (
    "[Протокол, PDF] [Протокол, Excel] / [Все листы, PDF] [Все листы, Excel] / [Лист одного члена жюри] / "
    "[Все протоколы]"
)


async def table(person: Person) -> list[list[str]]:
    """The filled cells of the newest message's workbook, its first sheet."""
    return [[cell for cell in row if cell] for row in read(await person.file())[0].rows if any(row)]


async def when(made: Scene, version: int) -> str:
    """The moment of a version as people read it."""
    async with made.storage() as storage:
        found = await storage.protocols.get(made.event.code, version)
    assert found is not None
    return calendar.at(found.approved_at, TOMSK, now=made.chat.clock())


async def opens_protocols(made: Scene) -> Person:
    await made.opens("Ещё")
    await made.organizer.presses("Бумаги и выгрузки")
    await made.organizer.presses("Протоколы жюри")
    return made.organizer


async def test_a_draft_says_so_and_who_signs_is_asked_before_the_approval(chat: Chat) -> None:
    made, _, _, _, works = await judged(chat)
    olga = await opens_protocols(made)
    olga.sees(
        "Протоколы жюри: «Создавай со Scratch»\n"
        "Протокол ещё не утверждён. Можно взять проект, он будет с пометкой «ПРОЕКТ».",
        "[Проект протокола] / [Кто подпишет] [К мероприятию]",
    )
    await olga.presses("Кто подпишет")
    olga.sees(
        "Председатель жюри: фамилия, имя и отчество? Так будет под протоколом.",
        "[Оставить строку пустой] / [Назад] [Отмена]",
    )
    await olga.writes("Громова Инна Павловна")
    await olga.presses("Оставить строку пустой")
    olga.sees("Записал. Эти имена будут под протоколом.", "[Проект протокола] / [Все протоколы]")
    await olga.presses("Проект протокола")
    olga.sees(
        "Проект протокола: «Создавай со Scratch»\n"
        "Протокол ещё не утверждён, баллы и места могут измениться. Что прислать?",
        FILES,
    )
    await olga.presses("Протокол, Excel")
    olga.sees("Готово: «Создавай со Scratch».")
    rows = await table(olga)
    assert rows[:3] == [["ПРОЕКТ"], ["СВОДНЫЙ ПРОТОКОЛ ЖЮРИ"], ["№ _____ от _____"]]
    school, teacher = "МАОУ гимназия № 13 г. Томска", "Кедрова Зоя Львовна"
    assert ["1", works[1].number, "Ветрова Анна", "3", school, teacher, "38", "38", "1", "Диплом I степени"] in rows
    assert ["1", works[3].number, "Белов Пётр", "8", school, teacher, "не сдал(а) работу"] in rows
    assert ["Итоги ещё не утверждены. Принято заявок 4, в них участников 4, без итога 4."] in rows
    assert ["Председатель жюри ____________________ / Громова Инна Павловна /"] in rows


async def test_the_approval_makes_the_first_version_and_it_can_be_had_years_later(chat: Chat) -> None:
    made, _, _, egor, works = await judged(chat)
    await approved(made)
    olga, approved_at = made.organizer, await when(made, 1)
    olga.sees(
        "Протокол «Создавай со Scratch» утверждён: № СК-2026/1. Баллы и места больше не меняются. "
        "Осталось опубликовать итоги.",
        "[Публикация итогов] / [Протоколы жюри] [Рейтинг] / [К мероприятию]",
    )
    await olga.presses("Протоколы жюри")
    olga.sees(
        f"Протоколы жюри: «Создавай со Scratch»\n• № СК-2026/1 от {approved_at}",
        "[Протокол № СК-2026/1] / [Исправить протокол] [К мероприятию]",
    )
    await olga.presses("Протокол № СК-2026/1")
    olga.sees(f"Протокол жюри: «Создавай со Scratch»\n№ СК-2026/1 от {approved_at}\nЧто прислать?", FILES)
    await olga.presses("Протокол, PDF")
    assert (await olga.file()).startswith(b"%PDF")
    assert olga.last.attachments[0]["doc"]["title"] == "Протокол СК-2026-1 Создавай со Scratch.pdf"
    await olga.presses("К протоколу")
    await olga.presses("Лист одного члена жюри")
    olga.sees("Чей оценочный лист?", "[Лаптев Егор Ильич] / [К протоколу]")
    await olga.presses("Лаптев Егор Ильич")
    assert olga.last.attachments[0]["doc"]["title"] == "Оценочный лист Лаптев Егор Ильич Создавай со Scratch.pdf"
    async with made.storage() as storage:
        taken = [entry.detail for entry in await storage.audit.tail(9) if entry.action == "view_protocol"]
        await storage.consents.record(
            works[1].id, ConsentKind.PROCESSING, version=1, text_hash="0" * 64, decision="withdrawn", channel="chat",
            person_id=works[1].person_id, at=chat.clock() + timedelta(seconds=1),
        )  # fmt: skip
    sheet = {"version": 1, "what": "sheet", "format": "pdf", "juror": egor.id}
    assert taken == [sheet, {"version": 1, "what": "summary", "format": "pdf"}]

    await chat.passes(timedelta(days=300))
    await presses_sealed(made, olga, f"protocol:{made.event.code}/1")
    await olga.presses("Протокол, Excel")
    rows = await table(olga)
    assert rows[0] == ["СВОДНЫЙ ПРОТОКОЛ ЖЮРИ"]
    assert [row[2] for row in rows if works[1].number in row[1:2]] == ["участник № 2"]
    assert not any("Ветрова" in cell for row in rows for cell in row)


async def test_a_juror_gets_the_own_sheet_when_all_is_saved_and_nobody_elses(chat: Chat) -> None:
    made, _, _, egor, works = await judged(chat)
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    await made.scores(inna, {works[0].id: 32})
    async with made.storage() as storage:
        await storage.jury.assign([(works[1].id, inna.id)], at=chat.clock())
    await presses_sealed(made, inna, f"jury_sheet:{made.event.code}")
    inna.sees("Лист будет, когда вы оцените все работы: пока 1 из 2.", "[К событию]")
    await made.scores(inna, {works[1].id: 30})
    await inna.presses("К событию")
    await inna.presses("Мой оценочный лист")
    inna.sees("Ваш оценочный лист: «Создавай со Scratch». Его можно распечатать и подписать.")
    assert inna.last.attachments[0]["doc"]["title"] == "Оценочный лист Жукова Инна Львовна Создавай со Scratch.pdf"
    for go in ("protocols:{}", "protocol:{}/0", "protocol_file:{}/0/sheet/pdf/1", "protocol_correct:{}"):
        await presses_sealed(made, inna, go.format(made.event.code))
        inna.sees(NOT_AVAILABLE)
    stranger = await made.person("Олег", "Чужой")
    await presses_sealed(made, stranger, f"jury_sheet:{made.event.code}")
    stranger.sees(NOT_AVAILABLE)
    await egor.writes("меню")
    await egor.presses("Оценивание")
    assert "[Мой оценочный лист]" in egor.last.keyboard


async def test_whoever_loses_the_role_while_the_file_is_made_does_not_get_it(chat: Chat) -> None:
    made, _, _, _, _ = await judged(chat)
    for go in (
        "protocol:{}/1",
        "protocol_file:{}/0/all/pdf",
        "protocol_file:{}/0/summary/docx",
        "protocol_jurors:{}/7",
    ):
        await presses_sealed(made, made.organizer, go.format(made.event.code))
        made.organizer.sees(NOT_AVAILABLE)
    async with made.storage() as storage:
        await storage.jobs.add(
            "make_file",
            {
                "maker": "protocol",
                "about": {
                    "event": made.event.code, "version": 0, "what": "summary", "format": "pdf", "juror": 0,
                    "person_id": made.organizer.id,
                },
                "text": "protocols.file_ready", "values": {"title": "x"}, "go": "menu", "person_id": made.organizer.id,
            },
            at=chat.clock(),
        )  # fmt: skip
        await storage.roles.revoke(made.organizer.id, RoleKind.ORGANIZER, made.event.code)
    await chat.passes(timedelta(seconds=1))
    await made.organizer.looks()
    assert not made.organizer.last.attachments


async def test_an_event_approved_before_versions_were_kept_gets_its_first_one(chat: Chat) -> None:
    made, _, _, _, works = await judged(chat)
    await made.opens("Рейтинг")
    await made.organizer.presses("Принять предложенные")
    approved_at = chat.clock()
    async with made.storage() as storage:
        await storage.events.approve(made.event.code, by=made.organizer.id, at=approved_at)
    await chat.passes(timedelta(days=3))
    olga = await opens_protocols(made)
    olga.sees_in(f"• № СК-2026/1 от {calendar.at(approved_at, TOMSK, now=chat.clock())}")
    for go in ("protocol:{}/0", "protocol_file:{}/0/summary/pdf", "protocol_jurors:{}/0"):
        await presses_sealed(made, olga, go.format(made.event.code))
        olga.sees(NOT_AVAILABLE)
    async with made.storage() as storage:
        snapshot = await storage.protocols.snapshot(made.event.code, 1)
    assert snapshot is not None
    (field,) = snapshot.facts.fields
    assert [one.number for one in field.entries] == [works[1].number, works[0].number, works[2].number]
