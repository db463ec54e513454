"""The end of keeping: administrators are reminded, look, destroy, and get an act; nobody else may."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat
from tests.talks.organizer_scene import PROTOCOL, scene
from tests.talks.test_organizer_rights import NOT_AVAILABLE, presses_sealed
from tests.talks.test_taking_back import mentions, published

YEAR = timedelta(days=367)


async def test_an_administrator_destroys_what_is_due_and_the_figures_stay(chat: Chat) -> None:
    made = await scene(chat, days=PROTOCOL)
    nina, ivan = await made.person("Нина", "Орлова"), await made.person("Иван", "Админов")
    vera = await made.applies(nina, "Соколова Вера")
    await made.hands_in(vera)
    await published(made, vera)
    async with made.storage() as storage:
        await storage.roles.grant(ivan.id, RoleKind.ADMIN, None, by=None, at=chat.clock())
    code = made.event.code
    await presses_sealed(made, ivan, f"retention_event:{code}")
    ivan.sees_in("раньше не уничтожаю", "• участников: 1")
    await presses_sealed(made, ivan, f"retention_destroy:{code}")
    ivan.sees(NOT_AVAILABLE)

    await chat.passes(YEAR)
    await ivan.looks()
    ivan.sees_in("«Создавай со Scratch»: срок хранения данных закончился")
    for route in ("retention", f"retention_event:{code}", f"retention_destroy:{code}"):
        await presses_sealed(made, made.organizer, route)
        made.organizer.sees(NOT_AVAILABLE)
    await ivan.presses("Посмотреть")
    ivan.sees_in("Будет уничтожено:", "• заявок с именами: 1", "• участников: 1", "• контактов: 1")
    await ivan.presses("Уничтожить")
    assert ivan.new[0].text == "«Создавай со Scratch»: данные уничтожены. Акт ниже, сохраните его."
    ivan.sees_in("АКТ № 1 об уничтожении персональных данных", "• участников: 1", f"vk.com/id{ivan.id}")
    assert "Соколова" not in ivan.last.text
    assert await mentions(made, "Соколова Вера") == []
    async with made.storage() as storage:
        (done,) = await storage.forgetting.destructions()
        assert (done.event_code, done.decided_by, done.counts["participants"]) == (code, ivan.id, 1)
        assert len(await storage.outcomes.of_event(code)) == 1
        assert not any((await storage.forgetting.counts(code)).values())
    await presses_sealed(made, ivan, "retention")
    ivan.sees_in("Хранить больше нечего")


async def test_an_organizer_sees_who_lacks_consents_and_reminds_once_a_day(chat: Chat) -> None:
    made = await scene(chat)
    nina, mallory = await made.person("Нина", "Орлова"), await made.person("Мэл", "Громов")
    first = await made.applies(nina, "Соколова Вера", consent=False)
    await made.applies(nina, "Белов Артём")
    await made.opens("Ещё")
    await made.organizer.presses("Согласия")
    made.organizer.sees(
        "Согласия: «Создавай со Scratch»\n1 из 2 согласий получено. Не хватает у заявителей:\n"
        f"• Нина Орлова: 1, заявки {first.number}",
        "[Напомнить заявителям] / [Выгрузить] [К мероприятию]",
    )
    for _ in range(2):
        await made.organizer.presses("Напомнить заявителям")
    made.organizer.sees_in("Написал заявителям: 1.")
    await nina.looks()
    told = [one for one in nina.all if "не хватает 1 согласия родителей" in one.text]
    assert len(told) == 1
    await nina.presses("Все согласия")
    nina.sees_in("1 из 2 согласий получено")
    for route in (f"chase:{made.event.code}", f"chase_remind:{made.event.code}", "post_removed:1"):
        await presses_sealed(made, mallory, route)
        mallory.sees(NOT_AVAILABLE)
