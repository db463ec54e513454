"""Reading a table in a child process, within bounds of memory and time."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any

from bot.apart import ROOT, surroundings
from bot.documents.tables.limits import WALL_S

_COMMAND = (sys.executable, "-B", "-m", "bot.documents.tables.child")


async def read_apart(data: bytes, *, wall_s: float = WALL_S) -> Mapping[str, Any]:
    """`sheets` (each with `name`, `rows`, `visible`), or `refused` with `key` and `values`.

    A child that dies or takes longer than `wall_s` seconds has met a file that nobody should read.
    """
    child = await asyncio.create_subprocess_exec(
        *_COMMAND,
        cwd=ROOT,
        env=surroundings(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(wall_s):
            told, _ = await child.communicate(data)
    except TimeoutError:
        return _refused("table.too_slow")
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode or not told:
        return _refused("table.bomb")
    found: Mapping[str, Any] = json.loads(told)
    return found


def _refused(key: str) -> Mapping[str, Any]:
    return {"refused": {"key": key, "values": {}}}
