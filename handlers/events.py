"""Events as talks use them: the file's definition with what has become of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.contest.event.loading import load_stored
from bot.contest.event.model import Event
from bot.contest.phases import Phase, phase
from handlers.kinds import Desk
from storage.events import StoredEvent


@dataclass(frozen=True, slots=True)
class Running:
    """An event as it stands."""

    event: Event
    stored: StoredEvent

    @property
    def code(self) -> str:
        """The event's code."""
        return self.event.code

    @property
    def closes_at(self) -> datetime:
        """The deadline in force: the file's, or the one that an organizer set."""
        return self.stored.closes_at or self.event.closes_at

    def phase(self, now: datetime) -> Phase:
        """In which phase of its life the event is."""
        return phase(
            self.event,
            now=now,
            closes_at=self.closes_at,
            protocol_approved_at=self.stored.approved_at,
            published_at=self.stored.published_at,
            archived_at=self.stored.archived_at,
        )


async def event_of(desk: Desk, code: str) -> Running | None:
    """The event of this code, or None."""
    stored = await desk.storage.events.get(code)
    return None if stored is None else _running(stored)


async def all_events(desk: Desk) -> list[Running]:
    """All events, in the order in which their intake ends."""
    running = [_running(stored) for stored in await desk.storage.events.all()]
    return sorted(running, key=lambda one: (one.closes_at, one.code))


async def event_by_word(desk: Desk, word: str) -> Running | None:
    """The event that a deep link names: by its code, or by its name without the year, the newest then."""
    found = [one for one in await all_events(desk) if word in (one.code, one.event.slug)]
    return max(found, key=lambda one: one.event.opens_at, default=None)


def _running(stored: StoredEvent) -> Running:
    return Running(_definition(stored.code, stored.revision, stored.definition), stored)


@lru_cache(maxsize=256)
def _definition(_code: str, _revision: int, definition: str) -> Event:
    return load_stored(definition)
