"""The community whose token we hold."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.vk.client import VkApi
from bot.vk.errors import CallError, TokenRefusedError, UnknownOutcome

log = logging.getLogger(__name__)

#: VK's codes that say «this token will not do», whatever is tried.
REFUSED = frozenset({5, 15, 27, 28})
LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True, slots=True)
class Group:
    """The community: positive id, and the short name that links into its chat have."""

    id: int
    screen_name: str


async def own_group(api: VkApi, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> Group:
    """The token's community; asks until VK answers. Raises TokenRefusedError."""
    pause_s = 1.0
    while True:
        try:
            return await _asked(api)
        except CallError as error:
            if error.code in REFUSED:
                raise TokenRefusedError(str(error)) from None
            log.warning("VK does not say whose token this is: %s; again in %.0f s", error, pause_s)
        await sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


async def _asked(api: VkApi) -> Group:
    answer = await api.request("groups.getById", {})
    try:
        group = answer["response"]["groups"][0]
        return Group(int(group["id"]), str(group.get("screen_name") or f"club{group['id']}"))
    except (KeyError, IndexError, TypeError, ValueError):
        raise UnknownOutcome("groups.getById named no community") from None
