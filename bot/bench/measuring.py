"""One measurement: a bot in a process of its own, a sandbox in another, people who write at once."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

#: Texts that each bot answers with one message.
TEXTS = ("меню", "помощь")
#: The benchmark gives up after so long.
PATIENCE_S = 300.0
#: How often the number of accepted messages is looked at; the error of the time measured.
LOOK_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run showed."""

    updates: int
    wall_s: float
    processor_s: float

    @property
    def per_second(self) -> float:
        """Updates answered a second."""
        return self.updates / self.wall_s

    @property
    def processor_ms(self) -> float:
        """Processor time an update, milliseconds."""
        return 1000 * self.processor_s / self.updates


async def measure(bot: Sequence[str], *, updates: int, people: int) -> Measured:
    """Run `bot` (a module with its arguments, `{url}` filled in) against a fresh sandbox."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    async with _process(["bot", "sandbox", "--port", str(port)], core=1), aiohttp.ClientSession(url) as session:
        await _answers(session)
        settings = {"requests_per_second": 0, "longpoll_history": 4 * updates}
        await _post(session, "settings", settings)
        ids = [(await _post(session, "people", {"first_name": "А", "last_name": "Б"}))["id"] for _ in range(people)]
        async with _process([part.format(url=url) for part in bot], core=0) as process:
            await _line(process)
            await _load(session, ids, people)  # the first contact is not measured
            before_s = await _processor_s(process)
            wall_s = await _load(session, ids, updates)
            return Measured(updates, wall_s, await _processor_s(process) - before_s)


async def _load(session: aiohttp.ClientSession, ids: Sequence[int], updates: int) -> float:
    """Let people write all at once; the seconds until the last answer was accepted."""
    await _post(session, "events/hold", {})
    for number in range(updates):
        text = TEXTS[number // len(ids) % len(TEXTS)]
        await _post(session, f"people/{ids[number % len(ids)]}/write", {"text": text})
    known = await _accepted(session, 0)
    await _post(session, "events/release", {})
    started = time.perf_counter()
    async with asyncio.timeout(PATIENCE_S):
        got = 0
        while got < updates:
            await asyncio.sleep(LOOK_EVERY_S)
            got = len((await _get(session, f"ledger?after={known}"))["messages"])
    return time.perf_counter() - started


async def _accepted(session: aiohttp.ClientSession, after: int) -> int:
    messages = (await _get(session, f"ledger?after={after}"))["messages"]
    return int(messages[-1]["id"]) if messages else after


async def _processor_s(process: asyncio.subprocess.Process) -> float:
    if process.stdin is None:
        raise RuntimeError("the measured process has no standard input")
    process.stdin.write(b"\n")
    await process.stdin.drain()
    return float(await _line(process))


async def _line(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise RuntimeError("the measured process has no standard output")
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("the measured process has ended")
    return line.decode().strip()


@asynccontextmanager
async def _process(arguments: Sequence[str], *, core: int) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=tempfile.gettempdir(),  # vkbottle writes down where its polling is
    )
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(process.pid, {core})
    try:
        yield process
    finally:
        process.terminate()
        await process.communicate()


async def _answers(session: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await _get(session, "settings")
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(LOOK_EVERY_S)
            else:
                return


async def _get(session: aiohttp.ClientSession, path: str) -> Any:
    async with session.get(f"/control/{path}") as answer:
        return await answer.json()


async def _post(session: aiohttp.ClientSession, path: str, body: Mapping[str, Any]) -> Any:
    async with session.post(f"/control/{path}", json=body) as answer:
        answer.raise_for_status()
        return await answer.json()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
