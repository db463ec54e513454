"""SIGKILL at random moments, under load, again and again: nothing is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from tests.faults import invariants
from tests.faults.announcer import Announcer
from tests.faults.crowd import Crowd
from tests.faults.roles import JURORS, READERS, Role, crowded
from tests.faults.stage import Stage
from tests.faults.stories.evening import open_events
from tests.faults.stories.model import at_noon
from tests.faults.trouble import Trouble

PEOPLE_AT_ONCE = 20
#: A kill comes within this time after the bot's first poll; of some lives, within that after its process began.
LATEST_KILL_S = 0.8
KILLED_AT_START = 0.2
#: VK's answers: time enough to die before they come.
ANSWERS_TAKE_S = 0.04
#: The slowest start.
STARTS_WITHIN_S = 30.0
#: After so many kills everyone finishes what they do, and everything is looked at.
KILLS_A_ROUND = 25
Say = Callable[[str], None]


@dataclass
class Storm:
    """A crowd, a bot that dies, and troubles of VK's."""

    stage: Stage
    random: Random
    crowd: Crowd
    announcer: Announcer | None
    trouble: Trouble | None
    #: Of each table, before anybody came.
    rows_before: Mapping[str, int]
    began_at: float = field(default_factory=time.monotonic)
    rounds: int = 0
    #: Of all that time, how long everyone took to finish after the last kill of a round, and the looks at everything.
    finishing_s: float = 0.0
    looking_s: float = 0.0

    @property
    def kills(self) -> int:
        """How often the bot was killed."""
        return len(self.stage.deaths)

    @property
    def messages(self) -> int:
        """How many messages of the bot VK has accepted."""
        return len(self.stage.world.ledger.accepted)

    async def round(self, kills: int) -> None:
        """So many kills, then everyone finishes, the bot stops by itself, and everything must be there once."""
        if self.stage.child.ended.done():
            self.stage.start()
        playing = asyncio.create_task(self._all_play())
        troubling = asyncio.create_task(self.trouble.run()) if self.trouble else None
        try:
            await self._killed(kills, playing)
        finally:
            self.crowd.rests()
            if self.announcer:
                self.announcer.rests()
            if troubling is not None:
                troubling.cancel()
                await asyncio.wait([troubling])
        finishes_at = time.monotonic()
        await self._finished(playing)
        self.finishing_s += time.monotonic() - finishes_at
        self.rounds += 1

    async def _all_play(self) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(self.crowd.plays(PEOPLE_AT_ONCE))
            if self.announcer:
                together.create_task(self.announcer.runs())

    async def _killed(self, kills: int, playing: asyncio.Task[None]) -> None:
        wanted = self.kills + kills
        while self.kills < wanted:
            await self._lives(playing)
            if playing.done():
                playing.result()  # an assertion failed
            self.stage.child.kill()
            await self.stage.child.ended
            looks_at = time.monotonic()
            self.stage.died()
            self.looking_s += time.monotonic() - looks_at
            self.stage.start()

    async def _lives(self, playing: asyncio.Task[None]) -> None:
        """Mostly so long that something is done: a bot that dies while it starts, again and again, shows nothing."""
        ends = [playing, self.stage.child.ended]
        wait_s = self.random.uniform(0, LATEST_KILL_S)
        if self.random.random() >= KILLED_AT_START:
            listens = asyncio.create_task(self.stage.listens.wait())
            await asyncio.wait([*ends, listens], timeout=STARTS_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
            listens.cancel()
        await asyncio.wait(ends, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)

    async def _finished(self, playing: asyncio.Task[None]) -> None:
        """Everyone has their answers; the bot has marked all, stops by itself, and everything is looked at."""
        await asyncio.wait([playing, self.stage.child.ended], return_when=asyncio.FIRST_COMPLETED)
        assert playing.done(), self.stage.child.said()
        playing.result()
        async with asyncio.timeout(STARTS_WITHIN_S):
            await self.stage.listens.wait()  # one that has just begun is not to be told to stop yet
        await self.stage.settled()
        if self.announcer and not self.announcer.is_settled:
            # A report that is over is looked at again in half a minute, and at each start.
            assert await self.stage.stop() == 0
            self.stage.start()
            await self.announcer.settled()
            await self.stage.settled()
        assert await self.stage.stop() == 0
        self.stage.look()
        self.crowd.check()
        if self.announcer:
            self.announcer.check()
        invariants.check_finished(self.stage.database)
        found, rows = invariants.tables(self.stage.database), self.crowd.rows()
        assert {table: found[table] - self.rows_before[table] for table in rows} == rows

    def begins_anew(self) -> None:
        """The database is another one: what was counted in the old one is not in it."""
        self.crowd.played.clear()
        self.rows_before = invariants.tables(self.stage.database)
        if self.announcer:
            self.announcer.begins_anew()

    def line(self) -> str:
        """A line for a terminal."""
        repeats = len(self.stage.world.ledger.repeats)
        return (
            f"round {self.rounds}: {self.kills} kills, {self.crowd.acts} acts, {self.messages} messages once each, "
            f"{repeats} repeats dropped by their random_id, {time.monotonic() - self.began_at:.0f} s "
            f"({self.finishing_s:.0f} s to finish, {self.looking_s:.0f} s to look)"
        )

    def closing(self) -> str:
        """The last lines, for who reads no others."""
        played = ", ".join(f"{name} {number}" for name, number in sorted(self.crowd.played.items()))
        troubles = self.trouble.line() if self.trouble else "none"
        announced = f"{self.announcer.line()}\n" if self.announcer else ""
        return (
            f"played to the end: {played}\n{announced}troubles of VK's: {troubles}\n"
            f"sound after {self.kills} kills: {self.messages} messages, none lost, none doubled, none out of order"
        )


@asynccontextmanager
async def begun(
    stage: Stage, random: Random, roles: Sequence[Role], *, announces: bool = True, troubles: bool = True
) -> AsyncIterator[Storm]:
    """A storm before its first round; the bot runs. Without announcements the ground is a small one, without jurors."""
    await (crowded if announces else open_events)(stage.database)
    stage.person("Ольга", "Лугова")
    for _ in range(JURORS + len(READERS) + 1 if announces else 0):  # the last is the administrator
        stage.world.people[stage.person("Нина", "Орлова")].allowed = True
    stage.answers_take_s = ANSWERS_TAKE_S
    stage.settings = {"TIMEZONE": at_noon(), "ADMIN_IDS": str(READERS.stop)}
    rows = invariants.tables(stage.database)
    trouble = Trouble(stage, Random(random.random())) if troubles else None
    stage.start()
    await stage.ready()
    crowd = Crowd(stage, Random(random.random()), roles)
    announcer = Announcer(stage, Random(random.random())) if announces else None
    yield Storm(stage, random, crowd, announcer, trouble, rows)


async def storm(
    found: Storm, *, kills: int, seconds: float = float("inf"), a_round: int = KILLS_A_ROUND, say: Say = print
) -> None:
    """Rounds until so many kills, or for so long; fails where anything came out in another way than without kills."""
    while found.kills < kills and time.monotonic() - found.began_at < seconds:
        await found.round(min(a_round, kills - found.kills))
        say(found.line())
