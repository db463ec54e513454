"""Long Poll on vkbottle's seam for polling: an update is stored before VK is told that we have it.

vkbottle asks for what follows while a handler still runs, and starts at the server's newest `ts`, so what was written
while the bot was down is skipped. Here the next poll (which is what tells VK) is sent after `store` has committed the
updates together with their `ts`, and polling goes on from the stored `ts`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from vkbottle.polling import BotPolling

from bot.vk.arrivals import arrival
from bot.vk.client import VkApi
from bot.vk.cropped import completed
from bot.vk.errors import CallError, UnknownOutcome, VkError
from bot.vk.gaps import Gap, LastCmid, missed
from bot.vk.transport import Http
from storage.errors import UnavailableError
from storage.inbox import Arrival

log = logging.getLogger(__name__)
Store = Callable[[Sequence[Arrival], str, Gap | None], Awaitable[None]]
WAIT_S = 25
#: How long after its time a poll counts as hung.
GRACE_S = 15.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0
#: While the database takes nothing VK need not be spared: people wait.
STORAGE_PAUSE_S = 3.0
#: groups.getLongPollServer has a quota of its own, and VK keeps a caller who spent it waiting for long.
QUOTA, QUOTA_PAUSE_S = 29, 600.0
HISTORY_LOST, KEY_EXPIRED, ALL_LOST = 1, 2, 3
#: After so many failed polls in a row a new server is asked for.
SERVER_AFTER = 5


class LongPoll(BotPolling):
    """Polls until cancelled. A poll that fails is repeated, at most once a second."""

    def __init__(
        self,
        api: VkApi,
        group_id: int,
        *,
        store: Store,
        load_ts: Callable[[], Awaitable[str | None]],
        last_cmid: LastCmid,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        http: Http | None = None,
        wait_s: int = WAIT_S,
    ) -> None:
        """`store(arrivals, ts, gap)` commits all of it or raises UnavailableError; `jitter` gives 0..1."""
        super().__init__(api, group_id, wait=wait_s)
        self._vk = api
        self._http = http or Http()
        self._store = store
        self._load_ts = load_ts
        self._last_cmid = last_cmid
        self._now = now
        self._jitter = jitter
        self._sleep = sleep
        self._ts: str | None = None
        self._failures = 0
        self._whole_at: datetime | None = None
        self._trouble: str | None = None

    @property
    def health(self) -> str | None:
        """What is wrong, None where all is well."""
        return self._trouble

    async def run(self) -> None:
        """Store what comes, until cancelled."""
        try:
            async for _ in self.listen():
                pass
        finally:
            await self._http.close()

    async def listen(self) -> AsyncGenerator[dict[str, Any], None]:
        """Each answer that brought updates, after they were stored."""
        self._ts = await self._load_ts()
        server: dict[str, Any] | None = None
        while True:
            try:
                server = server or await self._found_server()
                event = await self.get_event(server)
                if "failed" in event:
                    server = await self._after_failure(server, event)
                    continue
                await self._keep(event)
                server["ts"] = self._ts
                self._all_well()
                if event.get("updates"):
                    yield event
            except CallError as error:
                await self._pause(str(error), code=error.code)
                server = None if self._failures % SERVER_AFTER == 0 or error.code is not None else server

    async def get_server(self) -> dict[str, Any]:
        """A new server, key and ts. Raises CallError."""
        answer = await self._vk.request("groups.getLongPollServer", {"group_id": self.group_id})
        server = answer["response"]
        if not isinstance(server, dict) or not all(isinstance(server.get(name), str) for name in ("server", "key")):
            raise UnknownOutcome("groups.getLongPollServer named no server")
        return {**server, "ts": _ts(server)}

    async def get_event(self, server: dict[str, Any]) -> dict[str, Any]:
        """One poll. Raises CallError; a poll that hangs ends by itself.

        By POST, as vkbottle does: aiohttp repeats a GET by itself when a connection breaks.
        """
        params = {"act": "a_check", "key": server["key"], "ts": str(server["ts"]), "wait": str(self.wait)}
        return await self._http.request_json(server["server"], "POST", params=params, total_s=self.wait + GRACE_S)

    async def _found_server(self) -> dict[str, Any]:
        server = await self.get_server()
        if self._ts is None:  # the very first start: from here on nothing is lost
            await self._committed([], server["ts"], None)
        server["ts"] = self._ts
        return server

    async def _keep(self, event: dict[str, Any]) -> None:
        ts, updates = _ts(event), event.get("updates", [])
        if not isinstance(updates, list):
            raise UnknownOutcome("a poll without a list of updates")
        arrivals = [arrival(await completed(self._vk, update)) for update in updates]
        kept = [item for item in arrivals if item is not None]
        if kept or ts != self._ts:
            await self._committed(kept, ts, None)
        self._whole_at = self._now()

    async def _after_failure(self, server: dict[str, Any], event: dict[str, Any]) -> dict[str, Any] | None:
        """What to poll next after VK's `failed`; None: a new server."""
        failed = event.get("failed")
        if self._failures:
            await self._pause(f"failed {failed}")
        else:
            self._failures = 1
        if failed == HISTORY_LOST and "ts" in event:
            await self._recover(_ts(event), "failed 1")
            return {**server, "ts": self._ts}
        if failed == ALL_LOST:
            fresh = await self.get_server()
            await self._recover(fresh["ts"], "failed 3")
            return fresh
        if failed != KEY_EXPIRED:
            await self._pause(f"failed {failed}")
        return None

    async def _recover(self, ts: str, reason: str) -> None:
        """Find what the hole in the log swallowed, and store it together with the `ts` after the hole."""
        try:
            found = await missed(self._vk, self._last_cmid, since=self._whole_at)
            gap = Gap(reason, len(found))
        except VkError as error:
            log.error("the dialogs can't be searched for what was missed: %s", error)  # noqa: TRY400 - expected
            found, gap = [], Gap(reason, 0, searched=False)
        log.error("Long Poll lost events (%s): %d possibly missed, stored now", reason, gap.possibly_missed)
        await self._committed(found, ts, gap)

    async def _committed(self, arrivals: Sequence[Arrival], ts: str, gap: Gap | None) -> None:
        while True:
            try:
                await self._store(arrivals, ts, gap)
            except UnavailableError as error:
                await self._pause(f"the database takes no writes: {error}", longest_s=STORAGE_PAUSE_S)
            else:
                self._ts = ts
                return

    async def _pause(self, reason: str, *, code: int | None = None, longest_s: float = LONGEST_PAUSE_S) -> None:
        """At least a second, at most a minute (a spent quota: ten); longer with each failure."""
        self._failures += 1
        self._trouble = reason
        longest = QUOTA_PAUSE_S if code == QUOTA else longest_s
        first = QUOTA_PAUSE_S if code == QUOTA else FIRST_PAUSE_S
        pause = min(longest, first * 2 ** min(self._failures - 1, 10)) * (0.5 + self._jitter() / 2)
        log.warning("Long Poll: %s; again in %.0f s", reason, max(1.0, pause))
        await self._sleep(max(1.0, pause))

    def _all_well(self) -> None:
        self._failures = 0
        self._trouble = None


def _ts(facts: dict[str, Any]) -> str:
    """VK sends a string, after `failed: 1` a number."""
    ts = facts.get("ts")
    if isinstance(ts, bool) or not isinstance(ts, (str, int)) or not str(ts):
        raise UnknownOutcome("an answer without ts")
    return str(ts)
