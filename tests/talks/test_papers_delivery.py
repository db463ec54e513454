"""Issuing and delivery: counted, confirmed once, each paper to whose it is, what reached nobody named."""

from __future__ import annotations

import io
import zipfile

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import ConsentKind
from bot.contest.papers.content import PaperKind
from bot.documents.papers.printing import pages_of
from tests.talks.chat import Chat, Message
from tests.talks.papers_scene import Published, published


def titles(message: Message) -> list[str]:
    """The names of its files."""
    return [one["doc"]["title"] for one in message.attachments]


async def issued(there: Published) -> None:
    """Olga issues them, and the letters have time to arrive."""
    await there.opens()
    await there.olga.presses("Выдать и отправить")
    await there.olga.presses("Выдать и отправить")
    await there.delivered()


async def issued_again(there: Published) -> None:
    """What is missing, too."""
    await there.opens()
    await there.olga.presses("Выдать недостающие")
    await there.olga.presses("Выдать и отправить")
    await there.delivered()


async def test_papers_are_counted_issued_once_and_reach_everybody(chat: Chat) -> None:
    there = await published(chat)
    olga = there.olga
    await there.opens()
    olga.sees(
        "Документы: «Создавай со Scratch»\n"
        "Положено: 1 диплом, 2 сертификата участника, 1 благодарность, 1 справка эксперта — всего 5.",
        "[Посмотреть образцы] [Оформление] / [Выдать и отправить] / [К мероприятию]",
    )
    await olga.presses("Посмотреть образцы")
    assert sorted(one.text for one in olga.new if one.attachments) == [
        "Благодарность", "Имя без отчества", "Самое длинное имя",
    ]  # fmt: skip
    await there.nina.looks()
    assert not any(message.attachments for message in there.nina.all)
    await there.opens()
    await olga.presses("Выдать и отправить")
    olga.sees(
        "Выдать документы: «Создавай со Scratch»\n"
        "1 диплом, 2 сертификата участника, 1 благодарность, 1 справка эксперта. Отправлю 3 сообщения.\n"
        "Номера присвоятся сразу и останутся за документами.",
        "[Выдать и отправить] / [Не сейчас]",
    )
    await olga.presses("Выдать и отправить")
    await there.delivered()
    progress, done = olga.all[-2:]
    assert progress.text == "Документы «Создавай со Scratch»\nСделано 5 из 5 ▓▓▓▓▓▓▓▓▓▓"
    assert progress.edited
    assert done.text == "Документы «Создавай со Scratch» выданы: отправлено 5."
    assert titles(there.nina.last) == [
        "Диплом — Соколова Вера Ильинична — ОЧК-2026-У9-0001.pdf",
        "Сертификат участника — Ветрова Анна — ОЧК-2026-У9-0002.pdf",
        "Благодарственное письмо — Орлова Нина Петровна — ОЧК-2026-У9-0004.pdf",
    ]
    assert there.nina.last.text.startswith("Создавай со Scratch\nГотовы документы: 1 диплом, 1 сертификат участника")
    assert titles(there.oleg.last) == ["Сертификат участника — Белов Артём — ОЧК-2026-У9-0003.pdf"]
    assert titles(there.egor.last) == ["Справка об участии эксперта — Лаптев Егор Ильич — ОЧК-2026-У9-0005.pdf"]

    letters = len(there.nina.all)
    await there.opens()
    olga.sees_in("Выдано 5: отправлено 5.")
    assert "Выдать" not in str(olga.last.keyboard)

    await there.decides(there.works[1], Outcome(OutcomeKind.PRIZE, "Диплом II степени"))
    await there.opens()
    olga.sees_in("Ещё не выдано: 1.", "Данные изменились, выдадим заново: 1.", "Больше не положены, отзовём: 1.")
    await olga.presses("Выдать недостающие")
    await olga.presses("Выдать и отправить")
    await there.delivered()
    assert len(there.nina.all) == letters + 1
    assert titles(there.nina.last) == [
        "Благодарственное письмо — Орлова Нина Петровна — ОЧК-2026-У9-0004.pdf",
        "Диплом — Ветрова Анна — ОЧК-2026-У9-0006.pdf",
    ]


