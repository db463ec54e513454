"""How often VK may be asked: an even pace, so that no second at the server sees more than the limit.

A token bucket lets a full second's burst through twice within one second; an even pace never does. What happens on
the way may still push requests together: one that was held up there counts at the server late, with those behind it.
So the twentieth request after one waits a second from when that one really went, which may be later than its turn, and
so much longer as its answer took longer than usual.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

#: How much a late turn may be made up for: at 19 a second, 21 requests still span 1,032 ms.
SLACK_S = 0.02
#: VK takes so many requests in a second.
MOST_A_SECOND = 20
WINDOW_S = 1.01
#: The quickest of so many answers is how long one takes that nothing holds up.
ANSWERS_KEPT = 200
#: A longer delay than this is VK's own, after it has counted the request.
LONGEST_ON_THE_WAY_S = 0.3
SLOWED_FOR_S = 60.0
PAUSE_S = 1.0


@dataclass(slots=True)
class Taken:
    """A turn: when it began, when its request went into the wire (both monotonic), how long the answer to that took."""

    at: float
    sent_at: float | None = None
    #: None: it is on its way.
    answer_s: float | None = None

    @property
    def went_at(self) -> float:
        """When the request went, as far as is known."""
        return self.at if self.sent_at is None else self.sent_at


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
        self._turns: deque[Taken] = deque(maxlen=MOST_A_SECOND)
        self._answers_s: deque[float] = deque(maxlen=ANSWERS_KEPT)

    @property
    def now_per_second(self) -> float:
        """Requests a second that may go now: fewer than `per_second` for a while after VK refused some."""
        interval_s = self._interval_s()
        return 1.0 / interval_s if interval_s else 0.0

    def wait_s(self) -> float:
        """How long somebody who asked now would wait for a turn; 0 when it may be taken at once."""
        queue_s = self._asking * self._interval_s() if self._asking else 0.0
        return max(0.0, self._left_s() + queue_s)

    async def turn(self) -> Taken:
        """Wait for the next turn, in the order of asking; it is to be handed to `answered`."""
        self._asking += 1
        try:
            async with self._turn:
                while (left_s := self._left_s()) > 0:
                    await self._sleep(left_s)
                now = self._monotonic()
                taken = Taken(now)
                if self.per_second > 0:
                    self._next = max(self._next, now - SLACK_S) + self._interval_s()
                    self._turns.append(taken)
                return taken
        finally:
            self._asking -= 1

    def sent(self, taken: Taken) -> None:
        """The request that took this turn goes into the wire now."""
        taken.sent_at = self._monotonic()

    def answered(self, taken: Taken) -> None:
        """The request that took this turn has its answer, or will have none."""
        taken.answer_s = self._monotonic() - taken.went_at
        self._answers_s.append(taken.answer_s)

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

    def _left_s(self) -> float:
        """How long until the next turn; below 0 where it has come."""
        now = self._monotonic()
        if len(self._turns) < MOST_A_SECOND or not self._answers_s:
            return self._next - now
        first, usual_s = self._turns[0], min(self._answers_s)
        late_s = (now - first.went_at if first.answer_s is None else first.answer_s) - usual_s
        return max(self._next, first.went_at + WINDOW_S + min(max(0.0, late_s), LONGEST_ON_THE_WAY_S)) - now

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

    async def turn(self) -> Taken:
        """Wait for the next turn of the part, then for one of the whole."""
        super().answered(await super().turn())
        return await self._whole.turn()

    def sent(self, taken: Taken) -> None:
        """The request goes into the wire: the whole goes by it."""
        self._whole.sent(taken)

    def answered(self, taken: Taken) -> None:
        """The request has its answer: the whole goes by it."""
        self._whole.answered(taken)

    def refused(self) -> None:
        """VK said «too many requests»: the whole slows down, and this with it."""
        self._whole.refused()
