"""Callback API: VK brings updates over HTTP and hears `ok` when they are committed, not before.

Deliveries that arrive together share a commit. Whatever is not VK's own — another group, a wrong secret, a body that
is no update — gets 403 or 413 and touches nothing (docs/faults.md, F22 to F24).
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.vk.arrivals import arrival
from bot.vk.cropped import completed
from bot.vk.errors import CallError
from bot.vk.gaps import Gap, LastCmid, missed
from bot.vk.parcels import Api
from storage.errors import UnavailableError
from storage.inbox import Arrival

log = logging.getLogger(__name__)
#: What VK is to store updates by: commits all of it or raises UnavailableError.
Store = Callable[[Sequence[Arrival], Gap | None], Awaitable[None]]
MOST_BODY_BYTES = 1024 * 1024
BODY_WITHIN_S = 10.0
#: When to come again where the database takes no writes (VK honours up to three hours).
AGAIN_IN_S = 10
#: What is being delivered when we stop has so long to be answered; VK brings the rest again.
FINISH_WITHIN_S = 2.0
CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class Door:
    """Where VK knocks, and what it must know."""

    host: str
    port: int
    path: str
    secret: str
    #: What VK's settings show as the string to return; empty: VK is asked for it.
    confirmation: str = ""


class Callback:
    """Takes updates until cancelled."""

    def __init__(self, api: Api, group_id: int, door: Door, *, store: Store, last_cmid: LastCmid) -> None:
        self._api = api
        self._group_id = group_id
        self._door = door
        self._store = store
        self._last_cmid = last_cmid
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._arrived = asyncio.Event()
        self._trouble: str | None = None
        #: The port that is listened on, once it is; `port` 0 lets the system choose.
        self.port: int | None = None

    @property
    def health(self) -> str | None:
        """What is wrong, None where all is well."""
        return self._trouble

    async def run(self) -> None:
        """Listen, until cancelled. First what came while nobody listened is looked for: VK repeats for two hours only.

        Raises OSError where the address can't be listened on.
        """
        app = web.Application(client_max_size=MOST_BODY_BYTES)
        app.router.add_post(self._door.path, self._take)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=FINISH_WITHIN_S)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._door.host, self._door.port)
            await site.start()
            self.port = runner.addresses[0][1]
            log.info("Callback API: listening on %s:%s", self._door.host, self.port)
            await asyncio.gather(self._commit_forever(), self._catch_up())
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        """One delivery of VK's."""
        try:
            async with asyncio.timeout(BODY_WITHIN_S):
                update = _update(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        if update is None or update.get("group_id") != self._group_id:
            return web.Response(status=403)
        if update.get("type") == CONFIRMATION:
            return await self._confirmed()
        if not self._knows_the_secret(update):
            log.warning("Callback API: a delivery with a wrong secret was refused")
            return web.Response(status=403)
        return await self._kept({name: value for name, value in update.items() if name != "secret"})

    def _knows_the_secret(self, update: Mapping[str, Any]) -> bool:
        given = update.get("secret")
        said = given if isinstance(given, str) else ""
        return hmac.compare_digest(said.encode("utf-8", "replace"), self._door.secret.encode())

    async def _confirmed(self) -> web.Response:
        """The code that shows whose server this is; VK's requests for it carry no secret."""
        if self._door.confirmation:
            return web.Response(text=self._door.confirmation)
        try:
            answer = await self._api.request("groups.getCallbackConfirmationCode", {"group_id": self._group_id})
            return web.Response(text=str(answer["response"]["code"]))
        except (CallError, KeyError, TypeError) as error:
            log.warning("Callback API: VK does not tell the confirmation code: %s", error)
            return _later()

    async def _kept(self, update: dict[str, Any]) -> web.Response:
        item = arrival(await completed(self._api, update))
        if item is None:
            return web.Response(text="ok")
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, kept))
        self._arrived.set()
        try:
            await kept
        except UnavailableError:
            return _later()
        return web.Response(text="ok")

    async def _commit_forever(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            waiting, self._waiting = self._waiting, []
            try:
                await self._store([item for item, _ in waiting], None)
            except UnavailableError as error:
                log.error("Callback API: the database takes no writes: %s", error)  # noqa: TRY400 - expected
                self._trouble = "the database takes no writes"
                _settle(waiting, error)
            else:
                self._trouble = None
                _settle(waiting, None)

    async def _catch_up(self) -> None:
        try:
            found = await missed(self._api, self._last_cmid, since=None)
            if found:
                log.warning("Callback API: %d messages came while nobody listened, stored now", len(found))
                await self._store(found, Gap("callback", len(found)))
        except (CallError, UnavailableError) as error:
            log.warning("Callback API: the dialogs can't be searched for what was missed: %s", error)


def _settle(waiting: Sequence[tuple[Arrival, asyncio.Future[None]]], error: UnavailableError | None) -> None:
    for _, kept in waiting:
        if kept.done():  # VK has hung up
            continue
        if error is None:
            kept.set_result(None)
        else:
            kept.set_exception(error)


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(AGAIN_IN_S)})


def _update(body: bytes) -> Mapping[str, Any] | None:
    """The body as an update; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None
