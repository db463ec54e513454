"""Events as talks use them: the file's definition with what has become of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.contest.deadlines import Deadline, effective_deadline
from bot.contest.event.model import Event
from bot.contest.phases import Phase, phase
from handlers.kinds import Desk
from storage.application_rows import Application
from storage.events import StoredEvent, definition_of


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

    @property
    def closes_for_all_at(self) -> datetime:
        """When the last one who was given more time is late too."""
        return max((self.closes_at, *(one.until for one in self.stored.longer)))

    def until(self, person_id: int | None, organisation_code: str | None = None) -> Deadline:
        """Until when this person may act, for an application from this organisation."""
        return effective_deadline(
            self.closes_at,
            self.stored.longer,
            person_id=person_id,
            organisation_code=organisation_code,
            grace_minutes=self.event.grace_minutes,
        )

    def until_for(self, application: Application) -> Deadline:
        """Until when this application, and the work to it, may be changed."""
        return self.until(application.person_id, application.organisation_code)

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
    return Running(definition_of(stored), stored)
