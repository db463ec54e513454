"""In which phase of its life an event is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.contest.event.model import Event
from bot.contest.event.stages import StageKind

#: While these go on, works and results still come in: it is too early to judge.
_BEFORE_JUDGING = frozenset((StageKind.SELECTION, StageKind.TEST, StageKind.TASKS))


class Phase(StrEnum):
    """Phases in their order. `SELECTION` is every stage between the intake and the jury."""

    PREPARATION = "preparation"
    ANNOUNCED = "announced"
    INTAKE = "intake"
    SELECTION = "selection"
    JUDGING = "judging"
    PROTOCOL = "protocol"
    PUBLISHED = "published"
    ARCHIVED = "archived"


def is_in_time(sent_at: datetime, closes_at: datetime) -> bool:
    """Whether what was sent at `sent_at` is in time; the deadline's own second still is.

    `sent_at` is VK's date of the message, never the time of handling it: who wrote in time must not
    lose by our queue. Raises ValueError for a moment without a zone.
    """
    _refuse_naive(sent_at, closes_at)
    return sent_at <= closes_at


def phase(
    event: Event,
    *,
    now: datetime,
    closes_at: datetime | None = None,
    protocol_approved_at: datetime | None = None,
    published_at: datetime | None = None,
    archived_at: datetime | None = None,
) -> Phase:
    """The phase at `now`.

    `closes_at` is the deadline in force if the organiser has moved it. What people have done (approved,
    published, archived) outweighs the calendar; what they have not done does not happen by itself: an
    event waits in `protocol` until it is published. An event without criteria has no judging.
    Raises ValueError for a moment without a zone.
    """
    _refuse_naive(now, closes_at, protocol_approved_at, published_at, archived_at)
    done = (
        (archived_at, Phase.ARCHIVED),
        (published_at, Phase.PUBLISHED),
        (protocol_approved_at, Phase.PROTOCOL),
    )
    for at, reached in done:
        if at is not None and at <= now:
            return reached
    return _by_calendar(event, now, closes_at or event.closes_at)


def _by_calendar(event: Event, now: datetime, closes_at: datetime) -> Phase:
    if event.announced_at is not None and now < event.announced_at and now < event.opens_at:
        return Phase.PREPARATION
    if now < event.opens_at:
        return Phase.ANNOUNCED
    if is_in_time(now, closes_at):
        return Phase.INTAKE
    if any(stage.kind in _BEFORE_JUDGING and now <= stage.closes_at for stage in event.stages):
        return Phase.SELECTION
    if event.criteria and (event.judging_until is None or now <= event.judging_until):
        return Phase.JUDGING
    return Phase.PROTOCOL


def _refuse_naive(*moments: datetime | None) -> None:
    if any(moment is not None and moment.utcoffset() is None for moment in moments):
        raise ValueError("a moment without a zone")
