"""Buttons and carousels in VK's form, held against VK's limits before VK can refuse the whole message for one button.

VK refuses a message with one bad button altogether (error 911), so a label that is too long is cut here; what cannot
be mended (too many buttons, a payload too large) raises KeyboardError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.talk.message import Card, Key
from bot.vk import limits
from storage.packing import packed

Rows = Sequence[Sequence[Key]]


class KeyboardError(ValueError):
    """Buttons that VK would refuse: a mistake of ours."""


def keyboard_json(rows: Rows, *, inline: bool) -> str:
    """The `keyboard` parameter. Raises KeyboardError."""
    rows = [row for row in rows if row]
    _check_size(rows, inline=inline)
    buttons = [[_button(key) for key in row] for row in rows]
    _check_payloads(button for row in buttons for button in row)
    return packed({"one_time": False, "inline": inline, "buttons": buttons})


def carousel_json(cards: Sequence[Card]) -> str:
    """The `template` parameter of a carousel. Raises KeyboardError."""
    if len(cards) > limits.CAROUSEL_CARDS:
        raise KeyboardError(f"{len(cards)} cards in a carousel")
    if len({len(card.keys) for card in cards}) > 1:
        raise KeyboardError("the cards of a carousel have different numbers of buttons")
    return packed({"type": "carousel", "elements": [_card(card) for card in cards]})


def clipped(text: str, most: int) -> str:
    """`text`, or its beginning with «…»."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _card(card: Card) -> dict[str, Any]:
    if not 1 <= len(card.keys) <= limits.CAROUSEL_BUTTONS:
        raise KeyboardError(f"{len(card.keys)} buttons on a card")
    buttons = [_button(key) for key in card.keys]
    _check_payloads(buttons)
    return {
        "title": clipped(card.title, limits.CARD_TITLE_CHARS),
        "description": clipped(card.description, limits.CARD_TEXT_CHARS),
        "buttons": buttons,
    }


def _button(key: Key) -> dict[str, Any]:
    label = clipped(key.label, limits.LABEL_CHARS)
    if not label.strip():
        raise KeyboardError("a button without a label")
    if key.kind == "link":
        return {"action": {"type": "open_link", "label": label, "link": key.url} | _payload(key.payload)}
    return {"action": {"type": key.kind, "label": label} | _payload(key.payload), "color": key.colour}


def _payload(payload: Mapping[str, Any]) -> dict[str, str]:
    return {"payload": packed(dict(payload))} if payload else {}


def _check_size(rows: Rows, *, inline: bool) -> None:
    most, most_rows, most_columns = (
        (limits.INLINE_BUTTONS, limits.INLINE_ROWS, limits.INLINE_COLUMNS)
        if inline
        else (limits.PLAIN_BUTTONS, limits.PLAIN_ROWS, limits.PLAIN_COLUMNS)
    )
    if len(rows) > most_rows:
        raise KeyboardError(f"{len(rows)} rows, at most {most_rows}")
    if (buttons := sum(len(row) for row in rows)) > most:
        raise KeyboardError(f"{buttons} buttons, at most {most}")
    if widest := max((len(row) for row in rows if len(row) > most_columns), default=0):
        raise KeyboardError(f"{widest} buttons in a row, at most {most_columns}")


def _check_payloads(buttons: Iterable[Mapping[str, Any]]) -> None:
    sizes = [len(button["action"].get("payload", "")) for button in buttons]
    if max(sizes, default=0) > limits.PAYLOAD_CHARS:
        raise KeyboardError(f"a payload of {max(sizes)} characters, at most {limits.PAYLOAD_CHARS}")
    if sum(sizes) > limits.KEYBOARD_PAYLOAD_CHARS:
        raise KeyboardError(f"payloads of {sum(sizes)} characters, at most {limits.KEYBOARD_PAYLOAD_CHARS}")
