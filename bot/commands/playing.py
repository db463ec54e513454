"""A bot and a sandbox in one process, and people who act: what the demo, the tour and the tests of talks play on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import App, built
from bot.sandbox.server import Running, serve
from bot.settings import Settings
from bot.works import Works
from storage.storage import Storage

#: How long the slowest machine may take for one answer.
PATIENCE_S = 30.0
#: People read and type: so much of the played time passes before each act.
ACT = timedelta(seconds=4)


class ControlError(Exception):
    """The sandbox would not do what it was asked."""


@dataclass
class Clock:
    """Real time, shifted at will."""

    shift: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Now."""
        return datetime.now(UTC) + self.shift


class Play:
    """The sandbox, and the bot while it runs; both go by the played time."""

    #: Set it to act faster than people do: no time passes between acts.
    hasty = False

    def __init__(self, sandbox: Running, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.clock = Clock()
        self.app: App | None = None
        self._session = session

    async def control(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A call of the control API: GET without a body, POST with one. Raises ControlError."""
        url = f"{self.sandbox.url}/control/{path}"
        async with self._session.request("GET" if body is None else "POST", url, json=body) as answer:
            found = await answer.json()
            if answer.status != 200:  # noqa: PLR2004 - HTTP's «OK»
                raise ControlError(f"{path}: {found}")
            return found

    def moves_on(self, time: timedelta) -> None:
        """Let time pass, for the bot and for VK."""
        self.clock.shift += time
        self.sandbox.world.clock.shift(time.total_seconds())

    async def passes(self, time: timedelta) -> None:
        """Let time pass; what is due by the clock is done."""
        self.moves_on(time)
        if self.app is not None:
            await self.app.chores.look()
            self.app.sender.wake()
            self.app.jobbing.wake()
            await self.settled()

    async def settled(self) -> None:
        """Wait until the bot has answered all there is. Raises TimeoutError where it never does."""
        app = self.app
        if app is None:
            return
        async with asyncio.timeout(PATIENCE_S):
            while True:
                progress = app.progress
                if await self._is_settled(app):
                    return
                await progress.wait()

    async def _is_settled(self, app: App) -> bool:
        async with app.database.transaction() as connection:
            storage = Storage(connection)
            now = self.clock()
            done = (
                (await storage.settings.get("longpoll.ts") or "") == str(self.sandbox.world.log.ts)
                and await storage.inbox.count_waiting() == 0
                and not await storage.outbox.due(1, now=now)
                and not await storage.jobs.due(1, now=now)
            )
        return done and not await app.mailing.look()

    @asynccontextmanager
    async def bot(self, settings: Settings, works: Works | None = None) -> AsyncIterator[App]:
        """Run the bot."""
        stop = asyncio.Event()
        async with built(settings, now=self.clock, works=works) as app:
            self.app = app
            running = asyncio.create_task(app.run(stop))
            try:
                await self.settled()
                yield app
            finally:
                self.app = None
                stop.set()
                await running


def played_settings(url: str, path: Path, **more: Any) -> Settings:
    """Settings of a bot that talks to the sandbox at `url`; nothing is read from the environment's files."""
    values: dict[str, Any] = {
        "vk_token": "sandbox",
        "vk_api_url": f"{url}/method/",
        "vk_requests_per_second": 0,
        "database_path": path,
        "operator_name": "МАОУ гимназия № 13 г. Томска",
        "operator_contact": "data@gymnasium13.example",
        "operator_policy_url": "https://gymnasium13.example/policy",
        **more,
    }
    return Settings(_env_file=None, **values)


@asynccontextmanager
async def sandbox_of(cast: Sequence[Mapping[str, object]], *, port: int = 0) -> AsyncIterator[Running]:
    """A sandbox without a limit on requests, as long as it is needed."""
    running = await serve(port, cast=cast)
    try:
        running.world.settings.requests_per_second = 0
        yield running
    finally:
        await running.close()
