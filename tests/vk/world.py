"""The bot's side and the people's side of a wire that is real HTTP, with clocks that only a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.talk.message import Answer, Message
from bot.vk.sender import Sender
from storage.connection import Connection
from storage.database import Database
from storage.outbox import Kind, Outbox, Priority
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PATIENCE_S = 10.0


class Clock:
    """Wall and monotonic time that stand still until `pass_`."""

    def __init__(self) -> None:
        self.passed_s = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed_s)

    def monotonic(self) -> float:
        return self.passed_s

    def pass_(self, **time: float) -> None:
        self.passed_s += timedelta(**time).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.passed_s += seconds
        await asyncio.sleep(0)


def no_jitter() -> float:
    return 0.0


def full_jitter() -> float:
    return 1.0


async def until(condition: Callable[[], Any]) -> None:
    """Let others run until the condition holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.001)


class Post:
    """A sender on a real database, against the sandbox; `unreachable` is what it reported of people."""

    def __init__(self, database: Database, api: CheckedApi, vk: Client, clock: Clock) -> None:
        self.database, self.api, self.vk, self.clock = database, api, vk, clock
        self.unreachable: list[tuple[int, int]] = []
        self.settled: list[int] = []
        self._keys = 0
        self._key_of: dict[int, str] = {}
        self.sender = self.new_sender()

    def new_sender(self, **more: Any) -> Sender:
        return Sender(
            self.database,
            self.api,
            self.api.pace,
            **{
                "now": self.clock.now,
                "monotonic": self.clock.monotonic,
                "jitter": no_jitter,
                "on_unreachable": self._unreachable,
                "on_settled": self.settled.extend,
                **more,
            },
        )

    async def _unreachable(self, _connection: Connection, person_id: int, code: int, _at: datetime) -> None:
        self.unreachable.append((person_id, code))

    async def put(
        self, peer_id: int, text: str = "Здравствуйте!", *, kind: Kind = "send", edits: int | None = None,
        priority: Priority = Priority.REPLY, body: Mapping[str, Any] | None = None,
    ) -> int:  # fmt: skip
        self._keys += 1
        async with self.database.transaction() as connection:
            row = await Outbox(connection).add(
                peer_id, body or Message(text).to_json(), at=self.clock.now(), kind=kind, priority=priority,
                key=f"key{self._keys}", target_key=self._key_of.get(edits or 0),
            )  # fmt: skip
        assert row is not None
        self._key_of[row] = f"key{self._keys}"
        return row

    async def put_answer(self, peer_id: int, event_id: str, text: str = "Принято") -> int:
        body = Answer(event_id, text).to_json()
        return await self.put(peer_id, kind="answer", priority=Priority.ANSWER, body=body)

    async def put_batch(self, people: Sequence[int], text: str, *, announcement_id: int = 1) -> list[int]:
        """One text for all of them; their rows."""
        async with self.database.transaction() as connection:
            outbox = Outbox(connection)
            await outbox.add_batch(
                people, Message(text).to_json(), at=self.clock.now(), announcement_id=announcement_id
            )
            _, last = await outbox.span(announcement_id) or (0, 0)
        return list(range(last - len(people) + 1, last + 1))

    async def row(self, id_: int) -> Mapping[str, Any]:
        async with self.database.transaction() as connection:
            found = await Outbox(connection).row(id_)
        assert found is not None
        return found

    async def rows(self, *ids: int) -> list[Mapping[str, Any]]:
        return [await self.row(id_) for id_ in ids]

    async def states(self, *ids: int) -> list[str]:
        return [row["state"] for row in await self.rows(*ids)]

    async def due(self) -> int:
        async with self.database.transaction() as connection:
            return await Outbox(connection).count_due()

    def health(self) -> str | None:
        """What the sender says is wrong."""
        return self.sender.health

    async def one_round(self) -> None:
        """What is due now is tried, once where it fails; what came of it is written down."""
        before = len(self.api.requests)
        await self.sender._round()
        await self.land()
        assert len(self.api.requests) - before <= self.sender._most_in_flight

    async def land(self) -> None:
        """What is on its way comes back and is written down."""
        while self.sender._requests:
            await asyncio.wait(set(self.sender._requests))
        await asyncio.sleep(0)
        self.sender._stopping = True  # writes down without picking
        await self.sender._round()
        self.sender._stopping = False

    async def rounds(self, most: int = 50, **time: float) -> None:
        """Rounds with this much time between them, until nothing is due."""
        for _ in range(most):
            await self.one_round()
            if not await self.due():
                return
            self.clock.pass_(**(time or {"seconds": 1}))
        raise AssertionError(f"still due after {most} rounds")

    async def ledger(self) -> list[Mapping[str, Any]]:
        """The messages that people got, in order."""
        return list((await self.vk.look("ledger"))["messages"])

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self.ledger()]

    async def fault(self, **what: Any) -> None:
        await self.vk.control("faults", what)
