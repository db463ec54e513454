"""What is kept of VK's updates: which matter, whose they are, and what makes one the same as another.

A message of a dialog is known by its person and number, whatever way it came (Long Poll, Callback, a search after a
gap), so that it acts once; everything else by VK's `event_id`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bot.vk.limits import CHATS_FROM
from storage.inbox import Arrival
from storage.receipts import Receipt

#: What a group chat may ask; a longer message there is no question to us.
HELP_CHARS = 200
HELP = ("/help", "/помощь", "/start", "/начать")
LONGEST_EVENT_ID = 200


def arrival(update: object) -> Arrival | None:
    """What to keep of an update; None where it is not for us. Never raises."""
    facts = update.get("object") if isinstance(update, Mapping) else None
    if not isinstance(update, Mapping) or not isinstance(facts, Mapping):
        return None
    match update.get("type"):
        case "message_new":
            return _message(update)
        case "message_event":
            person_id = whole(facts.get("user_id"))
            return _other(update, person_id) if whole(facts.get("peer_id")) == person_id else None
        case "message_allow" | "message_deny":
            return _other(update, whole(facts.get("user_id")))
        case "message_read":
            return _read(update, facts)
        case _:
            return None


def chat_hint(raw: Mapping[str, Any]) -> int | None:
    """The group chat that asks for help: it gets one fixed text and nothing else; None for everything else."""
    message = message_of(raw)
    peer_id, text = whole(message.get("peer_id")), message.get("text")
    if peer_id is None or peer_id <= CHATS_FROM or not _is_person(whole(message.get("from_id"))):
        return None
    words = text.split() if isinstance(text, str) and len(text) <= HELP_CHARS else []
    asks = any(word.lower().partition("@")[0] in HELP for word in words[:3])
    return peer_id if asks and raw.get("type") == "message_new" else None


def message_of(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message of a message_new; before 5.103 it was the object itself."""
    facts = raw.get("object")
    if not isinstance(facts, Mapping):
        return {}
    message = facts.get("message", facts)
    return message if isinstance(message, Mapping) else {}


def whole(value: object) -> int | None:
    """A whole number as VK sends it, that SQLite can hold; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62 else None


def _message(raw: Mapping[str, Any]) -> Arrival | None:
    message = message_of(raw)
    person_id, peer_id = whole(message.get("from_id")), whole(message.get("peer_id"))
    if chat := chat_hint(raw):
        return _other(raw, chat, of_chat=True)
    if not _is_person(person_id) or person_id is None or peer_id != person_id or message.get("out") == 1:
        return None  # communities, chats, our own echo: a bot that answers a bot never ends
    cmid = whole(message.get("conversation_message_id"))
    if cmid is None or cmid <= 0:
        return _other(raw, person_id)
    return Arrival(f"m:{peer_id}:{cmid}", person_id, cmid, raw)


def _other(raw: Mapping[str, Any], person_id: int | None, *, of_chat: bool = False) -> Arrival | None:
    if person_id is None or not (of_chat or _is_person(person_id)):
        return None
    return Arrival(_event_id(raw), person_id, None, raw)


def _read(raw: Mapping[str, Any], facts: Mapping[str, Any]) -> Arrival | None:
    """How far a person has read their dialog with us: the number of a message of ours, in VK and in the dialog."""
    person_id, peer_id = whole(facts.get("from_id")), whole(facts.get("peer_id"))
    message_id, cmid = (whole(facts.get(key)) or 0 for key in ("read_message_id", "conversation_message_id"))
    if person_id is None or not _is_person(person_id) or peer_id != person_id or not (message_id or cmid):
        return None
    return Arrival(_event_id(raw), person_id, None, raw, receipt=Receipt(person_id, message_id, cmid))


def _event_id(raw: Mapping[str, Any]) -> str:
    given = raw.get("event_id")
    if isinstance(given, str) and given.isascii() and 0 < len(given) <= LONGEST_EVENT_ID:
        return given
    return "h:" + hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def _is_person(person_id: int | None) -> bool:
    return person_id is not None and 0 < person_id < CHATS_FROM
