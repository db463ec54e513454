"""How often VK may be asked: an even pace, so that no second at the server sees more than the limit.

A token bucket lets a full second's burst through twice within one second; an even pace never does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

#: How much a late timer may make up for: at 19 a second, 21 requests still span 1,030 ms.
SLACK_S = 0.02
#: VK takes so many requests in a second; the last and the one after it are so much further apart on their way.
MOST_A_SECOND = 20
ON_THE_WAY_S = 0.03
SLOWED_FOR_S = 60.0
PAUSE_S = 1.0


class Pace:
    """Turns `1 / per_second` apart; `per_second` 0 lifts the pace (benchmarks)."""

    def __init__(
        self,
        per_second: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.per_second = per_second
        self._monotonic = monotonic
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._asking = 0
        self._next = float("-inf")
        self._factor = 1.0
        self._slowed_until = float("-inf")
        self._paused_at = float("-inf")

    @property
    def now_per_second(self) -> float:
        """Requests a second that may go now: fewer than `per_second` for a while after VK refused some."""
        interval_s = self._interval_s()
        return 1.0 / interval_s if interval_s else 0.0

    def wait_s(self) -> float:
        """How long somebody who asked now would wait for a turn; 0 when it may be taken at once."""
        queue_s = self._asking * self._interval_s() if self._asking else 0.0
        return max(0.0, self._next - self._monotonic() + queue_s)

    async def turn(self) -> None:
        """Wait for the next turn, in the order of asking."""
        self._asking += 1
        try:
            async with self._turn:
                while (left_s := self._next - self._monotonic()) > 0:
                    await self._sleep(left_s)
                if self.per_second > 0:
                    self._next = max(self._next, self._monotonic() - self._slack_s()) + self._interval_s()
        finally:
            self._asking -= 1

    def refused(self) -> None:
        """VK said «too many requests» (error 6): pause a second, and 10 % slower for a minute.

        What several requests in flight bring at once counts as one.
        """
        now = self._monotonic()
        if now - self._paused_at >= PAUSE_S:
            self._factor = (self._factor if now < self._slowed_until else 1.0) * 0.9
            self._paused_at = now
        self._slowed_until = now + SLOWED_FOR_S
        self._next = max(self._next, now + PAUSE_S)

    def _slack_s(self) -> float:
        spare_s = MOST_A_SECOND * self._interval_s() - 1.0 - ON_THE_WAY_S
        return min(SLACK_S, max(0.0, spare_s))

    def _interval_s(self) -> float:
        factor = self._factor if self._monotonic() < self._slowed_until else 1.0
        return 1.0 / (self.per_second * factor) if self.per_second > 0 else 0.0


class Share(Pace):
    """A part of another pace, for what must leave room for people's replies: each turn is one of the whole, too."""

    def __init__(
        self,
        whole: Pace,
        part: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`part` of the turns, 0 to 1, at most."""
        super().__init__(whole.per_second * part, monotonic=monotonic, sleep=sleep)
        self._whole = whole

    async def turn(self) -> None:
        """Wait for the next turn of the part, then for one of the whole."""
        await super().turn()
        await self._whole.turn()

    def refused(self) -> None:
        """VK said «too many requests»: the whole slows down, and this with it."""
        self._whole.refused()
