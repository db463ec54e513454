"""`/healthz` and `/metrics` for those who watch the bot; on this machine only, unless the settings say otherwise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.watching.figures import CONTENT_TYPE, Figures, exposition
from bot.watching.health import Health
from storage.errors import StorageError

log = logging.getLogger(__name__)
OK, FAILING = 200, 503


class Page:
    """Answers until cancelled."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        health: Callable[[], Awaitable[Health]],
        figures: Callable[[], Awaitable[Figures]],
    ) -> None:
        self._host = host
        self._port = port
        self._health_now = health
        self._figures = figures
        #: The port that is listened on, once it is.
        self.port: int | None = None

    async def run(self) -> None:
        """Listen, until cancelled. Raises OSError where the address can't be listened on."""
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/metrics", self._metrics)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            self.port = runner.addresses[0][1]
            log.info("watching: http://%s:%s/healthz and /metrics", self._host, self.port)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        found = await self._health_now()
        facts = {"status": "failing" if found.troubles else "ok", "troubles": found.troubles}
        if found.warnings:
            facts["warnings"] = found.warnings
        return web.json_response(facts, status=FAILING if found.troubles else OK)

    async def _metrics(self, _request: web.Request) -> web.Response:
        try:
            figures = await self._figures()
        except StorageError as error:
            log.warning("watching: the database can't be read: %s", error)
            return web.Response(status=FAILING)
        return web.Response(body=exposition(figures), headers={"Content-Type": CONTENT_TYPE})
