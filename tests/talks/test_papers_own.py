"""«Мои документы»: there for whoever has papers, a tap sends the file at once, and nobody else's is ever shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from bot.contest.papers.content import PaperKind, Planned
from bot.talk.seal import Seal
from storage.paper_rows import Series
from tests.talks.chat import Chat, Person
from tests.talks.register_scene import TOOK_PART, WINNER, Papers, published
from tests.talks.scenes import WEBINAR, load_event, open_application


async def goes(made: Papers, person: Person, route: str) -> None:
    """Press a button of one's own that leads there."""
    async with made.storage() as storage:
        seal = Seal(await storage.settings.seal_key())
    await person.writes("кнопка", payload={"g": route, "k": seal.of(person.id, route)})


async def test_papers_are_listed_by_event_and_sent_at_a_tap(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера Ильинична": WINNER, "Белов Артём": TOOK_PART})
    nina, (diploma, certificate, _) = made.teacher, await made.papers()
    await nina.writes("меню")
    nina.sees("Что сделаем?", "[Мероприятия] [Мои заявки] / [Сдать работу] [Мои документы] / [Помощь]")
    await nina.presses("Мои документы")
    nina.sees(
        "Создавай со Scratch\n3 документа. Нажмите, и файл придёт сразу.",
        "[Диплом · Соколова Вера] / [Сертификат участника · Белов Артём] / [Благодарственное письмо] / "
        "[Все одним архивом] / [В меню]",
    )
    await nina.presses("Диплом · Соколова Вера")
    assert [one.text for one in nina.new] == [
        "Диплом: Соколова Вера Ильинична. Готовлю файл, пришлю через несколько секунд.",
        f"Диплом: Соколова Вера Ильинична\n№ {diploma.number}",
    ]
    assert nina.last.keyboard == "[Ошибка в документе] / [Мои документы] [В меню]"
    assert nina.last.attachments[0]["doc"]["title"] == f"Диплом — Соколова Вера Ильинична — {diploma.number}.pdf"
    assert (await nina.file()).startswith(b"%PDF")

    await nina.writes("где мой диплом?")
    await nina.presses("Диплом · Соколова Вера")  # it was made and is kept
    assert [one.text for one in nina.new] == [f"Диплом: Соколова Вера Ильинична\n№ {diploma.number}"]
    await nina.presses("Мои документы")
    await nina.presses("Все одним архивом")
    assert [one.text for one in nina.new] == [
        "Собираю архив, в нём 3 документа. Пришлю через несколько секунд.",
        "Все ваши документы по событию «Создавай со Scratch».",
    ]
    with ZipFile(BytesIO(await nina.file())) as box:
        assert sorted(box.namelist()) == [
            f"Благодарственное письмо — Кедрова Зоя Львовна — {made.number(3)}.pdf",
            f"Диплом — Соколова Вера Ильинична — {diploma.number}.pdf",
            f"Сертификат участника — Белов Артём — {certificate.number}.pdf",
        ]
    await open_application(nina, (await made.application(diploma.application_id or 0)).number)
    await nina.presses("Документы")
    nina.sees_in(diploma.number)

    mallory = await made.person("Мэл", "Громов")
    await mallory.writes("мои документы")
    mallory.sees(
        "Документов пока нет. Дипломы, сертификаты и благодарности появятся здесь после публикации итогов.\n"
        "Они приходят на ту страницу, с которой подали заявку.",
        "[Проверить документ] [В меню]",
    )
    for route in (f"my_paper:{diploma.id}", "my_paper:999", "my_paper:x", f"mistake:{diploma.id}",
                  f"papers_of:{made.event.code}", f"papers_app:{diploma.application_id}",
                  f"papers_archive:{made.event.code}"):  # fmt: skip
        await goes(made, mallory, route)
        mallory.sees("Такого документа у вас нет.", "[В меню]")
    async with made.storage() as storage:
        await storage.papers.withdraw(diploma.id, reason="", at=chat.clock())
        await storage.forgetting.application(certificate.application_id or 0, at=chat.clock())
    await goes(made, nina, f"my_paper:{diploma.id}")
    nina.sees_in(f"Документ {diploma.number} отозван")
    await goes(made, nina, f"my_paper:{certificate.id}")
    nina.sees_in("файла больше нет")


async def test_papers_of_several_events_are_paged(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера": WINNER})
    nina, webinar = made.teacher, await load_event(chat, WEBINAR)
    (diploma, *_) = await made.papers()
    assert diploma.content is not None
    planned = [
        Planned(
            key=f"listener:{number}", kind=PaperKind.LISTENER, application_id=None, participant_id=None,
            person_id=nina.id,
            content=replace(
                diploma.content, kind=PaperKind.LISTENER, title="Сертификат слушателя", name=f"Орлова Нина {letter}"
            ),
        )
        for number, letter in enumerate("абвгд")
    ]  # fmt: skip
    chat.moves_on(timedelta(minutes=1))
    async with made.storage() as storage:
        series = Series("ОЧК", webinar.year, "П1")
        await storage.papers.issue_all(planned, webinar.code, series=series, by=made.organizer.id, at=chat.clock())
    await nina.writes("мои документы")
    nina.sees(
        "У вас 7 документов. По какому событию?",
        "[Scratch на уроке и после · 5] / [Создавай со Scratch · 2] / [В меню]",
    )
    await nina.presses("Scratch на уроке и после · 5")
    nina.sees_in("5 документов")
    label = "[Сертификат слушателя · Орлова Нина]"
    assert nina.last.keyboard == f"{' / '.join([label] * 4)} / [Все одним архивом] / [Ещё ›] [Мои документы] [В меню]"
    await nina.presses("Ещё ›")
    assert nina.last.keyboard == f"{label} / [Все одним архивом] / [‹] [Мои документы] [В меню]"
