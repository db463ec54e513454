"""Rows of the outbox on their way: composed, packed together, sent, and each one's result read by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.faultpoints import fault_point
from bot.vk import limits
from bot.vk.compose import SEND, Call
from bot.vk.errors import CallError, UnknownOutcome, VkError
from bot.vk.script import piece, results, script
from storage.outbox import Due, Sent

log = logging.getLogger(__name__)
EXECUTE = "execute"


class Api(Protocol):
    """What is needed of the calls to VK."""

    async def request(self, method: str, data: dict[str, Any]) -> dict[str, Any]:
        """VK's whole answer. Raises CallError."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """A row with its call. `verifies`: the call asks whether VK has the message already."""

    row: Due
    call: Call
    #: The call in VKScript.
    code: str
    verifies: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: `value` is VK's answer to its call, `failure` says why there is none."""

    item: Item
    value: Any = None
    failure: CallError | None = None
    #: How many rows share this failure: it is about the request, not about one of them.
    shared: int = 1
    #: What the failure is about: the row's method or `execute`.
    method: str = ""
    #: Did VK answer the request at all?
    answered: bool = True


def made(row: Due, call: Call, *, verifies: bool = False) -> Item:
    """The row ready to be packed."""
    return Item(row, call, piece(call), verifies)


def packed(items: Iterable[Item], most: int) -> list[list[Item]]:
    """Parcels of at most `most` items and as much code as `execute` takes, in the given order."""
    parcels: list[list[Item]] = []
    room = 0
    for item in items:
        if not parcels or len(parcels[-1]) >= most or len(item.code) > room:
            parcels.append([])
            room = limits.EXECUTE_CODE_CHARS
        parcels[-1].append(item)
        room -= len(item.code)
    return parcels


async def deliver(api: Api, parcel: list[Item]) -> list[Outcome]:
    """Send a parcel in one request: one row by its own method, several by `execute`. Never raises CallError."""
    fault_point("outbox.before_send")
    method = parcel[0].call.method if len(parcel) == 1 else EXECUTE
    try:
        if len(parcel) == 1:
            values = [(await api.request(method, dict(parcel[0].call.params)))["response"]]
        else:
            code = script([item.code for item in parcel])
            values = results(await api.request(EXECUTE, {"code": code}), len(parcel))
    except CallError as failure:
        answered = failure.code is not None
        return [Outcome(item, None, failure, len(parcel), method, answered) for item in parcel]
    finally:
        fault_point("outbox.after_send")
    return [_outcome(item, value) for item, value in zip(parcel, values, strict=True)]


def _outcome(item: Item, value: Any) -> Outcome:
    failure = value if isinstance(value, CallError) else None
    if failure is None and not item.verifies:
        failure = _refused_inside(item, value)
    return Outcome(item, None if failure else value, failure, method=item.call.method)


def _refused_inside(item: Item, value: Any) -> CallError | None:
    """The refusal that stands inside an answer: `peer_ids` brings one for each person."""
    if item.call.method != SEND:
        return None if value == 1 else UnknownOutcome(f"{item.call.method} answered {str(value)[:100]}")
    if isinstance(value, int) and value > 0:
        return None
    first = value[0] if isinstance(value, list) and len(value) == 1 else None
    if not isinstance(first, Mapping):
        return UnknownOutcome(f"messages.send answered {str(value)[:100]}")
    error = first.get("error")
    if isinstance(error, Mapping):
        code = error.get("code", error.get("error_code"))
        text = str(error.get("description", error.get("error_msg", "")))[:200]
        return VkError(code, text) if isinstance(code, int) else UnknownOutcome(f"an error without a code: {text}")
    return None if _number(first, "message_id", "conversation_message_id") else UnknownOutcome("no number came back")


def accepted(outcome: Outcome) -> Sent:
    """VK has the row: with its numbers where VK tells them."""
    row_id, value = outcome.item.row.id, outcome.value
    if isinstance(value, list):
        return Sent(row_id, _number(value[0], "message_id"), _number(value[0], "conversation_message_id", "cmid"))
    return Sent(row_id, value if outcome.item.call.method == SEND else None)


def _number(item: Mapping[str, Any], *names: str) -> int | None:
    """The first of these that is a positive number."""
    return next((item[name] for name in names if isinstance(item.get(name), int) and item[name] > 0), None)
