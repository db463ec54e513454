"""The processor time of a measured process, told to the benchmark whenever it asks."""

from __future__ import annotations

import asyncio
import sys
import time


async def tell_processor_time() -> None:
    """Answer each line of standard input with the seconds of processor time used so far, until it is closed."""
    while await asyncio.to_thread(sys.stdin.readline):
        print(time.process_time(), flush=True)
