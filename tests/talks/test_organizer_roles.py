"""Administrators: who organizes what; and giving a person back to the bot."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import WEBINAR, load_event


async def administrator(made: Scene) -> Person:
    admin = await made.person("Анна", "Старшая")
    async with made.storage() as storage:
        await storage.roles.grant(admin.id, RoleKind.ADMIN, None, by=None, at=made.chat.clock())
    return admin


async def test_an_administrator_makes_an_organizer_and_takes_that_back(chat: Chat) -> None:
    made = await scene(chat)
    admin, inna = await administrator(made), await made.person("Инна", "Седых")
    await admin.writes("меню")
    await admin.presses("Кабинет организатора")
    await admin.presses("Роли")
    admin.sees_in(f"Ольга Лугова (vk.com/id{made.organizer.id}): «Создавай со Scratch»")
    await admin.presses("Добавить организатора")
    await admin.writes("vk.com/durov")
    admin.sees_in("Нужен номер страницы")
    await admin.writes(f"https://vk.com/id{inna.id}")
    await admin.presses("Создавай со Scratch")
    admin.sees(
        f"Инна Седых (vk.com/id{inna.id}): организатор, «Создавай со Scratch». Верно?",
        "[Назначить организатором] / [Назад] [Отмена]",
    )
    await admin.presses("Назначить организатором")
    admin.sees(f"Инна Седых (vk.com/id{inna.id}) теперь организатор: «Создавай со Scratch».", "[Роли] [В меню]")
    await inna.looks()
    inna.sees("Теперь вы организатор «Создавай со Scratch»: заявки, жюри и итоги в кабинете.", "[Кабинет организатора]")
    await inna.presses("Кабинет организатора")
    inna.sees_in("Создавай со Scratch — идёт приём до")
    assert "[Роли]" not in inna.last.keyboard

    await admin.presses("Роли")
    await admin.presses("Инна Седых, «Создавай со Scratch»")
    await admin.presses("Снять роль")
    admin.sees_in("Роль снята.")
    await inna.presses("Создавай со Scratch")
    inna.sees("Это действие вам недоступно.")
    await admin.presses("Снять роль")
    admin.sees("Это действие вам недоступно.")
    async with made.storage() as storage:
        assert [one.action for one in await storage.audit.tail(2)] == ["revoke_role", "grant_role"]


async def test_somebody_who_never_wrote_can_be_named_and_is_not_written_to(chat: Chat) -> None:
    made = await scene(chat)
    admin = await administrator(made)
    stranger = await chat.person("Пётр", "Новый")
    for _ in range(2):
        await admin.writes("меню")
        await admin.presses("Кабинет организатора")
        await admin.presses("Роли")
        await admin.presses("Добавить организатора")
        await admin.writes(str(stranger.id))
        await admin.presses("Создавай со Scratch")
        await admin.presses("Назначить организатором")
    admin.sees_in("уже организатор: «Создавай со Scratch».")
    await stranger.looks()
    assert stranger.all == []
    await stranger.starts()
    assert "[Кабинет организатора]" in stranger.last.keyboard


async def test_organizers_of_the_persons_event_hear_the_cry_and_give_the_person_back(chat: Chat) -> None:
    made = await scene(chat)
    other = await made.person("Инна", "Седых")
    await made.organizes(other, await load_event(chat, WEBINAR))
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    await nina.writes("помощь")
    await nina.presses("Позвать человека")
    await other.looks()
    assert "Просит помощи" not in other.last.text
    await made.organizer.looks()
    made.organizer.sees_in(f"Просит помощи: Нина Орлова (vk.com/id{nina.id}).")
    await nina.writes("есть кто?")
    assert nina.new == []
    await made.organizer.presses("Открыть вопрос")
    await made.organizer.presses("Вернуть боту")
    made.organizer.sees("Бот снова отвечает этому человеку.")
    await nina.writes("спасибо")
    assert nina.new != []