async def test_a_teacher_of_many_gets_one_archive_and_whoever_cannot_be_reached_is_named(chat: Chat) -> None:
    there = await published(chat, pupils=11)
    olga, oleg = there.olga, there.oleg
    await chat.control(f"people/{oleg.id}/deny", {})
    await chat.settled()
    await there.opens()
    olga.sees_in("Не дойдёт до 1 человека: Олег Белов")
    await olga.presses("Выдать и отправить")
    olga.sees_in("Отправлю 2 сообщения.", "Вручить на бумаге: 1.")
    await olga.presses("Выдать и отправить")
    await there.delivered()
    olga.sees(
        "Документы «Создавай со Scratch» выданы: отправлено 13.\n\n"
        "Вручить на бумаге, 1 документ:\n"
        "• Сертификат участника: Белов Артём — ОЧК-2026-У9-0012\n"
        "Если человек снова разрешит сообщения, отправлю сам.",
        "[Напечатать для вручения] / [Документы] [К мероприятию]",
    )
    assert titles(there.nina.last) == ["Документы.zip"]
    with zipfile.ZipFile(io.BytesIO(await there.nina.file())) as box:
        assert len(box.namelist()) == 12
        assert "Диплом — Соколова Вера Ильинична — ОЧК-2026-У9-0001.pdf" in box.namelist()

    await olga.presses("Напечатать для вручения")
    assert titles(olga.last) == ["Для вручения, Создавай со Scratch.pdf"]
    assert pages_of(await olga.file()) == 1

    await oleg.writes("Здравствуйте!")
    await there.delivered()
    await there.delivered()
    assert titles(oleg.last) == ["Сертификат участника — Белов Артём — ОЧК-2026-У9-0012.pdf"]
    await there.opens()
    olga.sees_in("Выдано 14: отправлено 14.")


async def test_f46_an_upload_that_fails_at_its_last_step_is_repeated_without_a_second_letter(chat: Chat) -> None:
    there = await published(chat, pupils=1)
    chat.sandbox.world.faults.add({"method": "docs.save", "times": 1, "error": {"code": 10, "msg": "Internal error"}})
    await issued(there)
    assert [len(titles(one)) for one in there.nina.all if one.attachments] == [2]
    assert there.olga.last.text == "Документы «Создавай со Scratch» выданы: отправлено 4."


async def test_f48_of_two_organizers_one_begins_and_what_had_stopped_goes_on(chat: Chat) -> None:
    there = await published(chat, pupils=1)
    olga, ivan = there.olga, await there.made.person("Иван", "Лугов")
    await there.made.organizes(ivan)
    await there.opens()
    await olga.presses("Выдать и отправить")
    async with there.made.storage() as storage:
        code = there.made.event.code
        run = await storage.paper_runs.start(code, "event", state="issuing", by=ivan.id, at=chat.clock())
    await olga.presses("Выдать и отправить")
    olga.sees_in("Документы уже выдаются: начал(а) Иван Лугов, ")

    assert run is not None
    async with there.made.storage() as storage:
        await storage.paper_runs.set_state(run.id, "paused", at=chat.clock())
    await olga.presses("Документы")
    await olga.presses("Продолжить")
    await there.delivered()
    assert [len(titles(one)) for one in there.nina.all if one.attachments] == [2]


async def test_one_without_consent_has_no_paper_the_organizer_knows_and_others_letters_still_follow(chat: Chat) -> None:
    there = await published(chat, pupils=2)
    olga, work = there.olga, there.works[1]
    await issued(there)
    zoya = await there.made.applies(there.nina, "Кедров Лев Ильич", supervisor="Кедрова Зоя Львовна")
    await there.decides(zoya, Outcome(OutcomeKind.PARTICIPANT))
    await issued_again(there)
    async with there.made.storage() as storage:
        await storage.consents.record(
            work.id, ConsentKind.PROCESSING, version=1, text_hash="0" * 64, decision="withdrawn", channel="chat",
            person_id=there.nina.id, at=chat.clock(),
        )  # fmt: skip
    await there.decides(zoya, Outcome(OutcomeKind.PRIZE, "Диплом II степени"))
    await there.opens()
    olga.sees_in(
        f"• Нет согласия на обработку, новых документов не будет: 1 заявка, {work.number}.",
        "Ещё не выдано: 1.", "Данные изменились, выдадим заново: 1.", "Больше не положены, отзовём: 1.",
    )  # fmt: skip
    await issued_again(there)
    async with there.made.storage() as storage:
        papers = {one.number[-4:]: one for one in await storage.papers.of_event(there.made.event.code)}
    assert [one.version for one in papers.values() if one.kind is PaperKind.THANKS] == [1, 2]
    assert papers["0002"].is_valid


async def test_nothing_is_issued_before_the_results_are_out(chat: Chat) -> None:
    there = await published(chat, pupils=1, out=False)
    olga, code = there.olga, there.made.event.code
    await there.made.opens("Ещё")
    await olga.presses("Бумаги и выгрузки")
    await olga.presses("Документы")
    olga.sees_in("Положено: 1 диплом, ", "• Выдать можно после публикации итогов.")
    assert "Выдать и отправить" not in str(olga.last.keyboard)
    async with there.made.storage() as storage:
        await storage.events.publish(code, by=olga.id, at=chat.clock())
    await issued(there)
    assert [len(titles(one)) for one in there.nina.all if one.attachments] == [2]
