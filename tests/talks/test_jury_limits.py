"""What a juror may not, and what nobody else may: decided from the database, whatever a button says."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.contest.authorize import RoleKind
from bot.talk.seal import Seal
from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.jury_scene import GYMNASIUM, LYCEUM, JuryScene, judging, passes_until

FULL = ("2", "4", "5", "3", "8", "9", "5")
NOT_AVAILABLE = "Это действие вам недоступно."
CLOSED = "Оценивание закрыто: протокол утверждён, изменить баллы нельзя. Если это ошибка, напишите организатору."
CONFLICT = "У вас конфликт интересов с этой работой: её оценят другие члены жюри. Перейдите, пожалуйста, к следующей."


async def opens(scene: JuryScene) -> Person:
    egor = scene.juror
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Оценивать")
    return egor


async def payload_of(chat: Chat, person: Person, label: str) -> dict[str, Any]:
    """What the newest button of this label carries."""
    dialog = await chat.control(f"people/{person.id}/dialog")
    keys = [
        key["action"]
        for message in dialog["messages"]
        for row in (message["keyboard"] or {"buttons": []})["buttons"]
        for key in row
    ]
    found: dict[str, Any] = json.loads([key["payload"] for key in keys if key["label"] == label][-1])
    return found


async def sealed(scene: JuryScene, person: Person, go: str) -> dict[str, str]:
    """A button that the bot itself might have made for this person."""
    async with scene.storage() as storage:
        seal = Seal(await storage.settings.seal_key())
    return {"g": go, "k": seal.of(person.id, go)}


async def sends(person: Person, payload: Mapping[str, Any]) -> None:
    await person.writes("кнопка", payload=dict(payload))


async def test_b17_a_participants_forged_button_gives_no_points_and_is_noted(chat: Chat) -> None:
    scene = await judging(chat)
    egor, anna = await opens(scene), await chat.person("Анна", "Смирнова")
    await anna.starts()
    go = (await payload_of(chat, egor, "2"))["g"]
    for forged in ({"cmd": "approve", "id": 7}, {"g": go, "k": "A" * 22}, {"g": go}):
        await sends(anna, forged)
        anna.sees(NOT_AVAILABLE)
    assert await scene.points(1) == {}
    async with scene.storage() as storage:
        assert await storage.incidents.count_since(anna.id, "forged_payload", scene.event.opens_at) == 3
    await egor.presses("2")
    assert await scene.points(1) == {"nomination-fit": "2"}


async def test_b18_another_jurors_button_does_nothing(chat: Chat) -> None:
    scene = await judging(chat)
    egor, vera = await opens(scene), await chat.person("Вера", "Кольцова")
    await vera.starts()
    await scene.seat(vera)
    stolen = await payload_of(chat, egor, "2")
    await sends(vera, stolen)
    vera.sees(NOT_AVAILABLE)
    await sends(vera, await sealed(scene, vera, stolen["g"]))
    vera.sees(NOT_AVAILABLE)
    assert await scene.points(1) == {}
    (hers, *_) = await scene.assign(vera, 1)
    await sends(vera, await sealed(scene, vera, f"jury_work:{hers}"))
    vera.sees_in("Работа 1 из 1")


async def test_b22_what_is_not_there_and_what_is_not_mine_get_the_same_answer(chat: Chat) -> None:
    scene = await judging(chat)
    vera = await chat.person("Вера", "Кольцова")
    await vera.starts()
    await scene.seat(vera)
    someones, nobodys = scene.assignments[0], 10_000
    mark = (await payload_of(chat, await opens(scene), "2"))["g"].split(":")[2]
    for route in ("work:{}", "at:{}:MARK", "score:{}:MARK:2", "save:{}", "skip:{}", "change:{}", "comment:{}"):
        answers = []
        for assignment in (someones, nobodys, "x", "9" * 40):
            await sends(vera, await sealed(scene, vera, "jury_" + route.format(assignment).replace("MARK", mark)))
            answers.append([message.text for message in vera.new])
        assert answers == [[NOT_AVAILABLE]] * 4
    for route in ("jury", "jury_list", "jury_go", "jury_away", "digest"):
        await sends(vera, await sealed(scene, vera, f"{route}:scratch-1999"))
        vera.sees(NOT_AVAILABLE)
    assert await scene.points(1) == {}


async def test_a_participant_has_no_way_to_the_desk(chat: Chat) -> None:
    scene = await judging(chat)
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts()
    for go in ("jury:", f"jury:{scene.event.code}", f"jury_list:{scene.event.code}", f"digest:{scene.event.code}"):
        await sends(anna, await sealed(scene, anna, go))
        anna.sees(NOT_AVAILABLE)


async def test_a_juror_whose_role_was_taken_can_do_nothing_from_that_moment(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    await egor.presses("2")
    async with scene.storage() as storage:
        await storage.roles.revoke(egor.id, RoleKind.JURY, scene.event.code)
    await egor.presses("4")
    egor.sees(NOT_AVAILABLE)
    assert await scene.points(1) == {"nomination-fit": "2"}


async def test_the_jury_is_shown_no_contact_no_applicant_and_no_supervisor_anywhere(chat: Chat) -> None:
    scene = await judging(chat, works=2, schools=(LYCEUM, GYMNASIUM), organisation=GYMNASIUM)
    await passes_until(chat, 9)
    egor = await opens(scene)
    await scene.scores_all(egor, "2", "4")
    await egor.presses("‹ назад")
    await egor.presses("5")
    await scene.scores_all(egor, *FULL[2:])
    await egor.presses("Изменить")
    await egor.presses("‹ К итогу")
    await egor.presses("Сохранить")
    await egor.presses("Список")
    await egor.presses("1")
    await egor.writes("помощь")
    assert len(egor.all) > 5
    assert await scene.contacts_shown(egor) == []


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
        "×  «Таблица умножения» конфликт интересов",
        "1. «Чистая река» –",
        "2. «Колобок» –",
    ]
    async with scene.storage() as storage:
        sheets = await storage.jury.sheets(scene.event.code)
    assert sheets[scene.applications[0].id][0].conflict == "Занимаюсь с автором в кружке"


async def test_an_old_copy_of_a_card_gives_points_to_its_own_criterion_only(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    old = egor.last.cmid
    await egor.writes("2")
    await egor.presses("4")
    assert await scene.points(1) == {"nomination-fit": "2", "originality": "4"}
    await egor.presses("1", cmid=old)
    assert await scene.points(1) == {"nomination-fit": "1", "originality": "4"}
    copy = next(message for message in egor.all if message.cmid == old)
    assert copy.text.endswith("Соответствие номинации 1 · Оригинальность 4\nТворческий подход (0–5)")


async def test_b20_a_double_tap_has_one_effect(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    card = egor.last.cmid
    again = await payload_of(chat, egor, "2")
    chat.hasty = True
    await egor.presses("2")
    await sends(egor, again)
    assert len(await scene.audit("jury.score")) == 1
    chat.hasty = False
    await scene.scores_all(egor, *FULL[1:])
    saving = await payload_of(chat, egor, "Сохранить")
    chat.hasty = True
    await egor.presses("Сохранить")
    seen = len(egor.all)
    await sends(egor, saving)
    assert len(egor.all) == seen
    assert len(await scene.audit("jury.save")) == 1
    assert card < egor.last.cmid
    egor.sees_in("Работа 2 из 3", "Соответствие номинации (0–2)")


async def test_a_client_without_callback_buttons_gets_text_buttons_and_new_messages(chat: Chat) -> None:
    scene = await judging(chat)
    egor = scene.juror
    async with old_client(chat, egor) as says:
        await says("Оценивать", await sealed(scene, egor, f"jury_go:{scene.event.code}"))
        first = egor.last
        assert await kinds(chat, egor) == {"text"}
        await says("2", await payload_of(chat, egor, "2"))
        assert egor.last.cmid > first.cmid
        egor.sees_in("Соответствие номинации 2\nОригинальность (0–5)")
        for label in FULL[1:]:
            await says(label)
        await says("Сохранить", await payload_of(chat, egor, "Сохранить"))
        receipt, following = egor.all[-2:]
        assert receipt.text == "✓ Работа 1, «Таблица умножения»: 36 из 40. Сохранено, 1 из 3."
        assert "Работа 2 из 3" in following.text


async def test_a_restart_in_the_middle_of_a_card_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db"):
            scene = await judging(chat)
            egor = await opens(scene)
            card = egor.last.cmid
            await egor.presses("2")
        async with chat.runs(tmp_path / "bot.db"):
            await egor.presses("4")
            assert egor.last.cmid == card
            egor.sees_in("Соответствие номинации 2 · Оригинальность 4\nТворческий подход (0–5)")
        async with chat.runs(tmp_path / "bot.db"):
            await egor.writes("5")
            egor.sees_in("Творческий подход 5\nСложность (0–5)")
            assert await scene.points(1) == {"nomination-fit": "2", "originality": "4", "creativity": "5"}


async def test_the_mean_of_the_jury_comes_of_what_was_tapped(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    egor = await opens(scene)
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    async with scene.storage() as storage:
        sheets = await storage.jury.sheets(scene.event.code)
    assert sum(sheets[scene.applications[0].id][0].points.values()) == Decimal(36)


async def test_a_client_without_buttons_under_messages_reads_the_values_and_types_them(chat: Chat) -> None:
    scene = await judging(chat)
    egor = scene.juror
    async with old_client(chat, egor, inline=False) as says:
        await says("Оценивать", await sealed(scene, egor, f"jury_go:{scene.event.code}"))
        assert egor.last.text.endswith(
            "Соответствие номинации (0–2)\n\n• 0\n• 1\n• 2\n• ‹ назад\n• Пропустить\n• Конфликт интересов"
        )
        await says("1")
        assert await scene.points(1) == {"nomination-fit": "1"}
        await says("пропустить")
        egor.sees_in("Работа 2 из 3")


@asynccontextmanager
async def old_client(chat: Chat, person: Person, *, inline: bool = True) -> AsyncIterator[Any]:
    """Writes as an old client does, which says that it knows no callback buttons, or no `inline` buttons at all."""

    async def says(text: str, payload: Mapping[str, Any] | None = None) -> None:
        chat.sandbox.world.log.hold()
        await chat.control(
            f"people/{person.id}/write", {"text": text, **({"payload": dict(payload)} if payload else {})}
        )
        event = chat.sandbox.world.log.held[-1]  # type: ignore[index]
        known = event["object"]["client_info"] | {"button_actions": ["text", "open_link"], "inline_keyboard": inline}
        event["object"] = event["object"] | {"client_info": known}
        await chat.control("events/release", {})
        await chat.settled()
        await person.looks()

    yield says


async def kinds(chat: Chat, person: Person) -> set[str]:
    """Of which kinds the buttons of the newest message are."""
    dialog = await chat.control(f"people/{person.id}/dialog")
    rows = dialog["messages"][-1]["keyboard"]["buttons"]
    return {key["action"]["type"] for row in rows for key in row}
