"""What was written while VK's event log had a hole: looked up in the dialogs themselves.

Long Poll answers `failed: 1` or `failed: 3` where events were lost. Every dialog whose last message has a greater
number than the last one we know of the person has something we did not see.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.vk.arrivals import arrival, whole
from bot.vk.limits import CHATS_FROM
from bot.vk.parcels import Api
from storage.inbox import Arrival

LastCmid = Callable[[int], Awaitable[int]]
PAGE = 200
MOST_PAGES = 50
#: Of a person we know nothing of, no more than this counts as unseen.
FIRST_MEETING = 20
#: Clocks differ, and the last poll began before what it missed.
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in the event log: why, and how many messages were found that it had swallowed."""

    reason: str
    possibly_missed: int
    #: False: VK would not let the dialogs be read, what was lost stays lost.
    searched: bool = True


async def missed(api: Api, last_cmid: LastCmid, *, since: datetime | None) -> list[Arrival]:
    """The messages that people wrote and we have not seen, oldest first. Raises CallError.

    `since`: when the log was last whole; where it is not known only unanswered dialogs are searched.
    """
    found: list[Mapping[str, Any]] = []
    for person_id, last in await _conversations(api, since):
        known = await last_cmid(person_id)
        if last > known:
            found += await _unseen(api, person_id, known)
    found.sort(
        key=lambda message: (whole(message.get("date")) or 0, whole(message.get("conversation_message_id")) or 0)
    )
    arrivals = (arrival(as_update(message)) for message in found)
    return [item for item in arrivals if item is not None]


async def _conversations(api: Api, since: datetime | None) -> list[tuple[int, int]]:
    """Person and the number of the last message, of every dialog that may hold something new."""
    found: list[tuple[int, int]] = []
    for page in range(MOST_PAGES):
        params = {"count": PAGE, "offset": page * PAGE, "filter": "all" if since else "unanswered"}
        items = items_of(await api.request("messages.getConversations", params))
        for item in items:
            last = item.get("last_message")
            number = number_of(last) if isinstance(last, Mapping) else None
            person_id = whole(last.get("peer_id")) if isinstance(last, Mapping) else None
            if number is not None and person_id is not None and 0 < person_id < CHATS_FROM:
                found.append((person_id, number))
        if len(items) < PAGE or (since is not None and _all_before(items, since - CLOCKS_DIFFER)):
            break
    return found


async def _unseen(api: Api, person_id: int, known: int) -> list[Mapping[str, Any]]:
    """The person's messages after number `known`, back to our last one where none is known."""
    found: list[Mapping[str, Any]] = []
    for page in range(MOST_PAGES):
        items = items_of(
            await api.request("messages.getHistory", {"peer_id": person_id, "count": PAGE, "offset": page * PAGE})
        )
        for message in items:  # newest first
            number = number_of(message)
            if number is None:
                continue
            if number <= known or (known == 0 and (message.get("out") == 1 or len(found) >= FIRST_MEETING)):
                return found
            if message.get("out") != 1:
                found.append(message)
        if len(items) < PAGE:
            break
    return found


def as_update(message: Mapping[str, Any]) -> dict[str, Any]:
    """A message out of a dialog as the update that would have brought it."""
    return {
        "type": "message_new",
        "event_id": f"gap:{message.get('peer_id')}:{number_of(message)}",
        "object": {"message": dict(message), "client_info": {}},
    }


def _all_before(items: Sequence[Mapping[str, Any]], at: datetime) -> bool:
    last = [item.get("last_message") for item in items]
    dates = [whole(message.get("date")) or 0 for message in last if isinstance(message, Mapping)]
    return max(dates, default=0) < at.timestamp()


def number_of(message: Mapping[str, Any]) -> int | None:
    """A message's number within its dialog."""
    return whole(message.get("conversation_message_id"))


def items_of(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The objects of an answer that lists some."""
    response = answer.get("response")
    items = response.get("items") if isinstance(response, Mapping) else None
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
