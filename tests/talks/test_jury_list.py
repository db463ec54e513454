"""The juror's desk and the list of works."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from tests.talks.chat import Chat
from tests.talks.jury_scene import judging

FULL = ("2", "4", "5", "3", "8", "9", "5")


async def test_the_list_goes_page_by_page_and_typing_a_number_opens_that_work(chat: Chat) -> None:
    scene = await judging(chat, works=9)
    egor = scene.juror
    await egor.writes("меню")
    await egor.presses("Оценивание")
    egor.sees(
        "Оценивание: «Создавай со Scratch»\n"
        "Оценено 0 из 9.\n"
        f"Срок: {scene.until}, осталось 3 дня. До утверждения протокола баллы можно менять.",
        "[Оценивать] / [Список] [Что нового] / [Сегодня не смогу] / [В меню]",
    )
    await egor.presses("Список")
    assert egor.last.text.splitlines()[3:] == [
        "1. «Таблица умножения» — не оценена",
        "2. «Чистая река» — не оценена",
        "3. «Колобок» — не оценена",
        "4. «Лабиринт» — не оценена",
        "5. «Звёздный кот» — не оценена",
        "6. «Лесная школа» — не оценена",
        "7. «Переменка» — не оценена",
    ]
    assert egor.last.keyboard == "[1] [2] [3] [4] / [5] [6] [7] / [›] [К событию]"
    card = egor.last.cmid
    await egor.presses("›")
    assert egor.last.text.splitlines()[3:] == ["8. «Сад» — не оценена", "9. «Таблица умножения» — не оценена"]
    assert egor.last.keyboard == "[8] [9] / [‹] [К событию]"
    assert egor.last.cmid == card
    await egor.writes("9")
    egor.sees_in("Работа 9 из 9")
    await egor.presses("2")
    await egor.presses("‹ назад")
    await egor.presses("‹ назад")
    await egor.presses("Список")
    await egor.presses("›")
    assert egor.last.text.splitlines()[-1] == "9. «Таблица умножения» … оценено критериев 1 из 7"


async def test_a_work_that_was_withdrawn_is_not_judged_any_more(chat: Chat) -> None:
    scene = await judging(chat, works=2)
    egor = scene.juror
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Оценивать")
    async with scene.storage() as storage:
        await storage.applications.set_state(
            scene.applications[0].id, ApplicationState.WITHDRAWN, reason=None, at=chat.clock()
        )
    await egor.presses("2")
    egor.sees("Эта работа больше не участвует, оценивать её не нужно.")
    assert await scene.points(1) == {}
    await egor.writes("меню")
    await egor.presses("Оценивание")
    egor.sees_in("Оценено 0 из 1.")
    await egor.presses("Оценивать")
    egor.sees_in("Работа 1 из 1", "«Чистая река»")
