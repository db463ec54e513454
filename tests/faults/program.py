"""The bot as a user starts it: `python -m bot run` in a process of its own, its output read when it is over."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


class Program:
    """A running command; what it said of errors is in `lines` when it is over."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def ends(self) -> int:
        """Its exit code, when it is over; what it said is in `lines`."""
        async with asyncio.timeout(PATIENCE_S):
            _, errors = await self.process.communicate()
        self.lines = errors.decode().splitlines()
        code = self.process.returncode
        assert code is not None
        return code


@asynccontextmanager
async def program(environment: Mapping[str, str], folder: Path) -> AsyncIterator[Program]:
    """`python -m bot run` in `folder` with nothing but these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
