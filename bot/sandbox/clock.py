"""The sandbox's own time, which tests may shift."""

from __future__ import annotations

import time

from bot.sandbox.bell import Bell


class Clock:
    """Unix time plus a shift.

    Dates of messages, the minute of a callback, the hour of a `random_id` and the retries of Callback go
    by it. The limit of requests in a second and the wait of a long poll go by the machine's real clock.
    """

    def __init__(self) -> None:
        self.shift_s = 0.0
        self._shifted = Bell()

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.shift_s

    def shift(self, seconds: float) -> None:
        """Move the time by `seconds` (back where negative) and wake those who sleep by it."""
        self.shift_s += seconds
        self._shifted.ring()

    async def wait_or_shift(self, at: float) -> None:
        """Sleep until the Unix second `at`, or until the clock is touched, whichever is first."""
        if (left_s := at - self.now()) > 0:
            await self._shifted.wait(left_s)
