"""How long a fault test waits: by what gets on, not by the clock. A bot that dies again and again may need long."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Longer than any wait of the bot's own after a few failures in a row.
LASTS_S = 40.0


class Patience:
    """Is over where nothing has got on for so long."""

    def __init__(self, figures: Callable[[], object], lasts_s: float = LASTS_S) -> None:
        """`figures`: whatever changes as long as something gets on; whoever waits asks once a second or more often."""
        self._figures = figures
        self._lasts_s = lasts_s
        self._seen = figures()
        self._asked_at = self._changed_at = time.monotonic()

    @property
    def is_over(self) -> bool:
        """Has nothing got on? Time in which nobody asked does not count."""
        now, figures = time.monotonic(), self._figures()
        if figures != self._seen or now - self._asked_at > self._lasts_s / 2:
            self._seen, self._changed_at = figures, now
        self._asked_at = now
        return now - self._changed_at > self._lasts_s
