"""VK's answer to a call that carried several rows, read for each of them by itself.

messages.send with `peer_ids` answers an array of `{peer_id, message_id, conversation_message_id}`, with `error` where
that person did not get it; messages.delete an array of the same kind, or, as older versions did, `{"<id>": 1}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.vk.compose import DELETE, SEND
from bot.vk.errors import CallError, UnknownOutcome, VkError
from storage.outbox import Due, Sent

Result = Sent | CallError


def results_of(method: str, rows: Sequence[Due], value: Any) -> list[Result]:
    """What became of each row: an answer that does not tell leaves the row's outcome unknown."""
    if method == SEND:
        return _sent(rows, value)
    if method == DELETE:
        return _deleted(rows, value)
    known = Sent(rows[0].id) if value == 1 else UnknownOutcome(f"{method} answered {str(value)[:100]}")
    return [known] * len(rows)


def _sent(rows: Sequence[Due], value: Any) -> list[Result]:
    if len(rows) == 1:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return [Sent(rows[0].id, value)]
        alone = value[0] if isinstance(value, list) and len(value) == 1 else None
        return [_of_person(rows[0], alone, value)]
    told = _by(value, "peer_id")
    return [_of_person(row, told.get(row.peer_id), value) for row in rows]


def _of_person(row: Due, told: Any, value: Any) -> Result:
    if not isinstance(told, Mapping):
        return UnknownOutcome(f"{SEND} says nothing of a recipient: {str(value)[:100]}")
    if isinstance(told.get("error"), Mapping):
        return _refusal(told["error"])
    message_id, cmid = _number(told, "message_id"), _number(told, "conversation_message_id", "cmid")
    return Sent(row.id, message_id, cmid) if message_id or cmid else UnknownOutcome("no number came back")


def _deleted(rows: Sequence[Due], value: Any) -> list[Result]:
    if isinstance(value, Mapping):
        told: Mapping[Any, Any] = {int(key): one for key, one in value.items() if str(key).isdecimal()}
        return [_of_deletion(row, told.get(row.target_message_id)) for row in rows]
    by_number = _by(value, "message_id")
    in_order = value if isinstance(value, list) and len(value) == len(rows) else [None] * len(rows)
    return [
        _of_deletion(row, by_number.get(row.target_message_id, _unnumbered(one)))
        for row, one in zip(rows, in_order, strict=True)
    ]


def _unnumbered(one: Any) -> Any:
    """An element that does not say which message it is of: the one at its place."""
    return None if isinstance(one, Mapping) and _number(one, "message_id") else one


def _of_deletion(row: Due, told: Any) -> Result:
    if isinstance(told, Mapping) and isinstance(told.get("error"), Mapping):
        return _refusal(told["error"])
    done = told.get("response") if isinstance(told, Mapping) else told
    return Sent(row.id) if done == 1 else UnknownOutcome(f"{DELETE} says nothing of a message: {str(told)[:100]}")


def _by(value: Any, name: str) -> dict[Any, Mapping[str, Any]]:
    """The elements of an answer by their number; one that is told of twice is not told of."""
    found: dict[Any, Mapping[str, Any]] = {}
    twice = set()
    for one in _mappings(value):
        if (number := one.get(name)) in found:
            twice.add(number)
        found[number] = one
    return {number: one for number, one in found.items() if number not in twice}


def _mappings(value: Any) -> Iterable[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _refusal(error: Mapping[str, Any]) -> CallError:
    code = error.get("code", error.get("error_code"))
    text = str(error.get("description", error.get("error_msg", "")))[:200]
    return VkError(code, text) if isinstance(code, int) else UnknownOutcome(f"an error without a code: {text}")


def _number(item: Mapping[str, Any], *names: str) -> int | None:
    """The first of these that is a positive number."""
    return next((item[name] for name in names if isinstance(item.get(name), int) and item[name] > 0), None)
