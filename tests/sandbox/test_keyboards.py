"""Keyboards and carousels: what is refused, and what a person can press."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.sandbox.errors import VkError
from bot.sandbox.keyboards import parse_keyboard
from bot.sandbox.templates import parse_template
from tests.sandbox.client import Client, inline, under_field


def button(**action: object) -> dict[str, Any]:
    return {"action": {"type": "text", "label": "Да", **action}}


def keyboard(*rows: list[dict[str, Any]], **more: object) -> str:
    return json.dumps({"inline": False, "buttons": list(rows), **more})


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        (keyboard(*[[button()]] * 11), "buttons contain too much rows"),
        (keyboard(*[[button()]] * 7, inline=True), "buttons contain too much rows"),
        (keyboard(*[[button()] * 5] * 9), "keyboard contains too much buttons"),
        (keyboard(*[[button()] * 4] * 3, inline=True), "keyboard contains too much buttons"),
        (keyboard([button()], [button()] * 6), "row 1 contains too much columns"),
        (keyboard([button(label="")]), "button [0][0] label should be at least 1 letters length"),
        (keyboard([button(), button(label="я" * 41)]), "button [0][1] label should be no more than 40 letters length"),
        (keyboard([button(type="open_link", link="e.org")]), "button [0][0] has invalid link"),
        (keyboard([button()], inline=1), "inline property should be boolean"),
        (keyboard([button(color="red")]), "action contains unknown fields"),
        (keyboard([button(payload=None)]), "button [0][0] payload should not be null"),
        (
            keyboard([button(payload={"a": "b" * 250})]),
            "button [0][0] payload should be no more than 255 letters length",
        ),
        (
            keyboard(*[[button(payload={"a": "b" * 200})]] * 5),
            "payloads should be no more than 1000 letters length together",
        ),
        ("{", "keyboard is not a valid JSON"),
    ],
)
def test_a_bad_keyboard_is_refused_in_words_of_vk(given: str, detail: str) -> None:
    with pytest.raises(VkError) as refused:
        parse_keyboard(given)
    assert (refused.value.code, refused.value.text) == (911, f"Keyboard format is invalid: {detail}")


def test_the_largest_keyboards_pass() -> None:
    assert len(parse_keyboard(keyboard(*[[button()] * 4] * 10))["buttons"]) == 10
    assert len(parse_keyboard(keyboard(*[[button()] * 2] * 5, inline=True))["buttons"]) == 5


def test_a_payload_given_as_an_object_becomes_a_text() -> None:
    parsed = parse_keyboard(keyboard([button(payload={"шаг": 1})]))
    assert parsed["buttons"][0][0]["action"]["payload"] == '{"шаг":1}'


async def test_one_bad_button_rejects_the_whole_message(vk: Client, anna: int) -> None:
    bad = keyboard([button()], [button(label="")])
    assert (await vk.refusal("messages.send", peer_id=anna, random_id=1, message="Да", keyboard=bad))[0] == 911
    assert len((await vk.dialog(anna))["messages"]) == 1
    await vk.settings(bot_features_enabled=False)
    assert await vk.refusal("messages.send", peer_id=anna, random_id=1, message="Да", keyboard=inline("Да")) == (
        912,
        "This is a chat bot feature, change this status in settings",
    )


async def test_a_pressed_text_button_is_a_message_with_its_payload(vk: Client, anna: int) -> None:
    await vk.send(anna, keyboard=under_field("Записаться", "Помощь"))
    assert (await vk.presses(anna, "Записаться"))["kind"] == "text"
    (update,) = await vk.events()
    message = update["object"]["message"]
    assert (message["text"], message["payload"]) == ("Записаться", '{"is":"Записаться"}')


async def test_a_one_time_keyboard_is_gone_after_the_press(vk: Client, anna: int) -> None:
    await vk.send(anna, keyboard=under_field("Да", one_time=True))
    await vk.control(f"people/{anna}/press", {"row": 0, "column": 0})
    assert (await vk.dialog(anna))["keyboard"] is None


async def test_an_empty_keyboard_takes_the_old_one_away(vk: Client, anna: int) -> None:
    await vk.send(anna, keyboard=under_field("Меню"))
    assert (await vk.dialog(anna))["keyboard"] is not None
    await vk.send(anna, keyboard=json.dumps({"buttons": []}))
    assert (await vk.dialog(anna))["keyboard"] is None


async def test_a_missing_button_is_told_with_those_that_are_there(vk: Client, anna: int) -> None:
    await vk.send(anna, keyboard=inline("Да", "Нет"))
    found = await vk.control(f"people/{anna}/press", {"label": "Может быть"}, status=400)
    assert found == {"error": "no such button; there are: «Да», «Нет»", "kind": "no_button"}


async def test_a_callback_press_is_answered_once_within_a_minute(vk: Client, anna: int) -> None:
    await vk.send(anna, keyboard=inline("Готово", kind="callback"))
    pressed = await vk.presses(anna, "Готово")
    (update,) = await vk.events()
    assert update["type"] == "message_event"
    assert update["object"] == {
        "user_id": anna,
        "peer_id": anna,
        "event_id": pressed["event_id"],
        "payload": {"is": "Готово"},
        "conversation_message_id": 2,
    }
    assert (await vk.dialog(anna))["pending"] == [pressed["event_id"]]
    whose = {"event_id": pressed["event_id"], "user_id": anna, "peer_id": anna}
    bar = {"type": "show_snackbar", "text": "Принято"}
    long = json.dumps({"type": "show_snackbar", "text": "я" * 91})
    assert (await vk.refusal("messages.sendMessageEventAnswer", **whose, event_data=long))[0] == 100
    assert await vk.well("messages.sendMessageEventAnswer", **whose, event_data=json.dumps(bar)) == 1
    seen = await vk.dialog(anna)
    assert (seen["pending"], [bar["text"] for bar in seen["snackbars"]]) == ([], ["Принято"])
    assert (await vk.refusal("messages.sendMessageEventAnswer", **whose))[0] == 100


async def test_an_answer_after_a_minute_is_too_late(vk: Client, anna: int) -> None:
    await vk.send(anna, keyboard=inline("Готово", kind="callback"))
    pressed = await vk.presses(anna, "Готово")
    await vk.control("clock", {"shift_s": 61})
    whose = {"event_id": pressed["event_id"], "user_id": anna, "peer_id": anna}
    assert (await vk.refusal("messages.sendMessageEventAnswer", **whose))[0] == 100
    assert (await vk.dialog(anna))["pending"] == []


async def test_a_link_button_opens_and_sends_no_event(vk: Client, anna: int) -> None:
    link = {"action": {"type": "open_link", "label": "Сайт", "link": "https://example.org"}}
    await vk.send(anna, keyboard=json.dumps({"inline": True, "buttons": [[link]]}))
    assert await vk.presses(anna, "Сайт") == {"kind": "open_link", "open": "https://example.org"}
    assert await vk.events() == []


def carousel(count: int, **element: object) -> str:
    usual: dict[str, object] = {"title": "Работа", "description": "Физика", "buttons": [button()]}
    return json.dumps({"type": "carousel", "elements": [usual | element] * count})


@pytest.mark.parametrize(
    "given",
    [
        carousel(0),
        carousel(11),
        carousel(1, buttons=[button()] * 4),
        carousel(1, title="я" * 81),
        carousel(1, description=""),
        carousel(1, photo_id="здесь"),
        carousel(1, price=5),
        json.dumps({"type": "list", "elements": []}),
    ],
)
def test_a_bad_carousel_is_refused(given: str) -> None:
    with pytest.raises(VkError) as refused:
        parse_template(given)
    assert refused.value.code == 100


async def test_a_carousel_needs_a_text_and_its_buttons_can_be_pressed(vk: Client, anna: int) -> None:
    assert (await vk.refusal("messages.send", peer_id=anna, random_id=0, template=carousel(2)))[0] == 100
    await vk.send(anna, "Работы", template=carousel(2))
    pressed = await vk.control(f"people/{anna}/press", {"cmid": 2, "element": 1, "button": 0})
    assert pressed["kind"] == "text"
