"""How one comes into a jury: by a link, by a typed code, by a role given from the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.contest.authorize import Role, RoleKind
from bot.contest.event import Event
from tests.talks.chat import Chat, Person
from tests.talks.jury_scene import DAYS_SINCE_INTAKE_BEGAN, passes_until, storage_of
from tests.talks.scenes import load_event

REFUSED = (
    "Приглашение не подошло: его уже использовали, срок вышел или в коде ошибка. Попросите организатора прислать новое."
)
ASK_NAME = (
    "Вас пригласили в жюри: «Создавай со Scratch». Два вопроса, и можно начинать.\n"
    "1 из 2 · Ваши фамилия, имя и отчество, как в протоколе. Например: Орлова Нина Петровна."
)
ASK_SCHOOL = (
    "2 из 2 · Где вы работаете? Можно коротко: «г13», «факел», «тгпу».\n"
    "Это нужно, чтобы вам не досталась работа своей школы."
)
ORGANIZER = 7


@pytest.fixture
async def event(chat: Chat) -> Event:
    await passes_until(chat, 10)
    return await load_event(chat, opened_days_ago=DAYS_SINCE_INTAKE_BEGAN)


async def invite(chat: Chat, event: Event, *, lives: timedelta = timedelta(days=14)) -> str:
    async with storage_of(chat) as storage:
        return await storage.invitations.create(
            RoleKind.JURY, event.code, by=ORGANIZER, at=chat.clock(), expires_at=chat.clock() + lives
        )


async def answers(person: Person) -> None:
    await person.writes("лаптев егор ильич")
    person.sees(ASK_SCHOOL, "[Нет организации] / [Назад] [Отмена]")
    await person.writes("лицей 7")
    person.sees_in("МАОУ лицей № 7 г. Томска")
    await person.presses("Да")


async def test_a_newcomer_joins_by_the_link(chat: Chat, event: Event) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts(f"jury-{code}")
    welcome, question = egor.new
    assert welcome.text.startswith("Здравствуйте!")
    assert question.text == ASK_NAME

    await egor.writes("Е. И. Лаптев")
    egor.sees_in("Нужны полные имя и фамилия")
    await answers(egor)
    egor.sees(
        "Проверьте, так будет в протоколе:\n"
        "Лаптев Егор Ильич\n"
        "МАОУ лицей № 7 г. Томска\n\n"
        "Эти данные обрабатывает МАОУ гимназия № 13 г. Томска, чтобы распределить работы и составить протокол. "
        "Подтверждая, вы с этим соглашаетесь.",
        "[Всё верно] / [Исправить] / [Назад] [Отмена]",
    )
    await egor.presses("Исправить")
    egor.sees(ASK_NAME)
    await answers(egor)
    await egor.presses("Всё верно")
    joined, desk = egor.new
    assert joined.text == ("Вы в жюри: «Создавай со Scratch». Утром в дни оценивания я буду писать, что нового.")
    assert desk.text.startswith("Оценивание: «Создавай со Scratch»\nРабот для вас пока нет.")
    async with storage_of(chat) as storage:
        juror = await storage.jury.get(egor.id, event.code)
        grants = [grant for grant in await storage.roles.all() if grant.person_id == egor.id]
    assert juror is not None
    assert (juror.full_name, juror.organisation_code) == ("Лаптев Егор Ильич", "lyceum-7-tomsk")
    assert [(grant.role, grant.granted_by) for grant in grants] == [(Role(RoleKind.JURY, event.code), ORGANIZER)]
    await egor.writes("меню")
    egor.sees("Что сделаем?", "[Мероприятия] [Мои заявки] / [Сдать работу] / [Оценивание] / [Помощь]")


@pytest.mark.parametrize(
    "typed", ["{}", "jury-{}", "jury_{}", "код: jury-{}", "Код {}.", "https://vk.me/kreitv?ref=jury-{}"]
)
async def test_the_code_may_be_typed_or_pasted(chat: Chat, event: Event, typed: str) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts()
    await egor.writes(typed.format(code))
    egor.sees(ASK_NAME)


async def test_a_first_message_with_the_code_still_tells_who_the_operator_is(chat: Chat, event: Event) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.writes(f"jury-{code}")
    welcome, question = egor.new
    assert welcome.text.startswith("Здравствуйте!")
    assert question.text == ASK_NAME


async def test_a_wrong_a_used_and_an_expired_code_get_one_and_the_same_answer(chat: Chat, event: Event) -> None:
    used, expired = await invite(chat, event), await invite(chat, event, lives=timedelta(hours=1))
    egor, vera = await chat.person("Егор", "Лаптев"), await chat.person("Вера", "Кольцова")
    await egor.starts(f"jury-{used}")
    await vera.starts()
    await chat.passes(timedelta(hours=2))
    for word in (used, expired, "A" * 22):
        await vera.starts(f"jury-{word}")
        vera.sees(REFUSED)
        await vera.writes(word)
        vera.sees(REFUSED)
    await vera.starts("jury-мимо")
    vera.sees(REFUSED)
    async with storage_of(chat) as storage:
        assert await storage.jury.members(event.code) == []

    await egor.starts(f"jury-{used}")
    egor.sees(ASK_NAME)


async def test_whoever_is_in_the_jury_comes_to_the_desk_by_the_same_link(chat: Chat, event: Event) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts(f"jury-{code}")
    await egor.writes("Лаптев Егор Ильич")
    await egor.presses("Нет организации")
    egor.sees_in("Лаптев Егор Ильич\nбез организации")
    await egor.presses("Всё верно")
    await egor.starts(f"jury-{code}")
    egor.sees_in("Оценивание: «Создавай со Scratch»")


async def test_joining_that_was_broken_off_is_offered_again(chat: Chat, event: Event) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts(f"jury-{code}")
    await egor.writes("Лаптев Егор Ильич")
    await egor.writes("меню")
    await egor.writes("добрый день")
    egor.sees("У вас не закончено: приглашение в жюри: «Создавай со Scratch».")
    await egor.presses("Продолжить")
    egor.sees(ASK_SCHOOL)


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_role_given_by_command_asks_for_the_name_first(chat: Chat, event: Event, everywhere: bool) -> None:
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts()
    async with storage_of(chat) as storage:
        code = None if everywhere else event.code
        await storage.roles.grant(egor.id, RoleKind.JURY, code, by=None, at=chat.clock())
    await egor.writes("меню")
    await egor.presses("Оценивание")
    egor.sees(ASK_NAME)
    await answers(egor)
    await egor.presses("Всё верно")
    egor.sees_in("Оценивание: «Создавай со Scratch»")


async def test_a_draft_does_not_make_a_juror_of_one_whose_role_was_taken(chat: Chat, event: Event) -> None:
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts()
    async with storage_of(chat) as storage:
        await storage.roles.grant(egor.id, RoleKind.JURY, event.code, by=None, at=chat.clock())
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await answers(egor)
    async with storage_of(chat) as storage:
        await storage.roles.revoke(egor.id, RoleKind.JURY, event.code)
    await egor.presses("Всё верно")
    egor.sees(REFUSED)
    async with storage_of(chat) as storage:
        assert await storage.jury.members(event.code) == []


async def test_whoever_was_taken_out_needs_a_new_code(chat: Chat, event: Event) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts(f"jury-{code}")
    await answers(egor)
    await egor.presses("Всё верно")
    second = await invite(chat, event)
    await egor.starts(f"jury-{second}")
    egor.sees_in("Оценивание: «Создавай со Scratch»")
    async with storage_of(chat) as storage:
        await storage.jury.leave(egor.id, event.code)
        await storage.roles.revoke(egor.id, RoleKind.JURY, event.code)
    for act in (egor.starts(f"jury-{code}"), egor.writes(code), egor.starts(f"jury-{second}")):
        await act
        egor.sees(REFUSED)
    async with storage_of(chat) as storage:
        assert await storage.roles.of_person(egor.id) == frozenset()
    await egor.starts(f"jury-{await invite(chat, event)}")
    await answers(egor)
    await egor.presses("Всё верно")
    egor.sees_in("Оценивание: «Создавай со Scratch»")


async def test_leaving_the_first_question_keeps_the_invitation(chat: Chat, event: Event) -> None:
    code = await invite(chat, event)
    egor = await chat.person("Егор", "Лаптев")
    await egor.starts(f"jury-{code}")
    await egor.presses("Отмена")
    egor.sees("Хорошо, отложим: приглашение остаётся за вами.", "[В меню]")
    await egor.writes(f"Мой код: jury-{code}")
    egor.sees(ASK_NAME)
