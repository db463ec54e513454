"""The digest: at the event's hour, once a day, to those who have something to score."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.contest.authorize import RoleKind
from bot.contest.consents import Operator
from bot.contest.event import Event
from bot.contest.event.moments import TOMSK
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from handlers.book import texts
from handlers.jury.digest import send_digests
from handlers.kinds import Desk
from handlers.reminding.wanted import wanted
from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.jury_scene import hand_in, judging, passes_until

FULL = ("2", "4", "5", "3", "8", "9", "5")
BUTTONS = "[Оценивать] / [Список] [Сегодня не смогу]"


async def digests(person: Person) -> list[str]:
    await person.looks()
    return [message.text.splitlines()[0] for message in person.all if "оценено" in message.text]


async def test_in_the_morning_a_juror_hears_what_is_new_and_how_far_they_are(chat: Chat) -> None:
    scene = await judging(chat, works=4)
    egor = scene.juror
    await passes_until(chat, 8, 59)
    assert await digests(egor) == []
    await chat.passes(timedelta(minutes=1))
    await egor.looks()
    egor.sees(
        "Доброе утро! «Создавай со Scratch»: новых работ 4, оценено 0 из 4, до конца оценивания 2 дня.\n"
        f"Срок: {scene.until}.\nОсталось оценить: 4 работы. Успеете?",
        f"[Вижу, оценю] / {BUTTONS}",
    )
    await egor.presses("Оценивать")
    egor.sees_in("Работа 1 из 4")
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    await chat.passes(timedelta(hours=5))
    assert len(await digests(egor)) == 1

    await passes_until(chat, 9)
    assert (await digests(egor))[1:] == [
        "Доброе утро! «Создавай со Scratch»: новых работ нет, оценено 1 из 4, до конца оценивания 1 день."
    ]
    assert await scene.contacts_shown(egor) == []


async def test_what_was_assigned_since_the_last_one_is_new(chat: Chat) -> None:
    scene = await judging(chat, works=0)
    vera = await chat.person("Вера", "Кольцова")
    await vera.starts()
    async with scene.storage() as storage:
        scene.applications = [await hand_in(scene, storage, number) for number in range(3)]
    await scene.seat(vera, told=False)
    await scene.assign(vera, 1)
    await chat.passes(timedelta(seconds=5))
    assert (await digests(vera))[-1].endswith("новых работ 1, оценено 0 из 1, до конца оценивания 3 дня.")
    await scene.assign(vera)
    await passes_until(chat, 9)
    assert (await digests(vera))[-1].endswith("новых работ 2, оценено 0 из 3, до конца оценивания 2 дня.")


async def test_the_digest_on_demand_tells_the_same_and_what_was_told_is_not_new_again(chat: Chat) -> None:
    scene = await judging(chat)
    egor = scene.juror
    await passes_until(chat, 12)
    for new in ("новых работ 3", "новых работ нет"):
        await egor.writes("меню")
        await egor.presses("Оценивание")
        await egor.presses("Что нового")
        egor.sees(
            f"Добрый день! «Создавай со Scratch»: {new}, оценено 0 из 3, до конца оценивания 3 дня.\n"
            f"Срок: {scene.until}.",
            BUTTONS,
        )
    await egor.presses("Оценивать")
    for _ in range(3):
        await scene.scores_all(egor, *FULL)
        await egor.presses("Сохранить")
    await egor.presses("Список")
    await egor.presses("К событию")
    await egor.presses("Что нового")
    egor.sees("«Создавай со Scratch»: сейчас оценивать нечего.", "[К событию]")


async def test_a_digest_is_not_doubled_by_a_second_look_or_a_restart(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db"):
            scene = await judging(chat)
            await passes_until(chat, 9)
            await chat.passes(timedelta())
            before = await digests(scene.juror)
        async with chat.runs(tmp_path / "bot.db"):
            await chat.passes(timedelta(seconds=5))
            assert await digests(scene.juror) == before
            assert len(before) == 1
            await passes_until(chat, 9)
            assert len(await digests(scene.juror)) == 2


async def test_a_bot_that_was_down_in_the_morning_tells_it_when_it_is_back(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db"):
            scene = await judging(chat)
            await passes_until(chat, 9)
        chat.moves_on(timedelta(days=1, hours=9))
        async with chat.runs(tmp_path / "bot.db"):
            await chat.passes(timedelta(seconds=5))
            assert (await digests(scene.juror))[-1].startswith("Добрый вечер! «Создавай со Scratch»: новых работ нет")


async def test_nobody_is_written_to_late_in_the_evening(chat: Chat) -> None:
    scene = await judging(chat)
    await passes_until(chat, 22)
    vera = await chat.person("Вера", "Кольцова")
    await vera.starts()
    await scene.seat(vera, told=False)
    await scene.assign(vera)
    await chat.passes(timedelta(seconds=5))
    assert await digests(vera) == []
    await passes_until(chat, 9)
    assert len(await digests(vera)) == 1


async def test_what_could_not_be_sent_by_day_comes_neither_at_night_nor_beside_the_next_one(chat: Chat) -> None:
    scene = await judging(chat)
    facts = Facts(TOMSK, Operator("", "", ""), Directory.load(), "")
    nine = (chat.clock().astimezone(TOMSK) + timedelta(days=1)).replace(hour=9, minute=0)
    async with scene.storage() as storage:

        def at(hours: float) -> Desk:
            return Desk(now=nine + timedelta(hours=hours), storage=storage, texts=texts(), facts=facts)

        morning = at(0)
        await send_digests(morning)
        (told,) = morning.notices
        stands = [await wanted(at(hours), told.reason or "") for hours in (0, 12.9, 13.1, 24)]
    assert stands == [True, True, False, False]


async def test_whoever_can_not_today_hears_nothing_today(chat: Chat) -> None:
    scene = await judging(chat)
    egor = scene.juror
    await passes_until(chat, 8)
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Сегодня не смогу")
    egor.sees(
        "Хорошо, сегодня больше не напомню. Если время найдётся, оценивать можно и сегодня.", "[Оценивать] [В меню]"
    )
    before = len(await digests(egor))
    await passes_until(chat, 9)
    assert len(await digests(egor)) == before
    await passes_until(chat, 9)
    assert len(await digests(egor)) == before + 1


async def test_no_digest_where_nothing_is_to_score(chat: Chat) -> None:
    scene = await judging(chat, works=1)
    egor = scene.juror
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Оценивать")
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    before = len(await digests(egor))
    await passes_until(chat, 9)
    assert len(await digests(egor)) == before


async def test_no_digest_after_judging_or_for_one_who_left_the_jury(chat: Chat) -> None:
    scene = await judging(chat)
    vera = await chat.person("Вера", "Кольцова")
    await vera.starts()
    await scene.seat(vera)
    await scene.assign(vera)
    async with scene.storage() as storage:
        await storage.roles.revoke(vera.id, RoleKind.JURY, scene.event.code)
    await passes_until(chat, 9)
    assert await digests(vera) == []
    for _ in range(2):
        await passes_until(chat, 9)
    before = await digests(scene.juror)
    assert before[-1].endswith("сегодня последний день оценивания.")
    await passes_until(chat, 9)
    assert await digests(scene.juror) == before


async def test_the_digest_comes_at_the_events_own_hour(chat: Chat) -> None:
    def at_seven_in_the_evening(event: Event) -> Event:
        assert event.jury is not None
        return event.model_copy(update={"jury": event.jury.model_copy(update={"digest_hour": 19})})

    scene = await judging(chat, changed=at_seven_in_the_evening)
    await passes_until(chat, 18, 59)
    assert await digests(scene.juror) == []
    await passes_until(chat, 19)
    assert (await digests(scene.juror))[0].startswith("Добрый вечер! «Создавай со Scratch»: новых работ 3")
