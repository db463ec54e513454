"""Keyboards as VK takes them: what is wrong is said in VK's words (error 911)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from bot.sandbox.errors import VkError
from bot.sandbox.wire import Wire, dumps

MOST_ROWS, MOST_BUTTONS, MOST_IN_ROW = 10, 40, 5
MOST_ROWS_INLINE, MOST_BUTTONS_INLINE = 6, 10
LONGEST_LABEL, LONGEST_PAYLOAD, PAYLOADS_TOGETHER = 40, 255, 1000
_ACTION_FIELDS: dict[str, frozenset[str]] = {
    "text": frozenset({"label"}),
    "callback": frozenset({"label"}),
    "open_link": frozenset({"label", "link"}),
    "open_photo": frozenset(),
    "location": frozenset(),
    "vkpay": frozenset({"hash"}),
    "open_app": frozenset({"app_id", "owner_id", "label", "hash"}),
    "intent_subscribe": frozenset({"peer_id", "intent", "label", "subscribe_id"}),
    "intent_unsubscribe": frozenset({"peer_id", "intent", "label"}),
}
_COLORS = frozenset({"primary", "secondary", "positive", "negative", "default"})
_COLORED = frozenset({"text", "callback"})


def _invalid(detail: str) -> VkError:
    return VkError(911, detail)


@lru_cache(maxsize=1024)
def parse_keyboard(text: str) -> Wire:
    """The keyboard in `text`, payloads as texts. Many messages carry the same one: the result is shared.

    Raises VkError 911 with VK's own words.
    """
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise _invalid("keyboard is not a valid JSON") from None
    if not isinstance(given, dict):
        raise _invalid("keyboard should be an object")
    if given.keys() - {"one_time", "inline", "buttons", "author_id"}:
        raise _invalid("keyboard contains unknown fields")
    inline, one_time = given.get("inline", False), given.get("one_time", False)
    if not isinstance(inline, bool):
        raise _invalid("inline property should be boolean")
    if not isinstance(one_time, bool):
        raise _invalid("one_time property should be boolean")
    if inline and one_time:
        raise _invalid("inline keyboard should not be one_time")
    rows = _rows(given.get("buttons"), inline=inline)
    buttons = [
        [parse_button(button, f"button [{row}][{column}]") for column, button in enumerate(line)]
        for row, line in enumerate(rows)
    ]
    _check_payloads([button for line in buttons for button in line])
    return {"one_time": one_time, "inline": inline, "buttons": buttons}


def _rows(rows: object, *, inline: bool) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise _invalid("buttons property should be array")
    if inline and not rows:
        raise _invalid("inline keyboard should contain buttons")
    if len(rows) > (MOST_ROWS_INLINE if inline else MOST_ROWS):
        raise _invalid("buttons contain too much rows")
    for number, line in enumerate(rows):
        if not isinstance(line, list):
            raise _invalid(f"row {number} should be array")
        if not line:
            raise _invalid(f"row {number} should contain at least 1 column")
        if len(line) > MOST_IN_ROW:
            raise _invalid(f"row {number} contains too much columns")
    if sum(len(line) for line in rows) > (MOST_BUTTONS_INLINE if inline else MOST_BUTTONS):
        raise _invalid("keyboard contains too much buttons")
    return rows


def parse_button(button: object, where: str) -> Wire:
    """One button, also of a carousel's element; `where` names it in VK's words. Raises VkError 911."""
    if not isinstance(button, dict) or not isinstance(button.get("action"), dict):
        raise _invalid(f"{where} should contain action")
    if button.keys() - {"action", "color"}:
        raise _invalid(f"{where} contains unknown fields")
    action: Wire = dict(button["action"])
    kind = action.get("type")
    if kind not in _ACTION_FIELDS:
        raise _invalid(f"{where} action type is invalid")
    if action.keys() - _ACTION_FIELDS[kind] - {"type", "payload"}:
        raise _invalid("action contains unknown fields")
    if "label" in _ACTION_FIELDS[kind]:
        _check_label(action.get("label"), where)
    if kind == "open_link":
        _check_link(action.get("link"), where)
    if "payload" in action:
        action["payload"] = _payload(action["payload"], where)
    return {"action": action} | _color(button.get("color"), kind, where)


def _color(color: object, kind: str, where: str) -> Wire:
    if color is None:
        return {"color": "secondary"} if kind in _COLORED else {}
    if color not in _COLORS or kind not in _COLORED:
        raise _invalid(f"{where} has invalid color")
    return {"color": color}


def _check_label(label: object, where: str) -> None:
    if not isinstance(label, str) or not label.strip():
        raise _invalid(f"{where} label should be at least 1 letters length")
    if len(label) > LONGEST_LABEL:
        raise _invalid(f"{where} label should be no more than {LONGEST_LABEL} letters length")


def _check_link(link: object, where: str) -> None:
    if not isinstance(link, str) or not link.startswith(("http://", "https://")) or any(map(str.isspace, link)):
        raise _invalid(f"{where} has invalid link")


def _payload(payload: object, where: str) -> str:
    """The payload as text: VK takes an object too, but no null."""
    if payload is None:
        raise _invalid(f"{where} payload should not be null")
    text = payload if isinstance(payload, str) else dumps(payload)
    if isinstance(payload, str):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            raise _invalid(f"{where} payload is not a valid JSON") from None
    if len(text) > LONGEST_PAYLOAD:
        raise _invalid(f"{where} payload should be no more than {LONGEST_PAYLOAD} letters length")
    return text


def _check_payloads(buttons: list[Wire]) -> None:
    if sum(len(button["action"].get("payload", "")) for button in buttons) > PAYLOADS_TOGETHER:
        raise _invalid(f"payloads should be no more than {PAYLOADS_TOGETHER} letters length together")
