"""Which reminders an event has: what its file says, and what its organizers have changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contest.event.model import ConsentKind, Event
from bot.contest.event.reminding import JuryReminding
from bot.contest.event.stages import Stage, StageFormat, StageKind, WorkAfter
from bot.contest.event.units import Bundle
from bot.contest.reminders.kinds import Kind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Setting:
    """What organizers have changed in one kind; None: as the event's file says."""

    is_on: bool | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind as it stands."""

    kind: Kind
    is_on: bool
    #: How long before, the earliest first.
    befores: tuple[timedelta, ...]
    #: Own words; None: the usual ones.
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where people come together: a final, or a meeting."""

    #: None: the meeting.
    stage: Stage | None
    starts_at: datetime


def kinds_of(event: Event) -> tuple[Kind, ...]:
    """What the event can remind of at all."""
    if isinstance(event.unit, Bundle):
        return ()
    has = {
        Kind.DRAFT: True,
        Kind.CONSENT: ConsentKind.PROCESSING in event.consents,
        Kind.WORK: event.submission is not None or bool(stages_of_works(event)),
        Kind.FINAL: gathering(event) is not None,
        Kind.JURY: event.has_sheets and event.judging_until is not None,
    }
    return tuple(kind for kind in Kind if has[kind])


def rules_of(event: Event, changed: Mapping[Kind, Setting]) -> dict[Kind, Rule]:
    """The rules of all kinds that the event has, in their own order."""
    return {kind: _rule(event, kind, changed.get(kind, Setting())) for kind in kinds_of(event)}


def gathering(event: Event) -> Gathering | None:
    """What finalists, or everybody, are reminded of; a meeting with a link of its own is announced with that link."""
    meeting = event.meeting
    if meeting is not None:
        linked = meeting.join_url is not None or any(section.join_url for section in meeting.sections)
        return None if linked else Gathering(None, meeting.starts_at)
    finals = [one for one in event.stages if one.kind is StageKind.FINAL and one.format is not StageFormat.REMOTE]
    return Gathering(finals[-1], finals[-1].opens_at) if finals else None


def stages_of_works(event: Event) -> tuple[Stage, ...]:
    """The stages that take works after the intake."""
    after = (WorkAfter.MAY_CHANGE, WorkAfter.NEW)
    return tuple(one for one in event.stages if one.submission is not None or one.work in after)


def asked_on(until: datetime, days: tuple[timedelta, ...], today: datetime) -> bool:
    """Whether jurors are asked on the day of `today`, both on the clock of the event's people: so many days before."""
    return any((until - before).date() == today.date() for before in days)


def _rule(event: Event, kind: Kind, changed: Setting) -> Rule:
    said = event.reminders.of(kind)
    befores = tuple(sorted((day * _DAY for day in said.days), reverse=True))
    if not isinstance(said, JuryReminding):
        befores = said.befores
    is_on = said.sent if changed.is_on is None else changed.is_on
    return Rule(kind, is_on, befores, changed.text or said.text)
