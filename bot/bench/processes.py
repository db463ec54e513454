"""The processes of a benchmark: started on a core of their own, given orders, ended."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

BOT_CORE, ARENA_CORE = 0, 1
#: An answer may be as long as this.
LONGEST_LINE_BYTES = 64 * 1024 * 1024


class OrderFailedError(Exception):
    """The process could not carry the order out, or has ended."""


class Process:
    """A process that takes orders. Create it with `started`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def order(self, do: str, **given: Any) -> Any:
        """Give an order and wait for what came of it. Raises OrderFailedError."""
        if self._process.stdin is None:
            raise OrderFailedError("the process takes no orders")
        self._process.stdin.write(json.dumps({"do": do, **given}).encode() + b"\n")
        await self._process.stdin.drain()
        return await self.answer()

    async def answer(self) -> Any:
        """What the process says next. Raises OrderFailedError."""
        if self._process.stdout is None or not (line := await self._process.stdout.readline()):
            raise OrderFailedError(f"the process has ended with {await self._process.wait()}")
        answer = json.loads(line)
        if "failed" in answer:
            raise OrderFailedError(answer["failed"])
        return answer["done"]

    async def killed(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def started(module: str, *arguments: str, core: int) -> AsyncIterator[Process]:
    """Run a module in a process of its own and wait until it is ready; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE_BYTES,
        cwd=tempfile.gettempdir(),  # vkbottle writes down where its polling is
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(process.pid, {core})
    try:
        running = Process(process)
        await running.answer()
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
