"""People who write to the bot: accounts of a messenger, not participants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """An account as we know it. Its page's name is never taken for a participant's (people hide and change it)."""

    id: int
    first_name: str | None
    last_name: str | None
    first_seen_at: datetime
    #: When they were told who the operator of personal data is.
    greeted_at: datetime | None
    #: The messenger's refusal to deliver to them; None while messages arrive.
    unreachable_code: int | None
    #: A human talks to them until then; the bot keeps silent.
    silent_until_at: datetime | None
    #: Since when they want no announcements.
    no_news_at: datetime | None

    @property
    def page_name(self) -> str:
        """How organizers see the account."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or f"id{self.id}"

    def is_left_to_a_human(self, now: datetime) -> bool:
        """Whether an organizer talks to them, so that the bot keeps silent."""
        return self.silent_until_at is not None and now < self.silent_until_at
