"""A bell that wakes everyone who waits for a change."""

from __future__ import annotations

import asyncio


class Bell:
    """Waiters sleep until the next `ring`; nobody has to poll.

    `asyncio.Event` alone would stay set and wake late comers for an old change.
    """

    __slots__ = ("_next",)

    def __init__(self) -> None:
        self._next: asyncio.Event | None = None

    def ring(self) -> None:
        if self._next is not None:
            self._next.set()
            self._next = None

    async def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the next ring; False where `timeout_s` seconds passed without one."""
        if self._next is None:
            self._next = asyncio.Event()
        try:
            async with asyncio.timeout(timeout_s):
                await self._next.wait()
        except TimeoutError:
            return False
        return True
