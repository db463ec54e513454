"""`bench`: this bot next to ordinary ones, and every figure next to its target."""

from __future__ import annotations

import asyncio
import os
import platform
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.bench import claim, latency, processor, readiness, replies
from bot.bench.figures import Figure, all_reached, markdown, number, plain
from bot.bench.processes import OrderFailedError
from bot.bench.stage import QUICK, VK_PER_SECOND, Bench, Sizes
from bot.commands.common import complain, say

Measurement = Callable[[Bench], Awaitable[list[Figure]]]
#: In the order of the table.
MEASUREMENTS: Mapping[str, Measurement] = {
    "replies": replies.measure,
    "latency": latency.measure,
    "announcement": latency.announcement,
    "processor": processor.measure,
    "claim": claim.measure,
    "ready": readiness.measure,
    "memory": readiness.memory,
}
WRONG_NAME = 2


def run_bench(*, quick: bool = False, only: str | None = None, as_markdown: bool = False) -> int:
    """Measure and print one table; 1 if a target was missed, 2 for a name that is none."""
    if only is not None and only not in MEASUREMENTS:
        complain(f"--only: ожидается одно из {', '.join(MEASUREMENTS)}")
        return WRONG_NAME
    names = [only] if only else list(MEASUREMENTS)
    figures = asyncio.run(_measured(names, QUICK if quick else Sizes()))
    say(machine())
    say("")
    say(markdown(figures) if as_markdown else plain(figures))
    return 0 if all_reached(figures) else 1


async def _measured(names: list[str], sizes: Sizes) -> list[Figure]:
    bench = Bench(sizes, complain)
    figures = [figure for name in names for figure in await _measurement(bench, name)]
    return figures + _limits(bench) if bench.limits.requests else figures


async def _measurement(bench: Bench, name: str) -> list[Figure]:
    """One that fails is a line of the table; the others go on."""
    try:
        return await MEASUREMENTS[name](bench)
    except (OrderFailedError, LookupError, TimeoutError) as error:
        complain(f"    не вышло: {error}")
        return [Figure(name, "", "не измерено", reached=False)]


def _limits(bench: Bench) -> list[Figure]:
    """What VK's limit saw over all runs that had one."""
    seen = bench.limits
    return [
        Figure(
            f"запросов за любую секунду, больше всего (из {number(seen.requests)})",
            f"не больше {VK_PER_SECOND}",
            str(seen.busiest_second),
            seen.busiest_second <= VK_PER_SECOND,
        ),
        Figure("ответов «ошибка 6»", "0", str(seen.too_many), seen.too_many == 0),
    ]


def machine() -> str:
    """Where and when it was measured, in one line."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {_processor()}, ядер: {os.cpu_count()}, {_memory_gb()}{platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _memory_gb() -> str:
    if not hasattr(os, "sysconf"):
        return ""
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{size:.0f} ГБ памяти, "
