"""Whether anything may be sent now: closed while VK does not take us or does not answer.

A refusal that concerns everything (a dead token, a captcha) closes it for a minute, then one message goes as a probe;
it opens by itself when VK takes one again. An outage closes it for a growing, jittered time. Announcements have a
second gate of their own: a restriction for spam closes that one, for an hour each time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.vk.policy import wait_s

log = logging.getLogger(__name__)
PROBE_EVERY_S = 60.0
PROBE_BULK_EVERY_S = 3600.0
LONGEST_OUTAGE_WAIT_S = 30.0
#: So many requests without an answer in a row are an outage, and no fault of what was sent.
OUTAGE = 3


@dataclass(frozen=True, slots=True)
class Stop:
    """Why nothing goes: VK's code and a sentence for the log."""

    code: int | None
    why: str


class Gate:
    """Opens and closes by what requests come to."""

    def __init__(
        self,
        *,
        monotonic: Callable[[], float],
        jitter: Callable[[], float],
        what: str = "sending",
        probe_every_s: float = PROBE_EVERY_S,
    ) -> None:
        """`what` passes through it, for the log."""
        self._monotonic = monotonic
        self._jitter = jitter
        self._what = what
        self._probe_every_s = probe_every_s
        self._closed_until = float("-inf")
        self._stopped_at: float | None = None
        self._code: int | None = None
        self._reason = ""
        self._unanswered = 0

    def wait_s(self) -> float:
        """How long the gate stays closed; 0 when it is open."""
        return max(0.0, self._closed_until - self._monotonic())

    @property
    def probing(self) -> bool:
        """One request at a time: the last ones did not go well."""
        return self._stopped_at is not None or self._unanswered > 1

    @property
    def stopped(self) -> Stop | None:
        """Why VK takes nothing; None where it does, or is not heard of."""
        return None if self._stopped_at is None else Stop(self._code, self._reason)

    @property
    def health(self) -> str | None:
        """What is wrong, None where all is well."""
        if self._stopped_at is not None:
            return self._reason
        return f"VK does not answer ({self._reason})" if self._unanswered >= OUTAGE else None

    def stop(self, reason: str, code: int | None = None) -> None:
        """VK refuses everything."""
        if self._stopped_at is None or self._reason != reason:
            log.critical("%s is stopped, the queue is kept: %s", self._what, reason)
        self._stopped_at = self._monotonic()
        self._code, self._reason = code, reason
        self._closed_until = self._stopped_at + self._probe_every_s

    def unanswered(self, reason: str) -> None:
        """A request got no sound answer."""
        self._unanswered += 1
        if self._unanswered == OUTAGE:
            log.error("VK does not answer: %s", reason)
        if self._stopped_at is None:
            self._reason = reason
        wait = wait_s(self._unanswered - 1, self._jitter, longest_s=LONGEST_OUTAGE_WAIT_S)
        self._closed_until = max(self._closed_until, self._monotonic() + wait)

    def answered(self) -> bool:
        """VK answered, whatever it said; True if that ends an outage."""
        ends, self._unanswered = self._unanswered >= OUTAGE, 0
        if ends:
            log.warning("VK answers again")
        return ends

    def delivered(self, asked_at: float) -> None:
        """VK took a message that was sent at `asked_at` (monotonic): one sent after a stop ends it."""
        if self._stopped_at is not None and asked_at > self._stopped_at:
            log.warning("%s goes on", self._what)
            self._stopped_at, self._code, self._reason = None, None, ""
            self._closed_until = float("-inf")
