"""A stored update read into what the talks understand. Everything in it is user input or may change: never raises."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.talk.incoming import Act, Incoming, Quoted
from bot.vk.arrivals import chat_hint, message_of, whole
from bot.vk.attachments import read_attachments
from bot.vk.limits import CHATS_FROM
from storage.packing import packed, unpacked

TEXT_CHARS = 10_000
REF_CHARS = 255
#: VK lets a payload be 255 characters; what is longer or deeper was forged.
PAYLOAD_CHARS, PAYLOAD_DEPTH = 1000, 4
FORGED = "?"
JOB_DONE = "job_done"


def read(raw: Mapping[str, Any], received_at: datetime, *, unescape: bool = False) -> Incoming | None:
    """What the person did; None where it is nothing for a talk (see `chat_hint` for group chats).

    `received_at` stands in where VK gives no time. `unescape`: whether message texts arrive with HTML entities is
    not settled in VK's documentation (the user's Long Poll escapes them); by default they are taken as they are.
    """
    facts, found = raw.get("object"), None
    if not isinstance(facts, Mapping):
        return None
    match raw.get("type"):
        case "message_new" if chat_hint(raw) is None:
            found = _wrote(message_of(raw), facts, received_at, unescape=unescape)
        case "message_event":
            found = _pressed(facts, received_at)
        case "message_allow":
            found = _permission(Act.ALLOWED, facts, received_at)
        case "message_deny":
            found = _permission(Act.DENIED, facts, received_at)
        case _ if raw.get("type") == JOB_DONE:
            found = _job_done(facts, _time(raw.get("at"), received_at, per_second=1000))
    return found


def _wrote(
    message: Mapping[str, Any], facts: Mapping[str, Any], received_at: datetime, *, unescape: bool
) -> Incoming | None:
    person_id = _person(message.get("from_id"))
    if person_id is None or whole(message.get("peer_id", person_id)) != person_id or message.get("out") == 1:
        return None
    text = _text(message.get("text"), TEXT_CHARS)
    payload = _payload(message.get("payload"))
    client = facts.get("client_info")
    client = client if isinstance(client, Mapping) else {}
    actions = client.get("button_actions")
    return Incoming(
        Act.WROTE,
        person_id,
        _time(message.get("date"), received_at),
        text=html.unescape(text) if unescape else text,
        payload=payload,
        attachments=read_attachments(message),
        quoted=_quoted(message, unescape=unescape),
        ref=_text(message.get("ref"), REF_CHARS),
        started=payload is not None and payload.get("command") == "start",
        number=whole(message.get("conversation_message_id")),
        shows_inline=client.get("inline_keyboard", True) is not False,
        shows_callback="callback" in actions if isinstance(actions, list) else True,
    )


def _quoted(message: Mapping[str, Any], *, unescape: bool) -> Quoted | None:
    """The first forwarded message, else the one that is answered."""
    forwarded = message.get("fwd_messages")
    first = forwarded[0] if isinstance(forwarded, list) and forwarded else message.get("reply_message")
    if not isinstance(first, Mapping):
        return None
    text = _text(first.get("text"), TEXT_CHARS)
    return Quoted(html.unescape(text) if unescape else text, read_attachments(first))


def _pressed(facts: Mapping[str, Any], received_at: datetime) -> Incoming | None:
    person_id = _person(facts.get("user_id"))
    event_id = facts.get("event_id")
    if person_id is None or whole(facts.get("peer_id")) != person_id or not isinstance(event_id, str):
        return None
    return Incoming(
        Act.PRESSED,
        person_id,
        received_at,
        payload=_payload(facts.get("payload")) or {},
        event_id=event_id[:REF_CHARS],
        cmid=whole(facts.get("conversation_message_id")),
    )


def _permission(act: Act, facts: Mapping[str, Any], received_at: datetime) -> Incoming | None:
    person_id = _person(facts.get("user_id"))
    return None if person_id is None else Incoming(act, person_id, received_at)


def _job_done(facts: Mapping[str, Any], at: datetime) -> Incoming | None:
    person_id, kind, result = whole(facts.get("person_id")), facts.get("kind"), facts.get("result")
    if person_id is None or not isinstance(kind, str):
        return None
    return Incoming(Act.JOB_DONE, person_id, at, job=kind, result=result if isinstance(result, Mapping) else {})


def _payload(value: object) -> Mapping[str, Any] | None:
    """A button's payload: a message brings it as a string, a press as an object; `{"?": …}` where it was made up."""
    if value is None or value == "":
        return None
    try:
        text = value if isinstance(value, str) else packed(value)
        parsed = unpacked(text) if len(text) <= PAYLOAD_CHARS else FORGED
    except (ValueError, TypeError, RecursionError):
        return {FORGED: str(value)[:REF_CHARS]}
    if not isinstance(parsed, dict) or _depth(parsed) > PAYLOAD_DEPTH:
        return {FORGED: text[:REF_CHARS]}
    return parsed


def _depth(value: object, most: int = PAYLOAD_DEPTH + 1) -> int:
    if most == 0 or not isinstance(value, (dict, list)):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(item, most - 1) for item in inner), default=0)


def _person(value: object) -> int | None:
    person_id = whole(value)
    return person_id if person_id is not None and 0 < person_id < CHATS_FROM else None


def _time(value: object, otherwise: datetime, *, per_second: int = 1) -> datetime:
    number = whole(value)
    if number is None or number <= 0:
        return otherwise
    try:
        return datetime.fromtimestamp(number / per_second, UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise


def _text(value: object, most: int) -> str:
    return value[:most].encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""
