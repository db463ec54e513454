"""A row of the outbox as a call to VK."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.talk.message import Answer, Message
from bot.vk import limits
from bot.vk.keyboards import carousel_json, clipped, keyboard_json
from storage.outbox import Due
from storage.packing import packed

SEND, EDIT, ANSWER = "messages.send", "messages.edit", "messages.sendMessageEventAnswer"
DELETE = "messages.delete"
HISTORY = "messages.getHistory"


@dataclass(frozen=True, slots=True)
class Call:
    """A method and its parameters as they travel: numbers and strings, nothing nested."""

    method: str
    params: dict[str, Any]


def compose(row: Due, *, as_new: bool = False) -> Call:
    """The call of a row; `as_new` sends an edit whose message can't be edited. Raises ValueError, KeyError.

    `peer_ids` for one person: only so VK tells the number of the new message in its dialog, which an edit needs.
    """
    if row.kind == "answer":
        return _answer(row)
    if row.kind == "edit" and not as_new:
        return Call(EDIT, {"peer_id": row.peer_id, "cmid": edited_cmid(row), **_content(Message.from_json(row.body))})
    if row.kind == "delete":
        return together([row])
    content = _content(Message.from_json(row.body))
    return Call(SEND, {"peer_ids": str(row.peer_id), "random_id": row.random_id, **content})


def together(rows: Sequence[Due]) -> Call:
    """One call for the rows of a batch, or for several deletions. Raises ValueError, KeyError."""
    if rows[0].kind == "delete":
        numbers = ",".join(str(_deleted(row)) for row in rows)
        return Call(DELETE, {"message_ids": numbers, "delete_for_all": 1})
    call = compose(rows[0])
    return Call(SEND, {**call.params, "peer_ids": ",".join(str(row.peer_id) for row in rows)})


def _deleted(row: Due) -> int:
    if row.target_message_id is None:
        raise ValueError("nothing to delete: the message's number is not known")
    return row.target_message_id


def edited_cmid(row: Due) -> int | None:
    """The number of the message that an edit changes, where it is known."""
    if row.target_cmid is not None:
        return row.target_cmid
    cmid = row.body.get("cmid")
    return cmid if isinstance(cmid, int) else None


def _content(message: Message) -> dict[str, Any]:
    if len(message.text) > limits.MESSAGE_CHARS:
        raise ValueError(f"a text of {len(message.text)} characters, at most {limits.MESSAGE_CHARS}")
    if len(message.attachments) > limits.ATTACHMENTS:
        raise ValueError(f"{len(message.attachments)} attachments, at most {limits.ATTACHMENTS}")
    params: dict[str, Any] = {"message": message.text, "dont_parse_links": 1, "disable_mentions": 1}
    if message.keys:
        params["keyboard"] = keyboard_json(message.keys, inline=message.inline)
    if message.cards:
        params["template"] = carousel_json(message.cards)
    if message.attachments:
        params["attachment"] = ",".join(message.attachments)
    if message.bold:
        items = [{"type": "bold", "offset": span.offset, "length": span.length} for span in message.bold]
        params["format_data"] = packed({"version": 1, "items": items})
    return params


def _answer(row: Due) -> Call:
    answer = Answer.from_json(row.body)
    params: dict[str, Any] = {"event_id": answer.event_id, "user_id": row.peer_id, "peer_id": row.peer_id}
    if answer.text:
        text = clipped(answer.text, limits.SNACKBAR_CHARS)
        params["event_data"] = packed({"type": "show_snackbar", "text": text})
    return Call(ANSWER, params)
