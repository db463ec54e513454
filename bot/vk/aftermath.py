"""What happened after a copy of the database was made, read in the dialogs themselves (docs/faults.md, F35).

VK lists dialogs by their last message, so reading ends where everything is older than the copy. A message of a person
after which the community has said something was answered by the bot that knew more than the copy does: it is taken in
again so that nothing of it is lost, and answered no second time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.vk.arrivals import arrival, whole
from bot.vk.gaps import CLOCKS_DIFFER, PAGE, as_update, items_of, number_of
from bot.vk.limits import CHATS_FROM
from bot.vk.parcels import Api
from storage.inbox import Arrival
from storage.restoring import Said

#: Two hundred thousand dialogs in all, and ten thousand messages in one.
MOST_PAGES, MOST_PAGES_OF_ONE = 1000, 50
#: Histories that are asked for at the same time; the pace holds all the same.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a page of dialogs has to say."""

    #: What people wrote, those that were answered already `muted`.
    arrivals: Sequence[Arrival]
    said: Sequence[Said]
    #: The number of the community's last message in each dialog.
    answered: Mapping[int, int]


async def aftermath(api: Api, known: Mapping[int, int], *, since: datetime) -> AsyncIterator[Aftermath]:
    """All that is newer than `since` and than the numbers `known` of each dialog, a page of dialogs at a time.

    Raises CallError.
    """
    since -= CLOCKS_DIFFER
    for page in range(MOST_PAGES):
        dialogs = await last_messages(api, page)
        news = [last for last in dialogs if _is_news(last, known, since)]
        turns = asyncio.Semaphore(AT_ONCE)
        found = await asyncio.gather(*(_unknown(api, last, known, since, turns) for last in news))
        yield _sorted_out([message for messages in found for message in messages])
        if len(dialogs) < PAGE or all(_at(last) < since for last in dialogs):
            return


async def speaks_of_more(api: Api, known: Mapping[int, int], *, since: datetime) -> bool:
    """Whether the newest dialogs hold something that the bot said and the database does not know. Raises CallError."""
    for last in await last_messages(api, 0):
        if _is_of_bot(last) and _is_news(last, known, since + CLOCKS_DIFFER):
            return True
    return False


async def last_messages(api: Api, page: int) -> list[Mapping[str, Any]]:
    """The last message of each dialog of a page, the newest dialogs first. Raises CallError."""
    params = {"count": PAGE, "offset": page * PAGE, "filter": "all"}
    items = items_of(await api.request("messages.getConversations", params))
    return [last for item in items if isinstance(last := item.get("last_message"), Mapping)]


async def _unknown(
    api: Api, last: Mapping[str, Any], known: Mapping[int, int], since: datetime, turns: asyncio.Semaphore
) -> list[Mapping[str, Any]]:
    """What is unknown of one dialog; where only its last message is, nothing needs to be asked."""
    peer_id = whole(last.get("peer_id")) or 0
    before = known.get(peer_id, 0)
    if before and number_of(last) == before + 1:
        return [last]
    found: list[Mapping[str, Any]] = []
    for page in range(MOST_PAGES_OF_ONE):
        params = {"peer_id": peer_id, "count": PAGE, "offset": page * PAGE}
        async with turns:
            items = items_of(await api.request("messages.getHistory", params))
        fresh = [message for message in items if _is_news(message, known, since)]
        found += fresh
        if len(items) < PAGE or len(fresh) < len(items):
            break
    return found


def _sorted_out(messages: Sequence[Mapping[str, Any]]) -> Aftermath:
    said = [_said(message) for message in messages if _is_of_bot(message)]
    answered: dict[int, int] = {}
    for one in said:
        answered[one.peer_id] = max(answered.get(one.peer_id, 0), one.cmid)
    heard = [message for message in messages if message.get("out") != 1]
    heard.sort(key=lambda message: (whole(message.get("date")) or 0, number_of(message) or 0))
    arrivals = [found for message in heard if (found := arrival(as_update(message))) is not None]
    muted = [
        replace(one, muted=one.order_key is not None and one.order_key < answered.get(one.person_id, 0))
        for one in arrivals
    ]
    return Aftermath(muted, said, answered)


def _said(message: Mapping[str, Any]) -> Said:
    text = message.get("text")
    return Said(
        whole(message.get("peer_id")) or 0,
        number_of(message) or 0,
        whole(message.get("id")) or None,
        whole(message.get("random_id")) or 0,
        _at(message),
        text if isinstance(text, str) else "",
    )


def _is_of_bot(message: Mapping[str, Any]) -> bool:
    """What somebody writes by hand in the community's name has their number, or a `random_id` of nought."""
    return message.get("out") == 1 and message.get("random_id") != 0 and not message.get("admin_author_id")


def _is_news(message: Mapping[str, Any], known: Mapping[int, int], since: datetime) -> bool:
    peer_id, number = whole(message.get("peer_id")), number_of(message)
    if peer_id is None or number is None or not 0 < peer_id < CHATS_FROM:
        return False
    return number > known.get(peer_id, 0) and _at(message) >= since


def _at(message: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(min(max(whole(message.get("date")) or 0, 0), 2**33), UTC)
