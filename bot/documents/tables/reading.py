"""Reading a table in a child process, within bounds of memory and time."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.tables.limits import WALL_S

#: The folder from which the child finds this package.
_ROOT = Path(__file__).parents[3]
#: All that the child is told of our surroundings: no token of ours is its business.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")
_COMMAND = (sys.executable, "-B", "-m", "bot.documents.tables.child")


async def read_apart(data: bytes, *, wall_s: float = WALL_S) -> Mapping[str, Any]:
    """`sheets` (each with `name`, `rows`, `visible`), or `refused` with `key` and `values`.

    A child that dies or takes longer than `wall_s` seconds has met a file that nobody should read.
    """
    child = await asyncio.create_subprocess_exec(
        *_COMMAND,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
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
