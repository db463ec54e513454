"""`bench`: updates a second, this bot next to a bare vkbottle echo bot, in one run."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.bench.measuring import Measured, measure
from bot.commands.common import say

PEOPLE = 500
#: What this bot is to reach on one core, durable.
TARGET_PER_SECOND = 500


def run_bench(updates: int) -> int:
    """Measure both and print a table; the exit code says whether the target was reached."""
    say(f"{updates} сообщений от {PEOPLE} человек; каждый бот на своём ядре, песочница на другом, без ограничения VK.")
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "bench.db")
        echo = asyncio.run(measure(["bot.bench.echo", "{url}/method/"], updates=updates, people=PEOPLE))
        ours = asyncio.run(measure(["bot.bench.ours", "{url}", database], updates=updates, people=PEOPLE))
    say(f"{'':34}{'в секунду':>12}{'мс процессора':>16}")
    say(_row("эхо-бот на vkbottle, без базы", echo))
    say(_row("этот бот, synchronous=FULL", ours))
    speed, cost = ours.per_second / echo.per_second, ours.processor_ms / echo.processor_ms
    say(f"{'отношение':<34}{speed:>12.2f}{cost:>16.2f}")
    reached = ours.per_second >= TARGET_PER_SECOND
    say(f"цель {TARGET_PER_SECOND} в секунду: {'достигнута' if reached else 'не достигнута'}")
    return 0 if reached else 1


def _row(name: str, measured: Measured) -> str:
    return f"{name:<34}{measured.per_second:>12.0f}{measured.processor_ms:>16.2f}"
