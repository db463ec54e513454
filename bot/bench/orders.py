"""Orders to a process: a line of JSON on its standard input, a line of JSON as the answer."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

#: An order takes what the line names and answers with what JSON can carry.
Order = Callable[..., Awaitable[object]]
_STATUS = Path("/proc/self/status")
_KB = 1024


async def obey(orders: Mapping[str, Order] | None = None) -> None:
    """Say that this process is ready, then carry out what comes, one after another, until the input is closed.

    Each process knows `meter` besides `orders`.
    """
    known = {"meter": meter, **(orders or {})}
    print(json.dumps({"done": "ready"}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await _answer(known, json.loads(line))), flush=True)


async def _answer(known: Mapping[str, Order], given: dict[str, object]) -> dict[str, object]:
    name = str(given.pop("do"))
    try:
        return {"done": await known[name](**given)}
    except Exception as error:  # noqa: BLE001 - whatever it is, whoever gave the order is told
        return {"failed": f"{name}: {type(error).__name__}: {error}"}


async def meter() -> dict[str, float]:
    """Processor time so far in seconds; memory now and at most, bytes (0 where the system does not tell)."""
    memory = _memory()
    return {"processor_s": time.process_time(), "memory_bytes": memory["VmRSS"], "peak_bytes": memory["VmHWM"]}


def _memory() -> dict[str, int]:
    found = {"VmRSS": 0, "VmHWM": 0}
    if _STATUS.exists():
        for line in _STATUS.read_text().splitlines():
            name, _, value = line.partition(":")
            if name in found:
                found[name] = int(value.split()[0]) * _KB
    return found
