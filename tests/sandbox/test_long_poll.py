"""Bots Long Poll: cursor, keys, switches, and the order of events."""

from __future__ import annotations

import asyncio

import pytest

from tests.sandbox.client import Client


async def test_the_first_message_comes_after_the_consent(vk: Client) -> None:
    await vk.writes(104, "Добрый день", ref="afisha", ref_source="vk")
    allowed, written = await vk.events()
    assert (allowed["type"], allowed["object"]) == ("message_allow", {"user_id": 104, "key": ""})
    assert written["type"] == "message_new"
    assert len(written["event_id"]) == 40
    message = written["object"]["message"]
    assert (message["from_id"], message["peer_id"], message["ref"]) == (104, 104, "afisha")
    await vk.control("people/104/deny")
    await vk.writes(104, "Снова я")
    assert [update["type"] for update in await vk.events()] == ["message_deny", "message_allow", "message_new"]


async def test_the_same_ts_gives_the_same_events_to_any_poller(vk: Client, anna: int) -> None:
    await vk.writes(anna, "Раз")
    await vk.writes(anna, "Два")
    first, second = await vk.poll(ts="1"), await vk.poll(ts="1")
    assert first == second
    assert first["ts"] == "5"
    assert len((await vk.poll(ts="4"))["updates"]) == 1


async def test_a_waiting_poll_wakes_on_an_event_and_an_idle_one_ends_empty(vk: Client, anna: int) -> None:
    assert await vk.poll(wait=0) == {"ts": "3", "updates": []}
    waiting = asyncio.create_task(vk.poll(wait=25))
    await vk.writes(anna, "Разбудите")
    async with asyncio.timeout(5):
        body = await waiting
    assert body["updates"][0]["object"]["message"]["text"] == "Разбудите"


async def test_a_forgotten_or_future_ts_is_failed_1_with_a_number(vk: Client, anna: int) -> None:
    await vk.settings(longpoll_history=2)
    for _ in range(4):
        await vk.writes(anna)
    assert await vk.poll(ts="1") == {"failed": 1, "ts": 7}
    assert len((await vk.poll(ts="5"))["updates"]) == 2
    assert await vk.poll(ts="900") == {"failed": 1, "ts": 7}


async def test_a_key_dies_of_age_and_by_order(vk: Client, anna: int) -> None:
    assert await vk.poll(key="foreign") == {"failed": 2}
    await vk.settings(longpoll_key_lifetime=3600)
    await vk.control("clock", {"shift_s": 3601})
    assert await vk.poll() == {"failed": 2}
    server = await vk.well("groups.getLongPollServer", group_id=1)
    assert "updates" in await vk.poll(key=server["key"], ts=server["ts"])
    await vk.control("longpoll/expire")
    assert await vk.poll(key=server["key"], ts=server["ts"]) == {"failed": 2}


async def test_only_switched_on_types_arrive(vk: Client, anna: int) -> None:
    await vk.well("groups.setLongPollSettings", group_id=1, message_new=0, group_join=1)
    await vk.writes(anna)
    await vk.control(f"people/{anna}/join")
    assert [update["type"] for update in await vk.events()] == ["group_join"]
    found = await vk.well("groups.getLongPollSettings", group_id=1)
    assert (found["events"]["message_new"], found["events"]["group_join"]) == (0, 1)


async def test_switched_off_long_poll_gives_no_server(vk: Client) -> None:
    await vk.settings(longpoll_enabled=False)
    assert await vk.refusal("groups.getLongPollServer", group_id=1) == (
        100,
        "One of the parameters specified was missing or invalid: longpoll for this group is not enabled",
    )
    await vk.well("groups.setLongPollSettings", group_id=1, enabled=1)
    assert (await vk.well("groups.getLongPollServer", group_id=1))["ts"] == "1"


async def test_asking_for_servers_in_a_loop_meets_the_quota(vk: Client) -> None:
    await vk.settings(longpoll_server_per_minute=3)
    for _ in range(3):
        await vk.well("groups.getLongPollServer", group_id=1)
    assert await vk.refusal("groups.getLongPollServer", group_id=1) == (29, "Rate limit reached")
    await vk.control("clock", {"shift_s": 61})
    await vk.well("groups.getLongPollServer", group_id=1)


@pytest.mark.parametrize(("order", "texts"), [("reversed", "вба"), ("as_is", "абв"), ([1, 0, 2], "бав"), ([2], "в")])
async def test_held_events_come_in_the_order_asked_for(vk: Client, anna: int, order: object, texts: str) -> None:
    await vk.control("events/hold")
    for letter in "абв":
        await vk.writes(anna, letter)
    assert await vk.events() == []
    await vk.control("events/release", {"order": order})
    assert "".join(update["object"]["message"]["text"] for update in await vk.events()) == texts


async def test_an_event_can_come_twice_with_the_same_id(vk: Client, anna: int) -> None:
    await vk.writes(anna, "Одно")
    (update,) = await vk.events()
    await vk.control("events/repeat", {"event_id": update["event_id"]})
    await vk.control("events/repeat", {"last": 1})
    assert await vk.events() == [update, update]


async def test_any_event_can_be_put_into_the_log(vk: Client) -> None:
    await vk.control("events", {"type": "unheard_of", "object": "что-то", "event_id": "7"})
    (update,) = (await vk.poll())["updates"]
    assert (update["type"], update["object"], update["event_id"]) == ("unheard_of", "что-то", "7")


async def test_a_thousand_events_come_in_one_answer(vk: Client, anna: int) -> None:
    for _ in range(1000):
        await vk.control("events", {"type": "group_join", "object": {"user_id": anna, "join_type": "join"}})
    assert len((await vk.poll())["updates"]) == 1000


async def test_a_group_chat_has_messages_without_ids(vk: Client, anna: int) -> None:
    await vk.writes(anna, "Всем привет", peer_id=2_000_000_001)
    (update,) = await vk.events()
    message = update["object"]["message"]
    assert (message["id"], message["peer_id"], message["from_id"]) == (0, 2_000_000_001, anna)
    await vk.well("messages.send", peer_id=2_000_000_001, random_id=0, message="И вам")


async def test_a_cropped_message_can_be_fetched_whole(vk: Client, anna: int) -> None:
    pictures = [await vk.control(f"people/{anna}/attachment", {"kind": "photo"}) for _ in range(3)]
    await vk.writes(anna, "Три", attachments=pictures, crop=True)
    (update,) = await vk.events()
    message = update["object"]["message"]
    assert (message["is_cropped"], len(message["attachments"])) == (True, 1)
    whole = await vk.well("messages.getByConversationMessageId", peer_id=anna, conversation_message_ids=2)
    assert len(whole["items"][0]["attachments"]) == 3
