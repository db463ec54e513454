"""Callback API: servers, confirmation, deliveries with retries."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass, field

import aiohttp

from bot.sandbox.clock import Clock
from bot.sandbox.settings import EVENT_TYPES, no_events
from bot.sandbox.wire import Wire, dumps

MOST_SERVERS = 10
RETRY_AFTER_S = (10, 180, 600, 1800, 3600)
"""The waits before each retry of one delivery (VK's documentation of Callback API)."""
LONGEST_RETRY_AFTER_S = 3 * 3600
HONOURS_RETRY_AFTER = (410, 429, 503)
TIMEOUT_S = 10.0
ERRORS_TO_SUSPEND, SUSPENDED_S = 10, 600
HISTORY = 1000
ALL_EVENTS = dict.fromkeys(EVENT_TYPES, 1)
OK = 200


@dataclass(slots=True)
class Delivery:
    """An update on its way to one server."""

    update: Wire
    retry: int = 0  # 0 = the first try
    due_at: float = -1.0  # Unix seconds of the next retry; negative while it is no retry or is being tried


@dataclass(slots=True)
class Server:
    id: int
    url: str
    title: str
    secret: str = ""
    api_version: str = "5.199"
    status: str = "unconfigured"  # unconfigured, failed, wait, ok
    events: dict[str, int] = field(default_factory=no_events)
    errors_in_row: int = 0
    suspended_until: float = 0.0
    undelivered: dict[int, Delivery] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # first tries go one after another, in order

    def as_json(self) -> Wire:
        return {"id": self.id, "title": self.title, "creator_id": 0, "url": self.url, "secret_key": self.secret,
                "status": self.status}  # fmt: skip

    def waiting(self) -> list[Delivery]:
        """What waits for its next retry."""
        return [delivery for delivery in self.undelivered.values() if delivery.due_at >= 0]


class Callback:
    """The community's callback servers. Deliveries run in tasks of the running loop."""

    def __init__(self, clock: Clock, group_id: int) -> None:
        self.servers: dict[int, Server] = {}
        self.code = secrets.token_hex(4)  # what a server must answer to `confirmation`
        self.attempts: list[Wire] = []  # the newest tries, for the control API
        self._clock = clock
        self._group_id = group_id
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self.last_id = 0
        self.deliveries = 0

    def wants(self, kind: str) -> bool:
        return any(server.events.get(kind) for server in self.servers.values())

    def add(self, url: str, title: str, secret: str) -> Server:
        self.last_id += 1
        server = self.servers[self.last_id] = Server(self.last_id, url, title, secret)
        self.confirm(server)
        return server

    def confirm(self, server: Server) -> None:
        """Ask the server for the confirmation code; its status says how that went."""
        server.status = "wait"
        self._run(self._confirm(server))

    def configure(self, given: Wire | None) -> Server | None:
        """The one server of `/control/settings`, with every event type on; None takes all servers away."""
        self.servers.clear()
        if given is None:
            return None
        self.code = str(given.get("confirmation") or self.code)
        server = self.add(str(given["url"]), "sandbox", str(given.get("secret") or ""))
        server.events = dict(ALL_EVENTS)
        return server

    def offer(self, update: Wire) -> None:
        """Deliver an update to every server that has its type switched on."""
        for server in self.servers.values():
            if server.events.get(update["type"]) and server.status == "ok":
                self.deliveries += 1
                server.undelivered[self.deliveries] = Delivery(update)
                self._run(self._deliver(server, self.deliveries))

    def resume(self) -> None:
        """Go on with what an earlier process left open: confirmations and deliveries."""
        for server in self.servers.values():
            if server.status == "wait":
                self.confirm(server)
            for number in server.undelivered:
                self._run(self._deliver(server, number))

    def deliver_now(self) -> int:
        """Try everything that waits for its retry at once; how many those are. Ends suspensions."""
        count = 0
        for server in self.servers.values():
            server.suspended_until = 0.0
            for delivery in server.waiting():
                delivery.due_at = 0.0
                count += 1
        self._clock.shift(0)
        return count

    def close(self) -> None:
        """Forget the servers and stop every delivery."""
        self.servers.clear()
        for task in self._tasks:
            task.cancel()

    async def aclose(self) -> None:
        self.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _run(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _confirm(self, server: Server) -> None:
        body = {"type": "confirmation", "group_id": self._group_id}
        status, answer, _ = await self._post(server, body, 0, "confirmation")
        server.status = "ok" if status == OK and answer.strip() == self.code else "failed"

    async def _deliver(self, server: Server, number: int) -> None:
        """Try until it arrives or no retries are left. Whoever is cancelled before stays undelivered."""
        delivery = server.undelivered[number]
        while server.id in self.servers and not await self._is_done_with(server, delivery):
            delivery.retry += 1
        server.undelivered.pop(number, None)

    async def _is_done_with(self, server: Server, delivery: Delivery) -> bool:
        """One try in its time; False where a retry is to follow at `due_at`."""
        if delivery.retry:
            await self._wait_turn(server, delivery)
            wait_s = await self._try(server, delivery)
        else:
            async with server.turn:
                wait_s = await self._try(server, delivery)
        if wait_s is None or delivery.retry == len(RETRY_AFTER_S):
            return True
        delivery.due_at = self._clock.now() + (wait_s or RETRY_AFTER_S[delivery.retry])
        return False

    async def _wait_turn(self, server: Server, delivery: Delivery) -> None:
        while (due_at := max(delivery.due_at, server.suspended_until)) > self._clock.now():
            await self._clock.wait_or_shift(due_at)
        delivery.due_at = -1.0

    async def _try(self, server: Server, delivery: Delivery) -> float | None:
        """One attempt: None where it arrived, else the seconds that the server asked for (0 = the usual)."""
        if server.suspended_until > self._clock.now():
            return 0
        update = delivery.update
        body = dict(update) | ({"secret": server.secret} if server.secret else {})
        status, answer, retry_after = await self._post(server, body, delivery.retry, str(update["event_id"]))
        if status == OK and answer == "ok":
            server.errors_in_row = 0
            return None
        if status == OK and answer == "remove":
            self.servers.pop(server.id, None)
            return None
        server.errors_in_row += 1
        if server.errors_in_row >= ERRORS_TO_SUSPEND:
            server.errors_in_row = 0
            server.suspended_until = self._clock.now() + SUSPENDED_S
        honoured = status in HONOURS_RETRY_AFTER and retry_after and retry_after.isdecimal()
        return min(float(retry_after or 0), LONGEST_RETRY_AFTER_S) if honoured else 0

    async def _post(self, server: Server, body: Wire, retry: int, name: str) -> tuple[int, str, str | None]:
        """Status, text and Retry-After of the bot's answer; status 0 where there was none in time."""
        headers = {"Content-Type": "application/json"} | ({"X-Retry-Counter": str(retry)} if retry else {})
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S))
        status, text, retry_after = 0, "", None
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, UnicodeDecodeError):
            async with self._session.post(server.url, data=dumps(body).encode(), headers=headers) as answer:
                text, retry_after, status = (
                    await answer.text(),
                    answer.headers.get("Retry-After"),
                    answer.status,
                )
        self.attempts.append({"server_id": server.id, "event_id": name, "retry": retry, "status": status,
                              "answer": text[:200], "at": self._clock.now()})  # fmt: skip
        del self.attempts[:-HISTORY]
        return status, text, retry_after
