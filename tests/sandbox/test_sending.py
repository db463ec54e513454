"""messages.send: whom it reaches, what it refuses, and repeats."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.client import Client

OLEG = 102


async def test_nobody_is_written_to_before_writing_first(vk: Client) -> None:
    assert await vk.refusal("messages.send", peer_id=OLEG, random_id=1, message="Привет") == (
        901,
        "Can't send messages for users without permission",
    )
    await vk.writes(OLEG)
    assert await vk.send(OLEG) == 2
    await vk.control(f"people/{OLEG}/deny")
    assert (await vk.refusal("messages.send", peer_id=OLEG, random_id=1, message="Привет"))[0] == 901
    await vk.control(f"people/{OLEG}/allow")
    assert await vk.send(OLEG) == 3


async def test_a_list_of_peers_gets_a_list_of_results_even_for_one(vk: Client, anna: int) -> None:
    body = await vk.well("messages.send", peer_ids=f"{anna},{OLEG}", random_id=0, message="Всем")
    assert body == [
        {"peer_id": anna, "message_id": 2, "conversation_message_id": 2},
        {
            "peer_id": OLEG,
            "message_id": 0,
            "conversation_message_id": 0,
            "error": {"code": 901, "description": "Can't send messages for users without permission"},
        },
    ]
    assert await vk.well("messages.send", peer_ids=anna, random_id=0, message="Одной") == [
        {"peer_id": anna, "message_id": 3, "conversation_message_id": 3}
    ]


async def test_ids_count_for_the_community_and_cmids_for_the_dialog(vk: Client, anna: int) -> None:
    await vk.writes(OLEG)
    assert await vk.send(anna) == 3
    assert [view["cmid"] for view in (await vk.dialog(anna))["messages"]] == [1, 2]


async def test_the_same_random_id_sends_nothing_and_returns_the_first_id(vk: Client, anna: int) -> None:
    first = await vk.send(anna, "Раз", random_id=77)
    assert await vk.send(anna, "Раз", random_id=77) == first
    ledger = await vk.look("ledger")
    assert [line["text"] for line in ledger["messages"]] == ["Раз"]
    assert [line["id"] for line in ledger["repeats"]] == [first]


async def test_a_repeat_is_forgotten_after_an_hour(vk: Client, anna: int) -> None:
    first = await vk.send(anna, random_id=77)
    await vk.control("clock", {"shift_s": 3590})
    assert await vk.send(anna, random_id=77) == first
    await vk.control("clock", {"shift_s": 20})
    assert await vk.send(anna, random_id=77) > first


async def test_a_repeat_is_forgotten_behind_a_hundred_messages(vk: Client, anna: int) -> None:
    first = await vk.send(anna, random_id=77)
    for _ in range(99):
        await vk.send(anna)
    assert await vk.send(anna, random_id=77) == first
    await vk.send(anna)
    assert await vk.send(anna, random_id=77) > first


async def test_zero_and_another_dialog_are_no_repeat(vk: Client, anna: int) -> None:
    await vk.writes(OLEG)
    assert await vk.send(anna, random_id=0) != await vk.send(anna, random_id=0)
    assert await vk.send(anna, random_id=5) != await vk.send(OLEG, random_id=5)


async def test_with_dedupe_off_a_double_is_marked_in_the_ledger(vk: Client, anna: int) -> None:
    await vk.settings(random_id_dedupe=False)
    first = await vk.send(anna, random_id=9)
    second = await vk.send(anna, random_id=9)
    lines = (await vk.look("ledger", after=first))["messages"]
    assert [(line["id"], line["repeat_of"]) for line in lines] == [(second, first)]


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({"message": "а" * 4097}, 914, "Message is too long"),
        ({"message": ""}, 100, "message is empty or invalid"),
        ({"message": " \n"}, 100, "message is empty or invalid"),
        ({"random_id": ""}, 100, "random_id is a required parameter"),
        ({"random_id": "x"}, 100, "random_id not integer"),
        ({"peer_ids": "101"}, 100, "peer_id, peer_ids, user_id, chat_id or domain: exactly one is needed"),
        ({"text": "да"}, 100, "unknown parameter text"),
        ({"payload": "x" * 1001}, 100, "payload should be less or equal to 1000 letters length"),
        ({"format_data": "{"}, 100, "format_data contains incorrect JSON"),
        ({"attachment": "photo1"}, 100, "attachment photo1 is invalid"),
        ({"attachment": "photo101_5"}, 100, "attachment photo101_5 not found"),
        ({"intent": "spam"}, 100, "intent is invalid"),
        ({"peer_id": 2_000_000_007}, 917, "You don't have access to this chat"),
        ({"peer_id": -5}, 932, "Your community can't interact with this peer"),
        ({"peer_id": 110}, 18, "User was deleted or banned"),
        ({"peer_id": 999_999}, 901, "Can't send messages for users without permission"),
    ],
)
async def test_a_bad_message_is_refused_in_words_of_vk(
    vk: Client, anna: int, params: dict[str, object], code: int, text: str
) -> None:
    usual: dict[str, object] = {"peer_id": anna, "random_id": 0, "message": "Да"}
    found = await vk.refusal("messages.send", **usual | params)
    prefix = "One of the parameters specified was missing or invalid: " if code == 100 else ""
    assert found == (code, prefix + text)
    assert await vk.send(anna, "а" * 4096) == 2


async def test_people_can_be_closed_to_messages(vk: Client) -> None:
    for code in (900, 902, 1021):
        person = await vk.control("people", {"first_name": "Яна", "last_name": "Мороз", "refused_with": code})
        await vk.writes(person["id"])
        assert (await vk.refusal("messages.send", peer_id=person["id"], random_id=1, message="Да"))[0] == code


async def test_styled_text_is_measured_in_utf16_units(vk: Client, anna: int) -> None:
    style = {"version": 1, "items": [{"type": "bold", "offset": 0, "length": 4}]}
    await vk.send(anna, "😀аб", format_data=json.dumps(style))
    assert (await vk.dialog(anna))["messages"][-1]["format"] == style["items"]
    style["items"] = [{"type": "bold", "offset": 0, "length": 5}]
    assert (
        await vk.refusal("messages.send", peer_id=anna, random_id=0, message="😀аб", format_data=json.dumps(style))
    )[0] == 100


async def test_the_echo_comes_only_when_switched_on(vk: Client, anna: int) -> None:
    await vk.send(anna)
    assert await vk.events() == []
    await vk.well("groups.setLongPollSettings", group_id=1, message_reply=1)
    await vk.send(anna, "С эхом")
    (echo,) = await vk.events()
    assert (echo["type"], echo["object"]["text"], echo["object"]["from_id"]) == ("message_reply", "С эхом", -1)


async def test_a_reply_names_one_message_of_the_same_dialog(vk: Client, anna: int) -> None:
    reply = {"peer_id": anna, "conversation_message_ids": [1], "message_ids": None, "cmids": None, "is_reply": True}
    await vk.send(anna, "Ответ", forward=json.dumps(reply))
    assert (await vk.dialog(anna))["messages"][-1]["reply_to"] == 1
    reply["conversation_message_ids"] = [1, 2]
    assert (await vk.refusal("messages.send", peer_id=anna, random_id=0, message="Да", forward=json.dumps(reply)))[
        0
    ] == 100


async def test_entities_and_mentions_change_only_behind_their_switches(vk: Client, anna: int) -> None:
    written = "&#128522; @id102 (Олег)"
    await vk.send(anna, written)
    await vk.settings(decode_entities=True, parse_mentions=True)
    await vk.send(anna, written)
    texts = [view["text"] for view in (await vk.dialog(anna))["messages"][1:]]
    assert texts == [written, "😊 [id102|Олег]"]


async def test_a_persons_text_is_escaped_only_behind_its_switch(vk: Client, anna: int) -> None:
    await vk.writes(anna, "1 < 2 & 3")
    await vk.settings(escape_incoming=True)
    await vk.writes(anna, "1 < 2 & 3")
    assert [update["object"]["message"]["text"] for update in await vk.events()] == ["1 < 2 & 3", "1 &lt; 2 &amp; 3"]
    assert (await vk.dialog(anna))["messages"][-1]["text"] == "1 < 2 & 3"


async def test_an_edit_replaces_text_and_keyboard(vk: Client, anna: int) -> None:
    await vk.send(anna, "Было")
    assert await vk.well("messages.edit", peer_id=anna, cmid=2, message="Стало") == 1
    shown = (await vk.dialog(anna))["messages"][-1]
    assert shown["text"] == "Стало"
    assert shown["edited_at"] is not None
    assert (await vk.refusal("messages.edit", peer_id=anna, cmid=1, message="Чужое"))[0] == 920
    await vk.control("clock", {"shift_s": 90_000})
    assert await vk.refusal("messages.edit", peer_id=anna, cmid=2, message="Поздно") == (
        909,
        "Can't edit this message, because it's too old",
    )


async def test_a_message_deleted_for_all_is_gone_for_the_person(vk: Client, anna: int) -> None:
    number = await vk.send(anna)
    deleted = await vk.well("messages.delete", message_ids=number, delete_for_all=1)
    assert deleted == [{"peer_id": anna, "message_id": number, "conversation_message_id": 2, "response": 1}]
    assert (await vk.dialog(anna))["messages"][-1]["deleted"] is True
    (theirs,) = await vk.well("messages.delete", peer_id=anna, cmids=1, delete_for_all=1)
    assert theirs["error"] == {"code": 924, "description": "Can't delete this message for everybody"}


async def test_messages_of_many_dialogs_are_deleted_in_one_call_each_with_its_result(vk: Client, anna: int) -> None:
    await vk.writes(OLEG)
    first, second = await vk.send(anna), await vk.send(OLEG)
    results = await vk.well("messages.delete", message_ids=f"{first},{second},{second},999", delete_for_all=1)
    assert [result.get("response", result.get("error", {}).get("code")) for result in results] == [1, 1, 100, 100]
    assert [(await vk.dialog(person))["messages"][-1]["deleted"] for person in (anna, OLEG)] == [True, True]


async def test_after_a_day_a_message_is_deleted_for_the_community_alone(vk: Client, anna: int) -> None:
    number = await vk.send(anna)
    await vk.control("clock", {"shift_s": 86_401})
    (late,) = await vk.well("messages.delete", message_ids=number, delete_for_all=1)
    assert late["error"]["code"] == 924
    assert (await vk.well("messages.delete", peer_id=anna, cmids=2))[0]["response"] == 1
    assert (await vk.dialog(anna))["messages"][-1]["deleted"] is False
