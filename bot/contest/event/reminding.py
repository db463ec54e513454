"""Reminders of an event: which are sent, when, and in which words."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.contest.event.base import Part, expected
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.wording import TEXT_LIMIT, named, unknown

Days = Annotated[tuple[Annotated[int, Field(ge=1, le=60)], ...], Field(max_length=8)]
Hours = Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(max_length=4)]


def _worded(kind: Kind) -> AfterValidator:
    def check(text: str) -> str:
        wrong = unknown(text, kind)
        if wrong is not None:
            raise expected(f"непонятно {wrong}: бот подставляет только {named(kind)}")
        return text

    return AfterValidator(check)


_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]
DraftText = Annotated[_Words, _worded(Kind.DRAFT)]
ConsentText = Annotated[_Words, _worded(Kind.CONSENT)]
WorkText = Annotated[_Words, _worded(Kind.WORK)]
FinalText = Annotated[_Words, _worded(Kind.FINAL)]
JuryText = Annotated[_Words, _worded(Kind.JURY)]


class Reminding(Part):
    """Whether such a reminder is sent, and how long before."""

    sent: bool = True
    days: Days = (7, 3, 1)
    hours: Hours = (3,)

    @property
    def befores(self) -> tuple[timedelta, ...]:
        """How long before, the earliest first."""
        found = {timedelta(days=day) for day in self.days} | {timedelta(hours=hour) for hour in self.hours}
        return tuple(sorted(found, reverse=True))


class DraftReminding(Reminding):
    """Of an application that was begun and not sent."""

    text: DraftText | None = None


class ConsentReminding(Reminding):
    """Of consents that have not come."""

    text: ConsentText | None = None


class WorkReminding(Reminding):
    """Of a work that is not handed in."""

    text: WorkText | None = None


class FinalReminding(Reminding):
    """Of the final or of a meeting, to those who take part in it."""

    days: Days = (1,)
    hours: Hours = ()
    text: FinalText | None = None


class JuryReminding(Part):
    """Of works that are not scored: with the digest of that day, at its hour."""

    sent: bool = True
    days: Days = (2, 1)
    #: So long before the end of judging organizers hear who has neither scored everything nor answered.
    organizers_hours: Annotated[int, Field(ge=1, le=48)] = 12
    text: JuryText | None = None


class Reminders(Part):
    """What people are reminded of."""

    draft: DraftReminding = DraftReminding()
    consent: ConsentReminding = ConsentReminding()
    work: WorkReminding = WorkReminding()
    final: FinalReminding = FinalReminding()
    jury: JuryReminding = JuryReminding()

    def of(self, kind: Kind) -> DraftReminding | ConsentReminding | WorkReminding | FinalReminding | JuryReminding:
        """What the file says of one kind."""
        found: DraftReminding | ConsentReminding | WorkReminding | FinalReminding | JuryReminding
        found = getattr(self, kind.value)
        return found
