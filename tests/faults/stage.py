"""The stage of a fault test: a sandbox in this process, the bot in a child process that may die at any moment.

Nothing here sleeps: whatever the bot does reaches the sandbox as a request, and every request wakes who waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.bell import Bell
from bot.sandbox.server import build
from bot.sandbox.world import World
from tests.faults import invariants
from tests.faults.child import KILLED, Child, run_bot_with
from tests.faults.expected import Expected, check_steps
from tests.faults.hands import Hands
from tests.faults.patience import Patience
from tests.faults.plain import seen

#: How long the slowest machine may take for one answer; a test that waits so long has failed. Longer than the half
#: minute after which the report of an announcement that is over is looked at again.
PATIENCE_S = 60.0
#: What the bot writes to its database is heard by nobody: one has to look.
LOOK_EVERY_S = 0.05


class Stage:
    """People write, the bot answers, dies and is started again."""

    def __init__(self, folder: Path, world: World, url: str) -> None:
        self.folder = folder
        self.database = folder / "bot.db"
        self.world = world
        self.url = url
        self._kept_ts = 0
        #: So many of the ledger's first messages belong to a database that is gone.
        self._known_to = 0
        #: How far VK was told that the bot has its updates; None before the first poll.
        self.told_ts: int | None = None
        #: Path and query of every request of the bot.
        self.addresses: list[str] = []
        self.deaths: list[int] = []
        #: What each step leads to, where the scenario was played before without any fault.
        self.expected: Expected | None = None
        self.settings: dict[str, str] = {}
        self._child: Child | None = None
        #: Rings at each request of the bot.
        self.changed = Bell()
        #: Set by the first poll of the bot's present life: it has started.
        self.listens = asyncio.Event()
        #: An answer to a call is on its way for so long: a bot that dies meanwhile never hears it.
        self.answers_take_s = 0.0
        self._starts = count(1)

    @property
    def child(self) -> Child:
        """The bot's process."""
        assert self._child is not None, "the bot was not started"
        return self._child

    def person(self, first_name: str, last_name: str) -> int:
        """Somebody new; their number."""
        return self.world.add_person({"first_name": first_name, "last_name": last_name}).id

    def start(self, fault: str = "") -> None:
        """Start the bot, perhaps one that dies at `point#n`."""
        environment = {**environment_of(self.url, self.database), **self.settings, "FAULT": fault}
        output = self.folder / f"bot-{next(self._starts)}.log"
        self.listens.clear()
        self._child = Child(run_bot_with, environment, self.folder, output=output)

    async def ready(self) -> None:
        """Wait for the bot's first poll ever: from then on nothing that people write may be lost."""
        await self.until(lambda: self.told_ts is not None)

    def hands(self, person: int) -> Hands:
        """What somebody does with."""
        return Hands(self.world, person)

    def write(self, person: int, text: str) -> None:
        """Somebody writes."""
        self.hands(person).write(text)

    def starts(self, person: int) -> None:
        """Somebody presses «Начать»."""
        self.hands(person).start()

    def press(self, person: int, label: str) -> None:
        """Somebody presses the newest visible button of this label."""
        self.hands(person).press(label)

    def seen(self, person: int) -> list[str]:
        """The bot's messages to somebody, oldest first, whether it knew their name by then or not."""
        return seen(self.world, person)

    async def until(self, condition: Callable[[], bool], *, restarts: bool = True) -> None:
        """Wait; a bot that dies meanwhile is looked at and, with `restarts`, started again."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                changed = asyncio.create_task(self.changed.wait())
                await asyncio.sleep(0)  # from now on it hears the bell
                try:
                    if condition():
                        return
                    await asyncio.wait([changed, self.child.ended], return_when=asyncio.FIRST_COMPLETED)
                finally:
                    changed.cancel()
                if self.child.ended.done():
                    self.died()
                    if restarts:
                        self.start()

    async def settled(self) -> None:
        """Wait until the bot has done and marked all there is. Raises AssertionError where it never does."""
        patience = Patience(lambda: (self.told_ts, len(self.world.ledger.accepted)), PATIENCE_S)
        while self.told_ts != self.world.log.ts or invariants.waiting(self.database):
            assert not self.child.ended.done(), self.child.said()
            assert not patience.is_over, f"{invariants.waiting(self.database)} wait"
            await self.changed.wait(LOOK_EVERY_S)

    async def something(self) -> None:
        """Wait for the next request to the sandbox."""
        assert await self.changed.wait(PATIENCE_S), "nothing happens"

    def adopt(self, child: Child) -> None:
        """From now on this is the bot."""
        self._child = child

    def forget(self) -> None:
        """The bot's database is an older one from now on: what VK has had from the later one, it does not know."""
        self._kept_ts = self.world.log.ts
        self.told_ts = None
        self._known_to = len(self.world.ledger.accepted)

    def died(self) -> None:
        """The bot's process is over, as a test wanted it: what it left must be sound."""
        code = self.child.ended.result()
        assert code in KILLED, f"exit code {code}\n{self.child.said()}"
        self.deaths.append(code)
        self.look()

    def look(self) -> None:
        """What must hold at any moment."""
        if self.expected is not None:
            check_steps(self.database, self.world, self.expected)
        invariants.check_invariants(self.database)
        self._kept_ts = invariants.check_kept(self.database, self.world, self._kept_ts, self.told_ts)
        invariants.check_sent(self.database, self.world, self._known_to)

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.child.ask_to_stop()
        async with asyncio.timeout(PATIENCE_S):
            return await self.child.ended

    @web.middleware
    async def watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Notice every request of the bot, and what a poll tells: that all before its `ts` is kept."""
        self.addresses.append(request.path_qs)
        if request.path.startswith("/longpoll/") and request.query.get("ts", "").isdecimal():
            self.told_ts = max(self.told_ts or 0, int(request.query["ts"]))
            self.listens.set()
            self.changed.ring()
        try:
            answer = await handler(request)
        finally:
            self.changed.ring()
        if self.answers_take_s and request.path.startswith("/method/"):
            await asyncio.sleep(self.answers_take_s)
        return answer

    async def aclose(self) -> None:
        """End the bot, whatever it does."""
        if self._child is not None:
            self._child.kill()
            await self._child.ended


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    """A stage with an empty sandbox; the bot is not started yet. `folder` is there and empty."""
    world = World([])
    world.settings.requests_per_second = 0
    world.settings.longpoll_server_per_minute = 0
    app = build(world)
    stage = Stage(folder, world, "")
    app.middlewares.append(stage.watch)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stage.url = world.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield stage
    finally:
        await stage.aclose()
        await runner.cleanup()


def environment_of(url: str, database: Path) -> Mapping[str, str]:
    """The settings of a bot that talks to a sandbox."""
    return {
        "VK_TOKEN": "sandbox",
        "VK_API_URL": f"{url}/method/",
        "VK_REQUESTS_PER_SECOND": "0",
        "DATABASE_PATH": str(database),
        "OPERATOR_NAME": "МАОУ гимназия № 13 г. Томска",
        "OPERATOR_CONTACT": "data@gymnasium13.example",
        "OPERATOR_POLICY_URL": "https://gymnasium13.example/policy",
        "LOG_LEVEL": "INFO",
    }
