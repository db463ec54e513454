"""Who may see and score what: decided from the database, whatever a button says."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat
from tests.talks.jury_scene import GYMNASIUM, LYCEUM, judging, opens, passes_until, payload_of, sealed, sends

FULL = ("2", "4", "5", "3", "8", "9", "5")
NOT_AVAILABLE = "Это действие вам недоступно."


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
