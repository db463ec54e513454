"""This bot, as `run` runs it: on a database of its own, durable, with the pace lifted.

Run as a process of its own: `python -m bot.bench.ours API_URL DATABASE`. It prints `ready` when it is built, and its
processor time when it is stopped.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.app import built
from bot.bench.meter import tell_processor_time
from bot.commands.playing import played_settings


async def main(url: str, path: Path) -> None:
    """Run until a line comes in."""
    async with built(played_settings(url, path)) as app:
        stop = asyncio.Event()
        running = asyncio.create_task(app.run(stop))
        print("ready", flush=True)
        await tell_processor_time()
        stop.set()
        await running


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
