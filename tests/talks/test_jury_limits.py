"""What a juror may not: points beyond the scale, after the protocol, or where there is a conflict of interest."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat
from tests.talks.jury_scene import GYMNASIUM, LYCEUM, judging, opens, passes_until, payload_of, sealed, sends

FULL = ("2", "4", "5", "3", "8", "9", "5")
NOT_AVAILABLE = "Это действие вам недоступно."
CLOSED = "Оценивание закрыто: протокол утверждён, изменить баллы нельзя. Если это ошибка, напишите организатору."
CONFLICT = "У вас конфликт интересов с этой работой: её оценят другие члены жюри. Перейдите, пожалуйста, к следующей."


async def test_b24_points_beyond_the_scale_are_refused_even_in_a_sealed_button(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    go = (await payload_of(chat, egor, "2"))["g"].rpartition(":")[0]
    for points in ("11", "-1", "1.5"):
        await sends(egor, await sealed(scene, egor, f"{go}:{points}"))
        assert egor.last.text.startswith("«Соответствие номинации»: ")
    for nothing in ("", "много", "NaN", "Infinity"):
        await sends(egor, await sealed(scene, egor, f"{go}:{nothing}"))
        egor.sees(NOT_AVAILABLE)
    assert await scene.points(1) == {}
    await sends(egor, await sealed(scene, egor, f"{go}:2"))
    assert await scene.points(1) == {"nomination-fit": "2"}


async def test_b24_an_incomplete_sheet_is_not_saved(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    await egor.presses("2")
    await sends(egor, await sealed(scene, egor, f"jury_save:{scene.assignments[0]}"))
    egor.sees_in("Работа 1 из 3", "Оригинальность (0–5)")
    async with scene.storage() as storage:
        assert [progress.scored for progress in await storage.jury.progress(scene.event.code)] == [0]
    await scene.scores_all(egor, *FULL[1:])
    await egor.presses("Сохранить")
    assert egor.popups[-1] == "Сохранено, 1 из 3"


async def test_b24_scoring_twice_leaves_one_score_and_tells_the_audit_what_stood_there(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    card = egor.last.cmid
    two = await payload_of(chat, egor, "2")
    await egor.presses("2", cmid=card)
    await sends(egor, two)
    await sends(egor, await sealed(scene, egor, two["g"][:-1] + "1"))
    assert await scene.points(1) == {"nomination-fit": "1"}
    assert await scene.audit("jury.score") == [
        {"criterion": "nomination-fit", "old": None, "new": "2"},
        {"criterion": "nomination-fit", "old": "2", "new": "1"},
    ]


async def test_b24_after_the_protocol_is_approved_nothing_changes(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    await egor.presses("2")
    before = egor.last.cmid
    await scene.approve()
    await egor.presses("4")
    egor.sees(CLOSED, "[Список] [К событию]")
    assert egor.last.cmid == before
    assert await scene.points(1) == {"nomination-fit": "2"}
    await egor.presses("К событию")
    egor.sees(
        "Оценивание: «Создавай со Scratch»\n"
        "Оценено 0 из 3.\n"
        "Оценивание закрыто: протокол утверждён, баллы больше не меняются.",
        "[Список] [Что нового] / [В меню]",
    )
    await egor.presses("Список")
    await egor.presses("1")
    assert egor.last.text.endswith("Соответствие номинации — 2 из 2\nИтого 2 из 40")
    assert egor.last.keyboard == "[Список]"
    for route in ("save", "comment", "conflict", "change", "skip"):
        await sends(egor, await sealed(scene, egor, f"jury_{route}:{scene.assignments[0]}"))
        egor.sees(CLOSED)


async def test_scoring_goes_on_after_the_deadline_until_the_protocol_is_approved(chat: Chat) -> None:
    scene = await judging(chat)
    for _ in range(5):
        await passes_until(chat, 8)
    egor = await opens(scene)
    await egor.presses("2")
    await egor.presses("‹ назад")
    await egor.presses("‹ назад")
    egor.sees_in(
        f"Срок оценивания вышел {scene.until}, но протокол ещё не утверждён: баллы можно поставить и изменить."
    )
    assert await scene.points(1) == {"nomination-fit": "2"}


async def test_scoring_does_not_begin_while_works_may_still_be_replaced(chat: Chat) -> None:
    scene = await judging(chat)
    async with scene.storage() as storage:
        await storage.events.extend(scene.event.code, chat.clock().replace(year=2099), by=scene.teacher.id)
    egor = scene.juror
    await sends(egor, await sealed(scene, egor, f"jury_go:{scene.event.code}"))
    assert egor.last.text.startswith("Оценивание ещё не началось: работы принимаются до ")
    await sends(egor, await sealed(scene, egor, f"jury_work:{scene.assignments[0]}"))
    assert egor.last.text.startswith("Оценивание ещё не началось: работы принимаются до ")


async def test_b24_works_of_ones_own_school_are_left_by_themselves_and_organizers_hear_of_it(chat: Chat) -> None:
    scene = await judging(chat, works=4, schools=(LYCEUM, GYMNASIUM), organisation=LYCEUM)
    nadya = await chat.person("Надежда", "Ильина")
    await nadya.starts()
    async with scene.storage() as storage:
        await storage.roles.grant(nadya.id, RoleKind.ORGANIZER, scene.event.code, by=None, at=chat.clock())
    egor = await opens(scene)
    egor.sees_in("Работа 1 из 2", "«Чистая река»")
    await nadya.looks()
    told = [message.text for message in nadya.all if "Конфликт интересов" in message.text]
    number = scene.applications[0].number
    assert told[0] == (
        f"Конфликт интересов: Лаптев Егор Ильич не будет оценивать работу {number} «Таблица умножения».\n"
        "Причина: работа своей организации.\n"
        "Назначьте, пожалуйста, другого члена жюри."
    )
    assert len(told) == 2
    assert nadya.last.keyboard == "[Распределить] / [Жюри]"
    await nadya.presses("Распределить")
    nadya.sees_in("Распределение: «Создавай со Scratch»")
    go = (await payload_of(chat, egor, "2"))["g"].replace(f":{scene.assignments[1]}:", f":{scene.assignments[0]}:")
    await sends(egor, await sealed(scene, egor, go))
    egor.sees(CONFLICT)
    assert await scene.points(1) == {}


async def test_b24_a_work_that_is_scored_is_refused_when_it_turns_out_to_be_of_ones_own_school(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    egor = await opens(scene)
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    async with scene.storage() as storage:
        await storage.jury.join(
            egor.id, scene.event.code, full_name="Лаптев Егор Ильич", organisation_code=GYMNASIUM, at=chat.clock()
        )
    await egor.presses("Изменить")
    await egor.presses("Оригинальность: 4")
    await egor.presses("5")
    assert CONFLICT in [message.text for message in egor.all]
    assert (await scene.points(1))["originality"] == "4"


async def test_b24_a_juror_does_not_score_the_work_that_they_applied_with(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    zinaida = scene.teacher
    await zinaida.starts()
    await scene.seat(zinaida)
    (own,) = await scene.assign(zinaida)
    await sends(zinaida, await sealed(scene, zinaida, f"jury_work:{own}"))
    zinaida.sees("Это работа ваша или вашего ученика, её оценят другие. Перейдите, пожалуйста, к следующей.")


async def test_a_conflict_of_interest_takes_the_work_away_and_tells_the_organizers_why(chat: Chat) -> None:
    scene = await judging(chat)
    nadya = await chat.person("Надежда", "Ильина")
    await nadya.starts()
    async with scene.storage() as storage:
        await storage.roles.grant(nadya.id, RoleKind.ORGANIZER, scene.event.code, by=None, at=chat.clock())
    egor = await opens(scene)
    await egor.presses("2")
    await egor.presses("Конфликт интересов")
    egor.sees(
        "В чём конфликт интересов? Нажмите или напишите: причину увидят только организаторы.",
        "[Это мой ученик] / [Это мой родственник] / [Работа моей организации] / [Назад] [Отмена]",
    )
    await egor.presses("Отмена")
    egor.sees_in("Работа 1 из 3", "Оригинальность (0–5)")
    await egor.presses("Конфликт интересов")
    await egor.writes("Занимаюсь с автором в кружке")
    thanks, following = egor.new
    assert thanks.text == "Спасибо, что сказали: эту работу оценят другие. Организатор увидит причину."
    assert following.text.startswith("Работа 1 из 2 · 3–4 классы · «Обучающая игра»\n«Чистая река»")
    await nadya.looks()
    nadya.sees(
        "Конфликт интересов: Лаптев Егор Ильич не будет оценивать работу "
        f"{scene.applications[0].number} «Таблица умножения».\n"
        "Причина: Занимаюсь с автором в кружке.\n"
        "Назначьте, пожалуйста, другого члена жюри."
    )
    await egor.presses("‹ назад")
    await egor.presses("Список")
    assert egor.last.text.splitlines()[3:] == [
        "×  «Таблица умножения» — конфликт интересов",
        "1. «Чистая река» — не оценена",
        "2. «Колобок» — не оценена",
    ]
    async with scene.storage() as storage:
        sheets = await storage.jury.sheets(scene.event.code)
    assert sheets[scene.applications[0].id][0].conflict == "Занимаюсь с автором в кружке"
