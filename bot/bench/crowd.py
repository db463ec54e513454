"""People who register at once, each acting as soon as they see the bot's question; whoever is done makes room.

They live in the sandbox's process and act on its world directly: a load that costs next to nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.bench.registering import REF, Press, Write, answer_to, asks, is_news
from bot.commands.year.people import Names
from bot.sandbox import acts
from bot.sandbox.dialogs import Content, Message
from bot.sandbox.people import Person
from bot.sandbox.wire import dumps
from bot.sandbox.world import World

START = dumps({"command": "start"})


@dataclass(slots=True)
class Seen:
    """What the crowd has seen between two moments of the monotonic clock."""

    begin_s: float
    end_s: float
    replies: int = 0
    acts: int = 0
    requests: int = 0
    latencies_s: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Replies and acts a second, and the latencies: how long somebody who acted waited for the first reply."""
        seconds = self.end_s - self.begin_s
        return {
            "replies": self.replies,
            "per_second": self.replies / seconds,
            "acts_per_second": self.acts / seconds,
            "requests_per_second": self.requests / seconds,
            "latencies_s": self.latencies_s,
        }


class Crowd:
    """`size` people at any moment. `per_second` 0: everybody acts at once; else so many acts a second, evenly."""

    def __init__(self, world: World, *, first_id: int, size: int, per_second: float = 0) -> None:
        self._world = world
        self._next_id = first_id
        self._size = size
        self._per_second = per_second
        self._names = Names(f"crowd {first_id}", None)
        self._ready: deque[Callable[[], object]] = deque()
        self._acted_at: dict[int, float] = {}
        self._members: set[int] = set()
        self._seen: Seen | None = None
        self._error: Exception | None = None
        self._lost = asyncio.Event()
        self._over = False
        self.finished = 0

    async def act(self, *, settle_s: float, seconds: float) -> dict[str, Any]:
        """Let them act for so long, after a time to settle; what was seen. Raises what an answer raised."""
        loop = asyncio.get_running_loop()
        for _ in range(self._size):
            self._enter()
        ticking = loop.create_task(self._tick()) if self._per_second else None
        await self._pass(settle_s)
        begin_s, before = time.monotonic(), self._world.requests.count
        self._seen = seen = Seen(begin_s, begin_s)
        await self._pass(seconds)
        seen.end_s = time.monotonic()
        seen.requests = self._world.requests.count - before
        self._over = True
        if ticking is not None:
            ticking.cancel()
        if self._error is not None:
            raise self._error
        return {**seen.as_json(), "finished": self.finished}

    async def _pass(self, seconds: float) -> None:
        """Let so much time pass; less where somebody is lost."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._lost.wait()

    def hears(self, message: Message) -> None:
        """A message of the community has arrived."""
        if message.peer_id not in self._members or is_news(message.content.text):
            return
        now_s = time.monotonic()
        acted_at = self._acted_at.pop(message.peer_id, None)
        if self._seen is not None and not self._over:
            self._seen.replies += 1
            if acted_at is not None and acted_at >= self._seen.begin_s:
                self._seen.latencies_s.append(now_s - acted_at)
        if asks(message.content.text) and not self._over:
            asyncio.get_running_loop().call_soon(self._answer, message)

    def _answer(self, message: Message) -> None:
        try:
            chosen = answer_to(message.content.text)
        except Exception as error:  # noqa: BLE001 - told when the crowd is done
            self._fail(error)
            return
        if chosen is None:
            self.finished += 1
            self._members.discard(message.peer_id)
            self._enter()
        else:
            self._does(message.peer_id, lambda: self._chosen(message, chosen))

    def _fail(self, error: Exception) -> None:
        self._error = self._error or error
        self._lost.set()

    def _enter(self) -> None:
        identity, self._next_id = self._next_id, self._next_id + 1
        name = self._names.person(adult=True).name
        last, first, *_ = name.split()
        person = Person(identity, first, last, about=name, allowed=True)
        self._world.people[identity] = person
        self._members.add(identity)
        self._does(identity, lambda: self._writes(person, Content(text="Начать", payload=START, ref=REF)))

    def _does(self, identity: int, act: Callable[[], object]) -> None:
        """At once, or when it is this person's turn."""

        def do() -> None:
            self._acted_at[identity] = time.monotonic()
            if self._seen is not None:
                self._seen.acts += 1
            act()

        if self._per_second:
            self._ready.append(do)
        else:
            do()

    async def _tick(self) -> None:
        """The acts of a paced crowd: a late timer is made up for."""
        began_s, done = time.monotonic(), 0
        while True:
            while done < (time.monotonic() - began_s) * self._per_second:
                done += 1
                if self._ready:
                    self._ready.popleft()()
            await asyncio.sleep(0.5 / self._per_second)

    def _chosen(self, message: Message, chosen: Press | Write) -> None:
        person = self._world.people[message.peer_id]
        if isinstance(chosen, Write):
            return self._writes(person, Content(text=chosen.text or person.about))
        rows = (message.content.keyboard or {"buttons": []})["buttons"]
        found = next((one for row in rows for one in row if one["action"].get("label") == chosen.label), None)
        if found is None:
            self._fail(LookupError(f"no button «{chosen.label}» under «{message.content.text}»"))
            return None
        dialog = self._world.dialog(person.id)
        acts.press(self._world, person, dialog, found, cmid=message.cmid, from_dialog=False)
        return None

    def _writes(self, person: Person, content: Content) -> None:
        acts.write(self._world, person, content)
