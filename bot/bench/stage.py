"""Where a measurement takes place: a sandbox with VK's limit, a fresh database, a bot; and the sizes of everything."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from bot.bench.processes import ARENA_CORE, BOT_CORE, Process, started
from bot.bench.registering import EVENT_FILE
from bot.commands.events import load_events
from bot.contest.event.loading import read_event
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from storage.connection import Connection
from storage.database import opened

#: VK's limit for a community, and what the bots allow themselves of it.
VK_PER_SECOND, OUR_PER_SECOND = 20, 19
REPLIES_A_REQUEST, RECIPIENTS_A_REQUEST = 25, 100
Fill = Callable[[Connection], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    crowd: int = 500
    settle_s: float = 4.0
    seconds: float = 20.0
    recipients: int = 100_000
    updates: int = 3_000
    rounds: int = 3
    rows: int = 1_000_000
    #: How long an announcement to everybody runs while memory is looked at.
    memory_s: float = 60.0


QUICK = Sizes(settle_s=2.0, seconds=6.0, recipients=10_000, updates=1_000, rounds=1, rows=100_000, memory_s=10.0)


@dataclass(slots=True)
class Limits:
    """What VK's limit saw of this bot, over all runs that had one."""

    busiest_second: int = 0
    too_many: int = 0
    requests: int = 0


@dataclass(slots=True)
class Stage:
    """The arena of one measurement and what stands around it."""

    arena: Process
    url: str
    folder: Path
    #: What the bot and the sandbox go by is so much later than real time.
    shift_s: float
    #: Was it this bot that ran here?
    is_ours: bool = False

    @property
    def database(self) -> Path:
        """The bot's file."""
        return self.folder / "bench.db"

    def ours(self, per_second: float = OUR_PER_SECOND) -> AbstractAsyncContextManager[Process]:
        """This bot, on the stage's database, as soon as it asks for updates."""
        self.is_ours = True
        return self._bot("ours", self.url, str(self.database), str(per_second), str(self.shift_s))

    def peer(self, name: str) -> AbstractAsyncContextManager[Process]:
        """Another bot, `echo` or `ordinary`, as soon as it asks for updates."""
        return self._bot(name, f"{self.url}/method/")

    @asynccontextmanager
    async def _bot(self, name: str, *given: str) -> AsyncIterator[Process]:
        before = await self.arena.order("polls")
        async with started(f"bot.bench.{name}", *given, core=BOT_CORE) as bot:
            await self.arena.order("polled", more_than=before)
            yield bot


@dataclass(slots=True)
class Bench:
    """What all measurements share."""

    sizes: Sizes
    tell: Callable[[str], None]
    limits: Limits = field(default_factory=Limits)

    @asynccontextmanager
    async def stage(
        self, *, limited: bool = True, history: int = 20_000, fill: Fill | None = None
    ) -> AsyncIterator[Stage]:
        """A new arena with a database that has an event open, and what `fill` puts there."""
        port = _free_port()
        with tempfile.TemporaryDirectory() as folder:
            async with started("bot.bench.arena", str(port), core=ARENA_CORE) as arena:
                stage = Stage(arena, f"http://127.0.0.1:{port}", Path(folder), to_noon().total_seconds())
                await _prepare(stage.database, stage.shift_s, fill)
                per_second = VK_PER_SECOND if limited else 0
                await arena.order("begin", per_second=per_second, history=history, shift_s=stage.shift_s)
                yield stage
                if limited and stage.is_ours:
                    await self._note(arena)

    def now(self) -> datetime:
        """The time that rows are made at: some days ago, whatever the bot's clock says."""
        return datetime.now(UTC) - timedelta(days=2)

    async def _note(self, arena: Process) -> None:
        seen = await arena.order("requests")
        self.limits.busiest_second = max(self.limits.busiest_second, seen["busiest_second"])
        self.limits.too_many += seen["too_many"]
        self.limits.requests += seen["count"]


def to_noon(now: datetime | None = None) -> timedelta:
    """How far it is from now to the noon of this day in Tomsk: at night announcements wait for the morning."""
    local = (now or datetime.now(UTC)).astimezone(TOMSK)
    return local.replace(hour=12, minute=0, second=0, microsecond=0) - local


async def _prepare(path: Path, shift_s: float, fill: Fill | None) -> None:
    text = files("bot.data").joinpath("events", "2020-21", EVENT_FILE)
    event = read_event(Path(str(text)))
    if not isinstance(event, Event):
        raise TypeError(f"{EVENT_FILE}: {event}")
    begins = (datetime.now(UTC) + timedelta(seconds=shift_s, days=-3)).date()
    async with opened(path) as database:
        await load_events(database, [event.moved_to(begins)])
        if fill is not None:
            async with database.transaction() as connection:
                await fill(connection)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
