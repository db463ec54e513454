"""A dog for the event loop: while one piece of code holds everybody up, it writes down where (docs/faults.md, F43)."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import traceback

log = logging.getLogger(__name__)
BEAT_S = 0.1
#: Nobody may be held up for longer.
LONGEST_S = 0.5


class Watchdog:
    """Watches the running loop until cancelled; a thread of its own looks, for the loop cannot look at itself."""

    def __init__(self, *, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._beaten = threading.Event()
        self._over = threading.Event()

    async def run(self) -> None:
        """Beat, until cancelled."""
        looking = threading.Thread(target=self._look, args=(threading.get_ident(),), name="watchdog", daemon=True)
        looking.start()
        try:
            while True:
                self._beaten.set()
                await asyncio.sleep(BEAT_S)
        finally:
            self._over.set()
            self._beaten.set()

    def _look(self, thread: int) -> None:
        while not self._over.is_set():
            self._beaten.clear()
            if not self._beaten.wait(BEAT_S + self._longest_s):
                self._tell(thread)
                self._beaten.wait()

    def _tell(self, thread: int) -> None:
        frame = sys._current_frames().get(thread)  # noqa: SLF001 - the only way to another thread's stack
        stack = "".join(traceback.format_stack(frame)) if frame else ""
        log.warning("the event loop has been held up for over %.1f s:\n%s", self._longest_s, stack)
