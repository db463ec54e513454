"""The outbox's rows on their way to people."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from datetime import timedelta

from bot.talk.message import Card, Key, Message, Span
from storage.outbox import Outbox, Priority
from tests.vk.world import Post, until


async def test_messages_to_different_people_share_one_request(post: Post) -> None:
    rows = [await post.put(person, f"Вам {person}") for person in range(101, 109)]
    await post.rounds()
    assert [method for method, _ in post.api.requests] == ["execute"]
    assert sorted(await post.texts()) == [f"Вам {person}" for person in range(101, 109)]
    assert await post.states(*rows) == ["sent"] * 8
    assert [row["cmid"] for row in await post.rows(*rows)] == [1] * 8
    assert sorted(post.settled) == rows


async def test_one_message_goes_by_its_own_method(post: Post) -> None:
    row = await post.put(101, "Одно")
    await post.rounds()
    assert [method for method, _ in post.api.requests] == ["messages.send"]
    assert (await post.row(row))["message_id"] == (await post.ledger())[0]["id"]


async def test_messages_of_one_person_keep_their_order(post: Post) -> None:
    for number in range(6):
        await post.put(101, str(number))
    await post.rounds()
    assert await post.texts() == [str(number) for number in range(6)]


async def test_in_one_request_a_persons_messages_go_as_they_came_to_be_whatever_their_priority(post: Post) -> None:
    await post.put(101, "чек", priority=Priority.NOTICE)
    await post.put(102, "другому")
    await post.put(101, "вопрос")
    await post.rounds()
    assert [text for text in await post.texts() if text != "другому"] == ["чек", "вопрос"]


async def test_the_urgent_go_first(post: Post) -> None:
    await post.put(101, "рассылка", priority=Priority.BULK)
    await post.put(102, "ответ")
    await post.rounds()
    assert await post.texts() == ["ответ", "рассылка"]


async def test_everything_a_message_may_have_is_shown(post: Post) -> None:
    message = Message(
        "😀 Итог: победа",
        bold=(Span(9, 6),),
        keys=((Key("Подробнее", {"a": 1}, "callback", "positive"),), (Key("Сайт", {}, "link", url="https://vk.com"),)),
    )
    await post.put(101, body=message.to_json())
    await post.rounds()
    seen = (await post.vk.dialog(101))["messages"][0]
    assert seen["format"] == [{"type": "bold", "offset": 9, "length": 6}]
    assert [[button["action"]["label"] for button in row] for row in seen["keyboard"]["buttons"]] == [
        ["Подробнее"],
        ["Сайт"],
    ]


async def test_a_carousel_and_a_plain_keyboard_are_shown(post: Post) -> None:
    cards = tuple(Card(f"Конкурс {n}", "до 5 марта", (Key("Открыть", {"n": n}),)) for n in range(3))
    await post.put(101, body=Message("Мероприятия", cards=cards).to_json())
    await post.put(101, body=Message("Меню", keys=((Key("Помощь", {"h": 1}),),), inline=False).to_json())
    await post.rounds()
    dialog = await post.vk.dialog(101)
    assert [card["title"] for card in dialog["messages"][0]["carousel"]["elements"]] == [
        "Конкурс 0",
        "Конкурс 1",
        "Конкурс 2",
    ]
    assert dialog["keyboard"]["buttons"][0][0]["action"]["label"] == "Помощь"


async def test_an_edit_waits_for_the_number_of_its_message(post: Post) -> None:
    first = await post.put(101, "Проверяю ссылку…", priority=Priority.NOTICE)
    await post.put(101, "Ссылка открывается", kind="edit", edits=first, priority=Priority.REPLY)
    await post.rounds()
    messages = (await post.vk.dialog(101))["messages"]
    assert [message["text"] for message in messages] == ["Ссылка открывается"]
    assert messages[0]["edited_at"] is not None


async def test_an_edit_of_a_message_that_was_never_delivered_comes_as_a_new_one(post: Post) -> None:
    await post.fault(method="messages.send", error={"code": 911, "msg": "Keyboard format is invalid"})
    first = await post.put(101, "Проверяю ссылку…")
    await post.rounds()
    edit = await post.put(101, "Ссылка открывается", kind="edit", edits=first)
    await post.rounds()
    assert await post.states(first, edit) == ["dead", "sent"]
    assert await post.texts() == ["Ссылка открывается"]


async def test_an_edit_that_is_too_late_comes_as_a_new_message(post: Post) -> None:
    first = await post.put(101, "Карточка")
    await post.rounds()
    await post.vk.control("clock", {"shift_s": 25 * 3600})
    edit = await post.put(101, "Карточка 2", kind="edit", edits=first)
    await post.rounds()
    assert await post.texts() == ["Карточка", "Карточка 2"]
    assert (await post.row(edit))["cmid"] == 2


async def test_a_row_that_makes_no_message_is_set_aside_and_the_others_go(post: Post) -> None:
    keys = tuple((Key(str(n), {"n": n}),) for n in range(7))
    bad = await post.put(101, body=Message("семь рядов", keys=keys).to_json())
    good = await post.put(102, "хорошее")
    await post.rounds()
    assert await post.states(bad, good) == ["dead", "sent"]
    assert "7 rows, at most 6" in (await post.row(bad))["error"]


async def test_the_running_sender_sends_what_is_added_and_stops_when_asked(post: Post) -> None:
    run = asyncio.create_task(post.sender.run())
    for person in (101, 102, 103):
        await post.put(person)
        post.sender.wake()
    await until(lambda: len(post.settled) == 3)
    post.sender.stop()
    await run
    assert len(await post.ledger()) == 3


async def test_a_stopping_sender_waits_for_what_is_in_flight(post: Post) -> None:
    await post.fault(method="messages.send", hang_s=0.05)
    row = await post.put(101)
    run = asyncio.create_task(post.sender.run())
    await until(lambda: post.api.requests)
    post.sender.stop()
    await run
    assert await post.states(row) == ["sent"]


async def test_a_cancelled_sender_leaves_the_row_due_and_the_next_one_doubles_nothing(post: Post) -> None:
    await post.fault(method="messages.send", hang_s=0.2)
    row = await post.put(101, "один раз")
    run = asyncio.create_task(post.sender.run())
    await until(lambda: post.api.requests)
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert await post.states(row) == ["due"]
    post.sender = post.new_sender()
    await post.rounds()
    assert await post.texts() == ["один раз"]


async def test_f27_a_locked_database_loses_no_result_and_doubles_no_message(post: Post) -> None:
    post.database.patience_s = 0.0
    row = await post.put(101, "один раз")
    await post.sender._round()
    other = sqlite3.connect(post.database.path, isolation_level=None)
    other.execute("begin immediate")
    await post.land()
    assert post.health() is not None
    other.execute("rollback")
    other.close()
    await post.land()
    assert post.health() is None
    assert await post.states(row) == ["sent"]
    assert await post.texts() == ["один раз"]


def test_cheap_commands_do_not_pay_for_vkbottle() -> None:
    code = "import sys, bot.vk.check, bot.vk.incoming, bot.vk.sender; sys.exit('vkbottle' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_a_message_that_is_due_later_waits(post: Post) -> None:
    async with post.database.transaction() as connection:
        await Outbox(connection).add(
            101, Message("потом").to_json(), at=post.clock.now(), due_at=post.clock.now() + timedelta(hours=1)
        )
    await post.one_round()
    assert await post.texts() == []
    post.clock.pass_(hours=1)
    await post.one_round()
    assert await post.texts() == ["потом"]
