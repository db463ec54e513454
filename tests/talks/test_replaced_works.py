"""A work that is handed in anew after it was scored: the saved sheets open again, and nobody misses it."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat
from tests.talks.jury_scene import judging


async def test_a_replaced_work_opens_its_sheet_again_with_the_points_as_a_start(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    egor, zina = scene.juror, scene.teacher
    application = scene.applications[0]
    await zina.starts()
    async with scene.storage() as storage:
        await storage.roles.grant(zina.id, RoleKind.ORGANIZER, scene.event.code, by=None, at=chat.clock())
        olga = await chat.person("Ольга", "Лугова")
        await storage.people.meet(olga.id, at=chat.clock())
        await storage.roles.grant(olga.id, RoleKind.ORGANIZER, scene.event.code, by=None, at=chat.clock())
        for criterion in scene.event.criteria_for("learning-game", None, scene.event.unit.kind):
            await storage.jury.score(scene.assignments[0], criterion.code, criterion.scale[1], at=chat.clock())
        await storage.jury.save(scene.assignments[0], at=chat.clock())
        before = await storage.jury.scores(scene.assignments[0])
        await storage.events.extend(scene.event.code, chat.clock() + timedelta(days=1), by=olga.id)
    chat.moves_on(timedelta(minutes=1))
    await olga.starts()
    await zina.presses("Сдать работу")
    if "выберите" in zina.last.text.lower():
        await zina.presses(zina.last.buttons[0][0])
    await zina.writes("https://scratch.mit.edu/projects/777777777")

    await egor.looks()
    egor.sees(
        f"«Создавай со Scratch»: участник заменил работу {application.number}, которую вы уже оценили.\n"
        "Ваши баллы сохранены: проверьте их, пожалуйста, и сохраните ещё раз.",
        "[Список]",
    )
    await olga.looks()
    assert olga.last.text.startswith(
        f"«Создавай со Scratch»: работа {application.number} заменена после оценки.\n1 лист"
    )
    await egor.presses("Список")
    egor.sees_in("Оценено 0 из 1.", "1. «Таблица умножения» … работа заменена, проверьте баллы")
    async with scene.storage() as storage:
        assert await storage.jury.scores(scene.assignments[0]) == before
        await storage.events.extend(scene.event.code, chat.clock(), by=olga.id)
    chat.moves_on(timedelta(minutes=1))
    await egor.presses("1")
    egor.sees_in("Работа заменена после ваших оценок. Баллы остались: проверьте их и сохраните ещё раз.", "Итого ")
    await egor.presses("Сохранить")
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Список")
    egor.sees_in("Оценено 1 из 1", "1. «Таблица умножения» ✓")


async def test_replacing_what_nobody_has_scored_tells_the_jury_nothing(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    await scene.teacher.starts()
    async with scene.storage() as storage:
        assert await storage.jury.reopen(scene.applications[0].id, at=chat.clock()) == []
        (card,) = await storage.jury.cards(scene.event.code, scene.juror.id)
    assert not card.replaced
