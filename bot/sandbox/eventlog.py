"""The community's events in VK's order, for Long Poll."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.bell import Bell
from bot.sandbox.wire import Wire, dumps


@dataclass(slots=True)
class EventLog:
    """A log with a cursor: the same `ts` gives the same events to any poller.

    Event number n is the one that leads to ts n + 1; ts begins at 1. Each event is kept as its JSON text:
    it is written once and read by every poller.
    """

    keep: int
    first: int = 1  # the ts before the oldest event kept
    texts: list[str] = field(default_factory=list)
    held: list[Wire] | None = None  # events on hold, to be released in another order
    news: Bell = field(default_factory=Bell)

    @property
    def ts(self) -> int:
        """The ts after the newest event."""
        return self.first + len(self.texts)

    def add(self, update: Wire) -> None:
        """Put an update at the end, or on hold."""
        if self.held is not None:
            self.held.append(update)
            return
        self.texts.append(dumps(update))
        if len(self.texts) > 2 * self.keep:  # trimmed rarely, so that a trim costs nothing on average
            gone = len(self.texts) - self.keep
            del self.texts[:gone]
            self.first += gone
        self.news.ring()

    def since(self, ts: int) -> list[str] | None:
        """The JSON texts of the events after `ts`; None where they are partly forgotten or yet to come."""
        oldest = max(self.first, self.ts - self.keep)
        if not oldest <= ts <= self.ts:
            return None
        return self.texts[ts - self.first :]

    def hold(self) -> None:
        if self.held is None:
            self.held = []

    def release(self, order: list[int] | str) -> int:
        """Let the held events go, as they are, "reversed", or by a list of their places; how many went.

        Raises ValueError where the list names a place that is not there.
        """
        held = self.held or []
        if isinstance(order, list):
            if any(not isinstance(place, int) or not 0 <= place < len(held) for place in order):
                raise ValueError(f"{len(held)} events are held: places are 0..{len(held) - 1}")
            chosen = [held[place] for place in order]
        elif order in ("as_is", "reversed"):
            chosen = held[::-1] if order == "reversed" else held
        else:
            raise ValueError('order is "as_is", "reversed" or a list of places')
        self.held = None
        for update in chosen:
            self.add(update)
        return len(chosen)
