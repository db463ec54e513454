"""Until when: an event's deadline, a longer one of a person or a school, and some silent minutes after it.

What a person did is judged by the messenger's own date of their message (see `bot.contest.phases.is_in_time`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Longer:
    """A longer deadline that an organizer gave: to a person, or to everybody of one organisation."""

    until: datetime
    person_id: int | None = None
    organisation_code: str | None = None

    def concerns(self, person_id: int | None, organisation_code: str | None) -> bool:
        """Whether it is for an application of this person from this organisation."""
        if self.person_id is not None:
            return self.person_id == person_id
        return self.organisation_code is not None and self.organisation_code == organisation_code


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when somebody may act."""

    #: What people are told.
    at: datetime
    #: For so long after it nobody is refused; never told.
    grace_s: int = 0

    @property
    def last(self) -> datetime:
        """The last moment that is still in time."""
        return self.at + timedelta(seconds=self.grace_s)

    def is_over(self, said_at: datetime) -> bool:
        """Whether what was said at `said_at` came too late."""
        return said_at > self.last


def effective_deadline(
    closes_at: datetime,
    longer: Iterable[Longer] = (),
    *,
    person_id: int | None = None,
    organisation_code: str | None = None,
    grace_minutes: int = 0,
) -> Deadline:
    """The deadline of an application of this person from this organisation.

    The latest of the event's and of what was given to either of them: nobody gets less time by being given more.
    Raises ValueError for a moment without a zone.
    """
    moments = [closes_at, *(one.until for one in longer if one.concerns(person_id, organisation_code))]
    if any(moment.utcoffset() is None for moment in moments):
        raise ValueError("a moment without a zone")
    return Deadline(max(moments), grace_minutes * 60)
