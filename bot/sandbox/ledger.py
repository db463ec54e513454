"""What was accepted and what was asked: the sandbox's memory for tests."""

from __future__ import annotations

import bisect
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.dialogs import Message
from bot.sandbox.wire import Wire

REQUESTS_KEPT = 10_000


@dataclass(slots=True)
class Ledger:
    """Every message that the community got through, in order, and every send dropped as a repeat."""

    accepted: list[Message] = field(default_factory=list)
    repeats: list[Wire] = field(default_factory=list)
    repeat_of: dict[int, int] = field(default_factory=dict)  # message id -> the id it repeats (dedupe off)

    def after(self, message_id: int) -> list[Wire]:
        """Accepted messages whose id is above `message_id`."""
        at = bisect.bisect_right(self.accepted, message_id, key=lambda message: message.id)
        return [self._line(message) for message in self.accepted[at:]]

    def _line(self, message: Message) -> Wire:
        line: Wire = {
            "id": message.id,
            "peer_id": message.peer_id,
            "cmid": message.cmid,
            "random_id": message.random_id,
            "text": message.content.text,
            "at": message.sent_at,
            "attachment": message.content.attachment_text,
        }
        if message.id in self.repeat_of:
            line["repeat_of"] = self.repeat_of[message.id]
        return line


@dataclass(slots=True)
class Request:
    n: int
    method: str
    at: float  # monotonic seconds
    params: dict[str, str]
    calls: list[str] = field(default_factory=list)  # the methods called inside execute
    answer_code: int | None = None  # VK's error code; 0 = answered well; None = never answered

    def as_json(self) -> Wire:
        return {"n": self.n, "method": self.method, "at": self.at, "params": self.params, "calls": self.calls,
                "answer_code": self.answer_code}  # fmt: skip


@dataclass(slots=True)
class Requests:
    """The newest API requests, and the most that came in any sliding second."""

    kept: deque[Request] = field(default_factory=lambda: deque(maxlen=REQUESTS_KEPT))
    count: int = 0
    busiest_second: int = 0
    too_many: int = 0  # how many were refused for coming too fast
    _last_second: deque[float] = field(default_factory=deque)
    _accepted: deque[float] = field(default_factory=deque)

    def add(self, method: str, params: dict[str, str], at: float) -> Request:
        self.count += 1
        shown = {name: value for name, value in params.items() if name != "access_token"}
        request = Request(self.count, method, at, shown)
        self.kept.append(request)
        _slide(self._last_second, at)
        self._last_second.append(at)
        self.busiest_second = max(self.busiest_second, len(self._last_second))
        return request

    def accept(self, at: float, limit: int) -> bool:
        """May one more request pass, at most `limit` in any sliding second? A refused one is not counted."""
        _slide(self._accepted, at)
        if limit and len(self._accepted) >= limit:
            self.too_many += 1
            return False
        self._accepted.append(at)
        return True

    def after(self, n: int) -> list[Wire]:
        return [request.as_json() for request in self.kept if request.n > n]


def _slide(times: deque[float], now: float) -> None:
    while times and now - times[0] >= 1.0:
        times.popleft()
