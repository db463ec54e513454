"""Taking a consent back: what is shown, what is ended, what is forgotten, and who is told."""

from __future__ import annotations

from dataclasses import fields

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.calendar import day
from bot.contest.consents import ConsentKind
from bot.contest.event import Event
from bot.contest.event.base import Count
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import Collective, UnitKind
from bot.contest.names import FullName
from storage.application_rows import Application, Form, Participant
from storage.outcomes import Result
from tests.talks.chat import Chat, Person
from tests.talks.consent_scene import agrees, applies_and_asks, link_for
from tests.talks.organizer_scene import PROTOCOL, Scene, scene
from tests.talks.scenes import hand_in_file, open_application

POST = "https://vk.com/wall-123_45"


async def published(made: Scene, *applications: Application) -> None:
    """These have won, and everybody has heard."""
    async with made.storage() as storage:
        for one in applications:
            result = Result(one.id, Outcome(OutcomeKind.WINNER, "Диплом I степени"))
            await storage.outcomes.set(result, by=made.organizer.id, at=made.chat.clock())
        await storage.events.approve(made.event.code, by=made.organizer.id, at=made.chat.clock())
    await made.opens("Публикация итогов")
    await made.organizer.presses("Опубликовать")


async def child_of(made: Scene, anna: Person, nina: Person, name: str) -> Application:
    """An accepted application whose parent has agreed to everything by a link."""
    application = await made.applies(nina, name, consent=False, publish=False)
    code = await link_for(nina, application.number)
    await agrees(anna, code)
    return application


async def test_the_second_consent_taken_back_leaves_a_number_and_a_task_for_the_post(chat: Chat) -> None:
    made = await scene(chat, days=PROTOCOL)
    nina, anna = await made.person("Нина", "Орлова"), await made.person("Анна", "Соколова")
    vera = await child_of(made, anna, nina, "Соколова Вера Ильинична")
    other = await made.applies(nina, "Ветрова Анна")
    await published(made, vera, other)
    made.organizer.sees_in("• Соколова Вера, 3 класс", "• Ветрова Анна")
    await made.opens("Ещё")
    await made.organizer.presses("Указать запись на стене")
    await made.organizer.writes("на стене")
    made.organizer.sees_in("Это не ссылка на запись сообщества.")
    await made.organizer.writes("https://vk.com/club123?w=wall-123_45%2Fall")
    made.organizer.sees_in(f"Записал: {POST}.")

    await anna.writes("мои согласия")
    anna.sees(
        "Мои согласия\n• Соколова Вера, «Создавай со Scratch»: обработка данных — дано, "
        "публикация имени и работы — дано",
        "[Соколова Вера] / [В меню]",
    )
    await anna.presses("Соколова Вера")
    await anna.presses("Отозвать согласие на публикацию")
    anna.sees_in("Участие и оценка останутся, в списках вместо имени будет номер.")
    await anna.presses("Да, отозвать")
    anna.sees_in(
        "Согласие отозвано: во всём, что показывает бот, вместо имени теперь номер.",
        f"Из записей в сообществе сам убрать не могу, написал организатору: {POST}.",
    )
    await nina.looks()
    nina.sees(
        f"Родитель отозвал согласие на публикацию: Соколова Вера, заявка {vera.number} («Создавай со Scratch»).\n"
        "Участие остаётся, в списках вместо имени будет номер.",
        "[Открыть заявку]",
    )
    await made.organizer.looks()
    made.organizer.sees_in(
        f"Отозвано согласие к заявке {vera.number} («Создавай со Scratch»): публикация имени и работы.", POST
    )
    await made.organizer.presses("Имя убрал(а)")
    made.organizer.sees_in(f"Отметил: имя по заявке {vera.number} из записи убрано.")
    await made.opens("Список для стены")
    made.organizer.sees_in(f"• участник № {vera.ordinal}, 3 класс", "• Ветрова Анна")
    assert "Соколова" not in made.organizer.last.text
    async with made.storage() as storage:
        assert await storage.publications.standing(vera.id) == []
        assert len(await storage.publications.standing(other.id)) == 2
        assert await storage.audit.verify() is None


