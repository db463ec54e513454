"""The sandbox with its crowd, in a process of its own: the other side of every measurement.

Run as `python -m bot.bench.arena PORT`; it takes the orders of `bot.bench.orders` and those of `Arena`.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from bot.bench.crowd import Crowd
from bot.bench.orders import obey
from bot.sandbox import acts
from bot.sandbox.dialogs import Content, Message
from bot.sandbox.people import Person
from bot.sandbox.server import serve
from bot.sandbox.world import World

#: Ids of the crowd begin here; those of people who only get announcements below.
CROWD_FROM = 1_000_000_000
PATIENCE_S = 600.0
SILENCE_S = 0.5
ORDERS = (
    "begin", "people", "crowd", "count", "counted", "polls", "polled", "requests", "burst", "write", "answered",
)  # fmt: skip
#: Texts that both bots answer with one message.
TEXTS = ("меню", "помощь")


class Arena:
    """Orders about the sandbox's world. What takes long is awaited, one order at a time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._next_id = CROWD_FROM
        self._ears: list[Callable[[Message], None]] = []
        self._counts: dict[str, Count] = {}
        self._written_to: dict[int, asyncio.Event] = {}
        self._heard = 0
        world.heard = self._hear

    async def begin(self, per_second: int, history: int, shift_s: float) -> None:
        """VK's limit of requests, 0 for none; how many events a late poller may still fetch; how late it is."""
        self._world.settings.change({"requests_per_second": per_second, "longpoll_history": history})
        self._world.log.keep = history
        self._world.clock.shift(shift_s)

    async def people(self, first_id: int, count: int) -> None:
        """People who may be written to."""
        for identity in range(first_id, first_id + count):
            self._world.people[identity] = Person(identity, "Анна", "Белова", allowed=True)
        gc.collect()
        gc.freeze()  # a million people are not looked through for garbage while they are written to

    async def crowd(self, size: int, *, settle_s: float, seconds: float, per_second: float = 0) -> dict[str, Any]:
        """A crowd registers; see `Crowd`."""
        crowd = Crowd(self._world, first_id=self._next_id, size=size, per_second=per_second)
        self._next_id += 10_000_000
        self._ears.append(crowd.hears)
        try:
            return await crowd.act(settle_s=settle_s, seconds=seconds)
        finally:
            self._ears.remove(crowd.hears)

    async def count(self, words: str) -> None:
        """Count the messages that have these words from now on."""
        count = self._counts[words] = Count(words)
        self._ears.append(count.hears)

    async def counted(self, words: str, most: int, patience_s: float = PATIENCE_S) -> dict[str, float]:
        """Wait until so many have come, or patience is over: how many, and the seconds between first and last."""
        count = self._counts.pop(words)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await count.reaches(most)
        self._ears.remove(count.hears)
        return {"count": count.found, "seconds": count.last_s - count.first_s}

    async def polls(self) -> int:
        """How many Long Polls have come so far."""
        return self._world.longpoll.polls

    async def polled(self, more_than: int) -> None:
        """Wait until somebody polls again. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_S):
            while self._world.longpoll.polls <= more_than:
                await self._world.longpoll.polled.wait()

    async def requests(self) -> dict[str, int]:
        """What the limit saw since the beginning."""
        seen = self._world.requests
        return {"busiest_second": seen.busiest_second, "too_many": seen.too_many, "count": seen.count}

    async def burst(self, updates: int, people: int) -> float:
        """People write all at once, one message to be answered by one; the seconds until the last answer."""
        world, first_id = self._world, self._next_id
        await self.people(first_id, people)
        await self.count("")
        world.log.hold()
        for number in range(updates):
            person = world.people[first_id + number % people]
            acts.write(world, person, Content(text=TEXTS[number // people % len(TEXTS)]))
        started_s = time.monotonic()
        world.log.release("as_is")
        found = await self.counted("", updates)
        if found["count"] < updates:
            raise TimeoutError(f"{found['count']} answers to {updates} messages")
        took_s = time.monotonic() - started_s
        await self._silence()
        return took_s

    async def _silence(self) -> None:
        """Wait until nothing is said for a while: who comes for the first time gets two messages."""
        while True:
            before = self._heard
            await asyncio.sleep(SILENCE_S)
            if self._heard == before:
                return

    async def write(self, person_id: int, text: str) -> None:
        """Somebody writes."""
        person = self._world.people.setdefault(person_id, Person(person_id, "Анна", "Белова", allowed=True))
        acts.write(self._world, person, Content(text=text))
        self._written_to[person_id] = asyncio.Event()

    async def answered(self, person_id: int) -> None:
        """Wait until who has written with `write` gets a message. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_S):
            await self._written_to[person_id].wait()

    def _hear(self, message: Message) -> None:
        self._heard += 1
        if (waiting := self._written_to.get(message.peer_id)) is not None:
            waiting.set()
        for ear in self._ears:
            ear(message)


class Count:
    """Messages that have some words."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._most = 0
        self._reached = asyncio.Event()
        self.found = 0
        self.first_s = self.last_s = 0.0

    async def reaches(self, most: int) -> None:
        """Wait until so many have come."""
        self._most = most
        if self.found < most:
            await self._reached.wait()

    def hears(self, message: Message) -> None:
        """One more message."""
        if self._words not in message.content.text:
            return
        self.last_s = time.monotonic()
        if not self.found:
            self.first_s = self.last_s
        self.found += 1
        if self.found == self._most:
            self._reached.set()


async def main(port: int) -> None:
    """Serve until the orders end."""
    running = await serve(port, cast=[])
    arena = Arena(running.world)
    await obey({name: getattr(arena, name) for name in ORDERS})
    await running.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
