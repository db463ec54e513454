"""Rows of the outbox on their way: packed together, sent, and each one's result read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.faultpoints import fault_point
from bot.vk import limits
from bot.vk.compose import Call
from bot.vk.errors import CallError
from bot.vk.results import results_of
from bot.vk.script import piece, results, script
from storage.outbox import Due, Priority, Sent

EXECUTE = "execute"


class Api(Protocol):
    """What is needed of the calls to VK."""

    async def request(self, method: str, data: dict[str, Any]) -> dict[str, Any]:
        """VK's whole answer. Raises CallError."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """A call and the rows that it carries: one, or several of a batch. `verifies`: it asks whether VK has the row."""

    rows: tuple[Due, ...]
    call: Call
    verifies: bool = False


@dataclass(slots=True)
class Parcel:
    """What goes in one request."""

    items: list[Item] = field(default_factory=list)
    #: Each item's call in VKScript.
    codes: list[str] = field(default_factory=list)
    #: So much more code `execute` takes.
    room_chars: int = limits.EXECUTE_CODE_CHARS

    def take(self, item: Item) -> bool:
        """Put it in; False where it does not fit any more."""
        code = piece(item.call)
        if self.items and len(code) > self.room_chars:
            return False
        self.items.append(item)
        self.codes.append(code)
        self.room_chars -= len(code)
        return True

    def arrange(self) -> None:
        """Put one person's calls in the order in which their rows came to be, whatever their priority."""
        calls = list(zip(self.items, self.codes, strict=True))
        places: dict[int, list[int]] = {}
        for place, (item, _) in enumerate(calls):
            places.setdefault(item.rows[0].peer_id, []).append(place)
        for theirs in places.values():
            in_order = sorted((calls[place] for place in theirs), key=lambda call: call[0].rows[0].id)
            for place, (item, code) in zip(theirs, in_order, strict=True):
                self.items[place], self.codes[place] = item, code

    @property
    def rows(self) -> list[Due]:
        """All rows in it."""
        return [row for item in self.items for row in item.rows]

    @property
    def method(self) -> str:
        """A call that is alone goes by its own method."""
        return self.items[0].call.method if len(self.items) == 1 else EXECUTE

    @property
    def is_bulk(self) -> bool:
        """Does it carry nothing for people who are talking?"""
        return all(row.priority is Priority.BULK for item in self.items for row in item.rows[:1])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: `value` is what VK says of it, `failure` why it says nothing or no."""

    row: Due
    verifies: bool = False
    value: Any = None
    failure: CallError | None = None
    #: How many rows share this failure: it is about the request, not about one of them.
    shared: int = 1
    #: What the failure is about: the row's method or `execute`.
    method: str = ""
    #: Did VK answer the request at all?
    answered: bool = True


async def deliver(api: Api, parcel: Parcel) -> list[Outcome]:
    """Send a parcel in one request: one call by its own method, several by `execute`. Never raises CallError."""
    fault_point("outbox.before_send")
    try:
        values = await _values(api, parcel)
    except CallError as failure:
        return failed(parcel, failure)
    finally:
        fault_point("outbox.after_send")
    return [outcome for item, value in zip(parcel.items, values, strict=True) for outcome in _outcomes(item, value)]


def failed(parcel: Parcel, failure: CallError) -> list[Outcome]:
    """The request as a whole came to nothing."""
    rows, method, answered = parcel.rows, parcel.method, failure.code is not None
    return [
        Outcome(row, item.verifies, None, failure, len(rows), method, answered)
        for item in parcel.items
        for row in item.rows
    ]


async def _values(api: Api, parcel: Parcel) -> Sequence[Any]:
    if len(parcel.items) == 1:
        call = parcel.items[0].call
        return [(await api.request(call.method, dict(call.params)))["response"]]
    return results(await api.request(EXECUTE, {"code": script(parcel.codes)}), len(parcel.items))


def _outcomes(item: Item, value: Any) -> list[Outcome]:
    method = item.call.method
    if isinstance(value, CallError):
        return [Outcome(row, item.verifies, None, value, len(item.rows), method) for row in item.rows]
    if item.verifies:
        return [Outcome(item.rows[0], True, value, method=method)]
    each = results_of(method, item.rows, value)
    return [
        Outcome(row, value=one, method=method) if isinstance(one, Sent) else Outcome(row, failure=one, method=method)
        for row, one in zip(item.rows, each, strict=True)
    ]
