"""What travels over the wire: plain JSON values, and how VK writes them as text."""

from __future__ import annotations

import json
import secrets
from typing import Any, TypeAlias

Wire: TypeAlias = dict[str, Any]  # a JSON object exactly as VK would write it
"""JSON objects stay plain dictionaries here: a model per object would cost more than the answer itself."""

CHATS_FROM = 2_000_000_000
"""Peers from here on are group chats."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: object) -> str:
    """Compact JSON with Russian letters as they are."""
    return _ENCODER.encode(value)


def loads_object(text: str) -> Wire | None:
    """The JSON object in `text`, or None where there is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def event_id() -> str:
    """40 hex digits: the id of one update."""
    return secrets.token_hex(20)


def press_id() -> str:
    """12 hex digits: the id that a callback button's answer names."""
    return secrets.token_hex(6)


def access_key() -> str:
    return secrets.token_hex(9)
