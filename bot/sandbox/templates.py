"""The carousel: the one message template that VK has."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from bot.sandbox.errors import VkError
from bot.sandbox.keyboards import parse_button
from bot.sandbox.wire import Wire

MOST_ELEMENTS, MOST_BUTTONS, LONGEST_LINE = 10, 3, 80
_PHOTO = re.compile(r"-?\d+_\d+")
_FIELDS = frozenset({"title", "description", "photo_id", "buttons", "action"})


def _invalid(detail: str) -> VkError:
    return VkError(100, f"template is invalid: {detail}")


@lru_cache(maxsize=256)
def parse_template(text: str) -> Wire:
    """The carousel in `text`; the result is shared. Raises VkError 100, or 911 for a bad button."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise _invalid("template is not a valid JSON") from None
    if not isinstance(given, dict) or given.get("type") != "carousel":
        raise _invalid("type should be carousel")
    elements = given.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= MOST_ELEMENTS:
        raise _invalid(f"elements should contain 1..{MOST_ELEMENTS} items")
    parsed = [_element(element, f"element {number}") for number, element in enumerate(elements)]
    if len({(frozenset(element) - {"action"}, len(element["buttons"])) for element in parsed}) > 1:
        raise _invalid("all elements should have the same structure")
    return {"type": "carousel", "elements": parsed}


def _element(element: object, where: str) -> Wire:
    if not isinstance(element, dict) or element.keys() - _FIELDS:
        raise _invalid(f"{where} contains unknown fields")
    buttons = element.get("buttons")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise _invalid(f"{where} should contain 1..{MOST_BUTTONS} buttons")
    if not element.get("title") and not element.get("photo_id"):
        raise _invalid(f"{where} should contain title or photo_id")
    if element.get("title") and not element.get("description"):
        raise _invalid(f"{where} should contain description")
    for name in ("title", "description"):
        if len(str(element.get(name, ""))) > LONGEST_LINE:
            raise _invalid(f"{where} {name} should be no more than {LONGEST_LINE} letters length")
    if "photo_id" in element and not _PHOTO.fullmatch(str(element["photo_id"])):
        raise _invalid(f"{where} photo_id is invalid")
    _check_action(element.get("action"), where)
    lines = [parse_button(button, f"button [{where}][{at}]") for at, button in enumerate(buttons)]
    return {**element, "buttons": lines}


def _check_action(action: object, where: str) -> None:
    if action is None:
        return
    if not isinstance(action, dict) or action.get("type") not in ("open_link", "open_photo"):
        raise _invalid(f"{where} action is invalid")
    if action["type"] == "open_link" and not str(action.get("link", "")).startswith(("http://", "https://")):
        raise _invalid(f"{where} action has invalid link")
