"""What a card shows of a work that is out of the ordinary, and a juror of several events."""

from __future__ import annotations

from dataclasses import replace

from bot.contest.consents import ConsentKind
from bot.contest.event import Event
from bot.contest.text import WORD_JOINER
from tests.talks.chat import Chat, Person
from tests.talks.jury_scene import JuryScene, judging, opens
from tests.talks.scenes import load_event


async def card_of(scene: JuryScene) -> list[str]:
    """The lines between the header and the criterion, on the first work's card."""
    egor = scene.juror
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Оценивать")
    return egor.last.text.split("\n\n")[0].splitlines()[1:]


async def told(scene: JuryScene, **answers: object) -> None:
    """Change what the first application says of its work."""
    first = scene.applications[0]
    async with scene.storage() as storage:
        changed = replace(first, answers={**first.answers, **answers})
        await storage.applications.change(first.id, changed, revision=first.revision, at=scene.chat.clock())


async def handed_in(scene: JuryScene, url: str, state: str = "open") -> None:
    """One more version of the first work: a link with this diagnosis."""
    now = scene.chat.clock()
    async with scene.storage() as storage:
        version = await storage.works.add_version(
            scene.applications[0].id, "link", said_at=now, received_at=now, url=url
        )
        await storage.works.set_check(version.id, state, title=None, at=now)


async def raw_text(chat: Chat, person: Person) -> str:
    dialog = await chat.control(f"people/{person.id}/dialog")
    return str(dialog["messages"][-1]["text"])


async def test_a_link_that_did_not_open_is_told_of(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    await handed_in(scene, "https://scratch.mit.edu/projects/77", "closed")
    assert await card_of(scene) == [
        "«Таблица умножения» · scratch.mit.edu/projects/77",
        "Соколова Вера Ильинична, 3Б класс · МАОУ гимназия № 13 г. Томска",
        "При проверке ссылка не открылась. Если не откроется и у вас, пропустите работу и напишите организатору.",
        "Описание: Игра про счёт.",
        "Ремикс: нет",
    ]


async def test_every_link_and_file_of_a_work_of_several_pieces_is_shown(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    now, first = chat.clock(), scene.applications[0].id
    async with scene.storage() as storage:
        standing = await storage.works.current(first)
        assert standing is not None
        files = await storage.works.add_version(
            first, "file", said_at=now, received_at=now, file_name="описание.pdf\nсхема.pdf", keeps=standing.pieces
        )
        await storage.works.set_check(standing.id, "closed", title=None, at=now)
        link = "https://scratch.mit.edu/projects/77"
        kept = (files.pieces[0], files.pieces[2])
        await storage.works.add_version(first, "link", said_at=now, received_at=now, url=link, keeps=kept)
    assert (await card_of(scene))[:5] == [
        "«Таблица умножения» · scratch.mit.edu/projects/612345670",
        "scratch.mit.edu/projects/77",
        "файл схема.pdf",
        "Соколова Вера Ильинична, 3Б класс · МАОУ гимназия № 13 г. Томска",
        "При проверке ссылка не открылась. Если не откроется и у вас, пропустите работу и напишите организатору.",
    ]


async def test_what_an_author_wrote_is_shown_but_does_nothing(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    await told(scene, _title="[id1|Жми] @all evil.ru", _description="**жирно** https://evil.ru", remix=True)
    lines = await card_of(scene)
    assert lines[0] == "«[id1|Жми] @all evil.ru» · scratch.mit.edu/projects/612345670"
    assert lines[2:] == ["Описание: **жирно** https://evil.ru", "Ремикс: да"]
    shown = await raw_text(chat, scene.juror)
    for live in ("[id1|", "@all", "evil.ru", "://evil"):
        assert live not in shown
    assert WORD_JOINER in shown
    assert scene.juror.last.bold == ("Работа 1 из 1", "Соответствие номинации")


async def test_a_link_of_a_host_that_the_event_does_not_take_can_not_be_pressed(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    await handed_in(scene, "https://evil.example/projects/1")
    assert (await card_of(scene))[0] == "«Таблица умножения» · https://evil.example/projects/1"
    shown = await raw_text(chat, scene.juror)
    assert "evil.example" not in shown
    assert "https://" not in shown


async def test_a_link_of_a_right_host_carries_no_mention(chat: Chat) -> None:
    def any_page(event: Event) -> Event:
        assert event.submission is not None
        rule = event.submission.links[0].model_copy(update={"hosts": ("example.org",)})
        return event.model_copy(update={"submission": event.submission.model_copy(update={"links": (rule,)})})

    scene = await judging(chat, works=1, changed=any_page)
    await handed_in(scene, "https://example.org/a/[id1|Жми]/@all")
    assert (await card_of(scene))[0].endswith(" · example.org/a/%5Bid1%7C%D0%96%D0%BC%D0%B8%5D/%40all")


async def test_a_work_without_a_title_is_known_by_its_number(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    await told(scene, _title="")
    assert (await card_of(scene))[0] == "scratch.mit.edu/projects/612345670"
    await scene.juror.presses("‹ назад")
    await scene.juror.presses("Список")
    scene.juror.sees_in(f"1. «{scene.applications[0].number}» — не оценена")


async def test_a_collective_work_has_the_criteria_of_collective_works_too(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    await told(scene, _unit="collective")
    await card_of(scene)
    egor = scene.juror
    await scene.scores_all(egor, "2", "4", "5", "3", "8", "9", "5")
    egor.sees_in("Инструменты совместной работы (0–8)")
    await scene.scores_all(egor, "8", "4", "4", "4")
    egor.sees_in("Итого 56 из 60")
    await egor.presses("Изменить")
    assert egor.last.keyboard.endswith("[›] [‹ К итогу]")
    await egor.presses("›")
    assert egor.last.keyboard == (
        "[Инструменты совместной работы: 8] [Планирование: 4] / [Разделение работы: 4] [Сборка проекта: 4] / "
        "[‹] [‹ К итогу]"
    )


async def test_a_juror_of_two_events_chooses_between_them(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    other = await load_event(
        chat,
        opened_days_ago=33,
        changed=lambda event: event.model_copy(
            update={"code": "games-2026", "title": "Игры", "short_title": "Игры", "number_prefix": "ИГ"}
        ),
    )
    egor = scene.juror
    await JuryScene(chat, other, egor, scene.teacher).seat(egor)
    await egor.writes("меню")
    await egor.presses("Оценивание")
    egor.sees("По какому событию оцениваем?", "[Игры] / [Создавай со Scratch] / [В меню]")
    await egor.presses("Создавай со Scratch")
    egor.sees_in("Оценивание: «Создавай со Scratch»\nОценено 0 из 1.")
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Игры")
    egor.sees_in("Оценивание: «Игры»\nРабот для вас пока нет.")


async def test_whose_consent_was_taken_back_is_not_named_to_the_jury_either(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    egor = await opens(scene)
    egor.sees_in("Соколова Вера")
    async with scene.storage() as storage:
        await storage.consents.record(
            scene.applications[0].id,
            ConsentKind.PROCESSING,
            version=1,
            text_hash="0" * 64,
            decision="withdrawn",
            channel="chat",
            person_id=scene.teacher.id,
            at=chat.clock(),
        )
    egor = await opens(scene)
    egor.sees_in("Работа 1 из 1", "«Таблица умножения»")
    assert "Соколова" not in egor.last.text
