"""Keyboards, carousels and calls, held against VK's limits before VK does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.talk.message import Answer, Card, Key, Message
from bot.vk.compose import compose
from bot.vk.errors import UnknownOutcome, VkError
from bot.vk.keyboards import KeyboardError, carousel_json, clipped, keyboard_json
from bot.vk.script import piece, results, script
from storage.outbox import Due, Priority

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def due(body: dict[str, Any], kind: Any = "send", **more: Any) -> Due:
    facts = {"target_id": None, "target_cmid": None, "target_state": None, **more}
    return Due(1, 101, Priority.REPLY, kind, body, 77, 0, NOW, **facts)


def keys(rows: int, columns: int = 1) -> list[list[Key]]:
    return [[Key(f"{row}.{column}", {"n": row}) for column in range(columns)] for row in range(rows)]


def test_a_keyboard_is_written_as_vk_reads_it() -> None:
    rows = [
        [Key("Да", {"a": 1}, "callback", "positive"), Key("Нет", {})],
        [Key("Сайт", {}, "link", url="https://vk.com")],
        [],
    ]
    assert json.loads(keyboard_json(rows, inline=True)) == {
        "one_time": False,
        "inline": True,
        "buttons": [
            [
                {"action": {"type": "callback", "label": "Да", "payload": '{"a":1}'}, "color": "positive"},
                {"action": {"type": "text", "label": "Нет"}, "color": "secondary"},
            ],
            [{"action": {"type": "open_link", "label": "Сайт", "link": "https://vk.com"}}],
        ],
    }


@pytest.mark.parametrize(
    ("rows", "columns", "inline"), [(6, 1, True), (2, 5, True), (10, 4, False), (8, 5, False)]
)  # fmt: skip
def test_what_vk_allows_is_allowed(rows: int, columns: int, inline: bool) -> None:
    assert keyboard_json(keys(rows, columns), inline=inline)


@pytest.mark.parametrize(
    ("rows", "columns", "inline", "why"),
    [
        (7, 1, True, "7 rows, at most 6"),
        (1, 6, True, "6 buttons in a row, at most 5"),
        (6, 2, True, "12 buttons, at most 10"),
        (11, 1, False, "11 rows, at most 10"),
        (9, 5, False, "45 buttons, at most 40"),
    ],
)
def test_what_vk_refuses_is_refused_here(rows: int, columns: int, inline: bool, why: str) -> None:
    with pytest.raises(KeyboardError, match=why):
        keyboard_json(keys(rows, columns), inline=inline)


def test_a_long_label_is_cut_and_an_empty_one_refused() -> None:
    assert clipped("Муниципальное автономное общеобразовательное", 40) == "Муниципальное автономное общеобразовате…"
    button = json.loads(keyboard_json([[Key("я" * 41, {})]], inline=True))["buttons"][0][0]
    assert len(button["action"]["label"]) == 40
    with pytest.raises(KeyboardError, match="without a label"):
        keyboard_json([[Key(" ", {})]], inline=True)


def test_payloads_have_their_limits() -> None:
    with pytest.raises(KeyboardError, match="a payload of 256 characters"):
        keyboard_json([[Key("a", {"x": "я" * 248})]], inline=True)
    with pytest.raises(KeyboardError, match="payloads of 1020 characters"):
        keyboard_json([[Key("a", {"x": "я" * 196})] for _ in range(5)], inline=True)


def test_a_carousel_has_its_limits() -> None:
    card = Card("Конкурс", "до 5 марта", (Key("Открыть", {"n": 1}),))
    assert len(json.loads(carousel_json([card] * 10))["elements"]) == 10
    for cards in ([card] * 11, [card, Card("a", "b", (Key("1", {}), Key("2", {})))], [Card("a", "b", ())]):
        with pytest.raises(KeyboardError):
            carousel_json(cards)


def test_a_message_goes_by_peer_ids_so_that_its_number_comes_back() -> None:
    call = compose(due(Message("да", attachments=("doc1_2", "photo3_4")).to_json()))
    assert (call.method, call.params) == (
        "messages.send",
        {"peer_ids": "101", "random_id": 77, "message": "да", "dont_parse_links": 1, "disable_mentions": 1,
         "attachment": "doc1_2,photo3_4"},
    )  # fmt: skip


def test_an_edit_names_its_message_by_the_row_or_by_itself() -> None:
    by_row = compose(due(Message("да", cmid=4).to_json(), "edit", target_id=9, target_cmid=5, target_state="sent"))
    by_itself = compose(due(Message("да", cmid=4).to_json(), "edit"))
    assert [(call.method, call.params["cmid"]) for call in (by_row, by_itself)] == [
        ("messages.edit", 5),
        ("messages.edit", 4),
    ]


def test_a_buttons_answer_is_a_snackbar_or_nothing() -> None:
    said = compose(due(Answer("ab", "я" * 91).to_json(), "answer")).params
    assert json.loads(said["event_data"]) == {"type": "show_snackbar", "text": "я" * 89 + "…"}
    assert "event_data" not in compose(due(Answer("ab").to_json(), "answer")).params


def test_b2_a_text_over_the_limit_is_no_call() -> None:
    with pytest.raises(ValueError, match="4097 characters"):
        compose(due(Message("я" * 4097).to_json()))


def test_a_script_is_one_array_of_calls() -> None:
    call = compose(due(Message('кавычка " слэш \\ строка\n\u2028конец').to_json()))
    code = script([piece(call), piece(call)])
    assert code.startswith('return [API.messages.send({"peer_ids":"101"')
    assert code.endswith(")];")
    assert "\u2028" not in code
    assert r"кавычка \" слэш \\ строка\n конец" in code


def test_the_results_of_a_script_are_matched_with_its_errors_in_order() -> None:
    errors = [{"method": "a", "error_code": 901, "error_msg": "x"}, {"method": "b", "error_code": 10, "error_msg": "y"}]
    found = results({"response": [1, False, [2], False], "execute_errors": errors}, 4)
    assert (found[0], found[2]) == (1, [2])
    assert [error.code for error in (found[1], found[3]) if isinstance(error, VkError)] == [901, 10]


@pytest.mark.parametrize(
    "answer",
    [
        {"response": None},
        {"response": [1]},
        {"response": [False, 1]},
        {"response": [1, 1], "execute_errors": [{"error_code": 1}]},
    ],
)
def test_an_answer_that_does_not_fit_its_calls_is_an_unknown_outcome(answer: dict[str, Any]) -> None:
    with pytest.raises(UnknownOutcome):
        results(answer, 2)
