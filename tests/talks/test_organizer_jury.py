"""The jury as its organizer sees it: invited, given works evenly, taken out."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from tests.talks.chat import Chat
from tests.talks.organizer_scene import INTAKE, JUDGING, scene


async def test_an_invitation_is_shown_once_and_makes_its_bearer_a_juror(chat: Chat) -> None:
    made = await scene(chat)
    await made.opens("Жюри")
    made.organizer.sees(
        "Жюри: «Создавай со Scratch»\nПока никого. Пригласите по одноразовой ссылке.",
        "[Пригласить] / [Распределить] [Выгрузить] [К мероприятию]",
    )
    await made.organizer.presses("Пригласить")
    found = re.search(r"https://vk\.me/(\w+)\?ref=(jury-[\w-]{22})\n", made.organizer.last.text)
    assert found, made.organizer.last.text
    made.organizer.sees_in(f"пусть напишет боту код: {found[2]}", ", 10:", " (томское время).")

    egor = await chat.person("Егор", "Лаптев")
    await egor.starts(found[2])
    await egor.writes("Лаптев Егор Ильич")
    async with made.storage() as storage:
        drafts = await storage.memory.drafts(egor.id)
    assert [draft.talk for draft in drafts] == ["jury_join"]
    other = await made.person("Пётр", "Чужаков")
    await other.starts(found[2])
    assert "Создавай со Scratch" not in other.last.text


async def test_works_are_given_evenly_and_nobody_gets_their_own_school_or_pupil(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    lyceum = ("lyceum-7-tomsk", "Лицей № 7")
    works = [await made.applies(nina, f"{name} Вера") for name in ("Соколова", "Ветрова", "Белова", "Осипова")]
    works.append(await made.applies(nina, "Громова Вера", organisation=lyceum, supervisor="Жукова Инна Львовна"))
    await made.hands_in(*works)
    waiting = await made.applies(nina, "Лапина Вера", state=ApplicationState.SENT)
    await made.hands_in(waiting)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    zoya = await made.juror("Зоя", "Седых", "Седых Зоя Олеговна", lyceum[0])

    await made.opens("Распределить")
    made.organizer.sees(
        "Распределение: «Создавай со Scratch»\n"
        "Работ 5, на каждую 2 члена жюри. Новых назначений 9, прежних остаётся 0.\n"
        "• Лаптев Егор Ильич: 3 (новых 3)\n"
        "• Жукова Инна Львовна: 3 (новых 3)\n"
        "• Седых Зоя Олеговна: 3 (новых 3)\n"
        "Не хватает жюри для 1 работы:\n"
        f"• {works[4].number}: не хватает 1; своя школа: Седых Зоя Олеговна; свой ученик: Жукова Инна Львовна; "
        "всего в жюри 3",
        "[Назначить] / [Жюри] [К мероприятию]",
    )
    await made.organizer.presses("Назначить")
    made.organizer.sees_in("Готово: новых назначений 9, членов жюри 3.", works[4].number)
    async with made.storage() as storage:
        pairs = [(one.person_id, one.application_id) for one in await storage.jury.assignments(made.event.code)]
    assert Counter(person for person, _ in pairs) == {egor.id: 3, inna.id: 3, zoya.id: 3}
    assert [person for person, work in pairs if work == works[4].id] == [egor.id]
    for juror in (egor, inna, zoya):
        await juror.looks()
        juror.sees_in("«Создавай со Scratch»: вам на оценку 3 новые работы.\nОценивание до ")
        assert juror.last.keyboard == "[Оценивание]"

    await made.organizer.presses("Назначить")
    made.organizer.sees_in("Назначать нечего, прежних назначений 9.")
    async with made.storage() as storage:
        assert len(await storage.jury.assignments(made.event.code)) == 9


async def test_what_was_given_stays_when_new_works_come(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    first = await made.applies(nina, "Соколова Вера")
    await made.hands_in(first)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    await made.scores(egor, {first.id: 30})
    second = await made.applies(nina, "Ветрова Вера")
    await made.hands_in(second)
    await made.opens("Распределить")
    made.organizer.sees_in("Новых назначений 3, прежних остаётся 1.")

    third = await made.applies(nina, "Белова Вера")
    await made.hands_in(third)
    await made.organizer.presses("Назначить")
    made.organizer.sees_in("Работ 3", "Новых назначений 5")
    await made.organizer.presses("Назначить")
    made.organizer.sees_in("Готово: новых назначений 5")
    await egor.looks()
    assert "вам на оценку 2 новые работы" in egor.last.text
    await inna.looks()
    assert "вам на оценку 3 новые работы" in inna.last.text


async def test_a_juror_who_leaves_sets_free_what_is_not_scored(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    works = [await made.applies(nina, f"{name} Вера") for name in ("Соколова", "Ветрова")]
    await made.hands_in(*works)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич", "lyceum-7-tomsk")
    async with made.storage() as storage:
        await storage.jury.assign([(one.id, egor.id) for one in works], at=chat.clock())
    await made.scores(egor, {works[0].id: 30})
    await made.opens("Жюри")
    made.organizer.sees_in("Лаптев Егор Ильич · ", "оценено 1 из 2")
    await made.organizer.presses("Лаптев Егор Ильич")
    await made.organizer.presses("Убрать из жюри")
    made.organizer.sees_in("Неоценённых работ 1")
    await made.organizer.presses("Убрать")
    made.organizer.sees(
        "Лаптев Егор Ильич больше не в жюри. Освободилось работ: 1.", "[Распределить] / [Жюри] [К мероприятию]"
    )
    async with made.storage() as storage:
        left = await storage.jury.assignments(made.event.code)
        assert [(one.application_id, one.state) for one in left] == [(works[0].id, "scored")]
        assert await storage.roles.of_person(egor.id) == frozenset()
    await egor.writes("меню")
    assert "Оценивание" not in egor.last.keyboard
    await made.organizer.presses("Убрать")
    made.organizer.sees("Это действие вам недоступно.")
    await made.opens("Распределить")
    made.organizer.sees("В жюри пока никого. Сначала пригласите.", "[Пригласить] / [К мероприятию]")


async def test_without_works_there_is_nothing_to_give(chat: Chat) -> None:
    made = await scene(chat, days=INTAKE)
    await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.opens("Распределить")
    made.organizer.sees("Распределять нечего: нет принятых заявок с работами.", "[К мероприятию]")
    nina = await made.person("Нина", "Орлова")
    await made.hands_in(await made.applies(nina, "Соколова Вера", role=Applicant.PARENT))
    await made.opens("Распределить")
    made.organizer.sees_in("Новых назначений 1")


async def test_an_invitation_that_nobody_used_in_time_is_spent(chat: Chat) -> None:
    made = await scene(chat)
    await made.opens("Жюри")
    await made.organizer.presses("Пригласить")
    found = re.search(r"ref=(jury-[\w-]{22})", made.organizer.last.text)
    assert found
    await chat.passes(timedelta(days=15))
    egor = await made.person("Егор", "Лаптев")
    await egor.starts(found[1])
    assert "Создавай со Scratch" not in egor.last.text
    await made.opens("Жюри")
    await made.organizer.presses("Пригласить")
    made.organizer.sees_in("Приглашение в жюри")
