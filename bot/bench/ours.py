"""This bot, as `run` runs it: on a database of its own, durable.

Run as a process of its own: `python -m bot.bench.ours SANDBOX_URL DATABASE REQUESTS_PER_SECOND SHIFT_S` (0 requests
lift the pace; its clock is SHIFT_S ahead). It takes the orders of `bot.bench.orders` and an organizer's announcement.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from datetime import timedelta
from pathlib import Path

from bot.app import built
from bot.bench.announcing import Announcer
from bot.bench.orders import obey
from bot.commands.playing import Clock, played_settings
from bot.watching.watchdog import Watchdog


async def main(url: str, path: Path, per_second: float, shift: timedelta) -> None:
    """Run until the orders end."""
    settings = played_settings(url, path, vk_requests_per_second=per_second)
    async with built(settings, now=Clock(shift)) as app:
        gc.freeze()
        stop = asyncio.Event()
        watching = asyncio.create_task(Watchdog().run())
        running = asyncio.create_task(app.run(stop))
        await obey({"announce": Announcer(app).announce})
        stop.set()
        await running
        watching.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), timedelta(seconds=float(sys.argv[4]))))
