"""The clock of the machine may be set: forwards nothing is lost, backwards nothing may wait (docs/faults.md, F37).

What is timed within the process (pace, pauses, patience) goes by the monotonic clock and notices nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.talk.case import Desk
from storage.storage import Storage

log = logging.getLogger(__name__)
#: Smaller steps than this are a clock being kept right.
STEP = timedelta(seconds=2)


class MindTheClock:
    """A chore: notices that the clock was set back since the last look, or before the start."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last: tuple[datetime, float] | None = None

    async def __call__(self, desk: Desk[Storage]) -> None:
        """Look."""
        before, self._last = self._last, (desk.now, self._monotonic())
        if before is None:
            newest = await desk.storage.clock.newest_at()
            is_back = newest is not None and newest > desk.now + STEP
        else:
            passed = timedelta(seconds=self._last[1] - before[1])
            is_back = desk.now < before[0] + passed - STEP
        if is_back:
            moved = await desk.storage.clock.set_back(desk.now)
            log.warning("the clock was set back: %d messages and jobs are due by the new one", moved)