async def test_the_first_consent_taken_back_ends_the_participation_and_forgets_the_child(chat: Chat) -> None:
    made = await scene(chat)
    nina, anna = await made.person("Нина", "Орлова"), await chat.person("Анна", "Соколова")
    number = await applies_and_asks(nina)
    await hand_in_file(nina, number)
    await agrees(anna, await link_for(nina, number))
    await anna.presses("Мои согласия")
    await anna.presses("Соколова Вера")
    await anna.presses("Отозвать согласие на обработку")
    anna.sees_in("Отозвать согласие на обработку данных: Соколова Вера?", "Вернуть это нельзя.")
    await anna.presses("Не отзывать")
    await anna.presses("Отозвать согласие на обработку")
    await anna.presses("Да, отозвать")
    anna.sees_in(f"Согласие отозвано: участие по заявке {number} закончено")
    await anna.presses("Мои согласия")
    anna.sees(
        "Согласий, которые действуют, по ссылкам для родителя у вас нет.\n"
        f"• участник заявки {number}, «Создавай со Scratch»: согласия отозваны {day(chat.clock(), TOMSK)}, имя стёрто",
        "[Мои заявки] / [В меню]",
    )
    await nina.looks()
    nina.sees_in(f"Согласие к заявке {number} («Создавай со Scratch») отозвано")
    await open_application(nina, number)
    nina.sees_in("отозвана", "Участник № 1")
    await made.organizer.looks()
    made.organizer.sees_in(f"Отозвано согласие к заявке {number}", "обработка данных, публикация имени и работы")
    application = await made.application(1)
    assert application.state is ApplicationState.WITHDRAWN
    assert application.anonymised_at is not None
    for words in ("Соколова Вера", "Таблица умножения", "game.sb3", "Соколова Анна"):
        assert await mentions(made, words) == [], words


def of_two(event: Event) -> Event:
    """Several authors are two at least."""
    authors = Collective(kind=UnitKind.COLLECTIVE, authors=Count(least=2, most=3))
    return event.model_copy(update={"other_units": (authors,)})


async def test_one_of_a_team_leaves_and_the_others_go_on(chat: Chat) -> None:
    made = await scene(chat, days=PROTOCOL, changed=of_two)
    nina = await made.person("Нина", "Орлова")
    one = await made.applies(nina, "Соколова Вера", answers={"_unit": "collective"})
    filled = {name.name: getattr(one, name.name) for name in fields(Form)}
    people = (*one.participants, Participant(FullName("Белов", "Артём")))
    async with made.storage() as storage:
        form = Form(**{**filled, "participants": people})
        await storage.applications.change(one.id, form, revision=one.revision, at=chat.clock())
    await open_application(nina, one.number)
    await nina.presses("Согласия")
    nina.sees_in("• Соколова Вера: обработка — дано", "• Белов Артём: обработка — дано")
    await nina.presses("Белов Артём")
    await nina.presses("Отозвать согласие на обработку")
    nina.sees_in("Этот участник выбудет из заявки")
    await nina.presses("Да, отозвать")
    nina.sees_in("участник выбыл из заявки")
    await made.organizer.looks()
    told = [message.text for message in made.organizer.all][-2:]
    assert f"В заявке {one.number} осталось участников: 1, а нужно не меньше 2. Решите, что с ней делать." in told
    left = await made.application(one.id)
    assert [person.name.surname for person in left.participants] == ["Соколова"]
    assert left.state is ApplicationState.ACCEPTED
    assert await mentions(made, "Белов Артём") == []
    async with made.storage() as storage:
        kinds = {said.kind for said in await storage.consents.history(one.id) if said.decision == "withdrawn"}
    assert kinds == set(ConsentKind)


async def mentions(made: Scene, words: str) -> list[str]:
    """Which tables still hold these words together in one of their texts."""
    assert made.chat.app is not None
    async with made.chat.app.database.transaction() as connection:
        tables = await connection.execute_fetchall("select name from sqlite_master where type = 'table'")
        rows = [
            (table, tuple(row))
            for (table,) in tables
            for row in await connection.execute_fetchall(f"select * from {table}")  # noqa: S608
        ]
    wanted = words.split()
    texts = [(table, value) for table, row in rows for value in row if isinstance(value, str)]
    return [f"{table}: {text}" for table, text in texts if all(word in text for word in wanted)]
