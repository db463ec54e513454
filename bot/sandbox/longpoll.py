"""Keys of Bots Long Poll and the answers of its server."""

from __future__ import annotations

import secrets
from collections import deque
from typing import TYPE_CHECKING

from bot.sandbox.bell import Bell
from bot.sandbox.clock import Clock
from bot.sandbox.errors import VkError
from bot.sandbox.settings import Settings
from bot.sandbox.wire import dumps

if TYPE_CHECKING:
    from bot.sandbox.world import World

LONGEST_WAIT_S, QUOTA_WINDOW_S = 90, 60


class LongPoll:
    """The keys that were given out."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._settings = settings
        self.keys: dict[str, float] = {}  # key -> when it was given out, Unix seconds
        self._asked: deque[float] = deque()
        self.polls = 0  # how many have come so far
        self.polled = Bell()

    def issue_key(self) -> str:
        """A new key. Raises VkError 29 where keys are asked for in a loop."""
        now, quota = self._clock.now(), self._settings.longpoll_server_per_minute
        while self._asked and not 0 <= now - self._asked[0] < QUOTA_WINDOW_S:
            self._asked.popleft()
        if quota and len(self._asked) >= quota:
            raise VkError(29)
        self._asked.append(now)
        key = secrets.token_hex(20)
        self.keys[key] = now
        return key

    def expire_keys(self) -> None:
        self.keys.clear()

    def accepts(self, key: str) -> bool:
        issued_at = self.keys.get(key)
        lifetime_s = self._settings.longpoll_key_lifetime
        return issued_at is not None and (lifetime_s is None or self._clock.now() - issued_at < lifetime_s)


async def poll(world: World, *, key: str, ts: str, wait_s: float) -> str:
    """The JSON answer to one `a_check`; waits up to `wait_s` seconds for the first event.

    `ts` is a text in a usual answer and a number in `failed: 1`, as VK has it.
    """
    world.longpoll.polls += 1
    world.longpoll.polled.ring()
    if not world.longpoll.accepts(key):
        return dumps({"failed": 2})
    log = world.log
    if not ts.isdecimal() or (found := log.since(int(ts))) is None:
        return dumps({"failed": 1, "ts": log.ts})
    if not found and wait_s > 0:
        await log.news.wait(min(wait_s, LONGEST_WAIT_S))
        if log is not world.log:
            return dumps({"failed": 2})
        found = log.since(int(ts)) or []
    return f'{{"ts":"{log.ts}","updates":[{",".join(found)}]}}'
