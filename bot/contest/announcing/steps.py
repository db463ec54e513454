"""What is to be done about an announcement now: asked again and again, so a missed look does not matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.contest.announcing.model import OVER, Announcement, AnnouncementState

#: After its last message was made, those who are tried again and again are waited for so long, then it is over.
FINISH_AFTER = timedelta(minutes=2)
#: The messenger deletes messages for everybody within a day (VK: messages.delete, error 924).
RECALLED_WITHIN = timedelta(days=1)
#: What was on its way when somebody stopped it has come to an end by then: requests are given up sooner.
LANDED_AFTER = timedelta(minutes=1)
#: What is tried so long is not watched any more.
CLOSE_AFTER = timedelta(days=1)


class Todo(StrEnum):
    """The next thing to do."""

    #: Find the recipients.
    GATHER = "gather"
    #: Its time has come.
    BEGIN = "begin"
    #: Everybody is known: messages may be made.
    RUN = "run"
    HOLD = "hold"
    RELEASE = "release"
    #: Make the next messages.
    FEED = "feed"
    #: All are made: see whether all have gone.
    FINISH = "finish"
    #: Take the next messages back, or see whether nothing more changes.
    CLOSE = "close"


def todo(announcement: Announcement, *, now: datetime, blocked: bool) -> Todo | None:
    """What to do now, or None. `blocked`: at night, and after a restoration until somebody lets bulk messages go."""
    state = announcement.state
    if state is AnnouncementState.SCHEDULED:
        return _scheduled(announcement, now=now, blocked=blocked)
    if state is AnnouncementState.GATHERING:
        return Todo.RUN if announcement.gathered_at else Todo.GATHER
    if state is AnnouncementState.RUNNING:
        return _running(announcement, blocked=blocked)
    return Todo.CLOSE if state in OVER and announcement.closed_at is None else None


def _scheduled(announcement: Announcement, *, now: datetime, blocked: bool) -> Todo | None:
    if not announcement.live and announcement.gathered_at is None:
        return Todo.GATHER
    due = announcement.starts_at is not None and announcement.starts_at <= now
    return Todo.BEGIN if due and not blocked else None


def _running(announcement: Announcement, *, blocked: bool) -> Todo | None:
    if blocked:
        return None if announcement.held else Todo.HOLD
    if announcement.held:
        return Todo.RELEASE
    return Todo.FEED if announcement.fed_at is None else Todo.FINISH


def is_landing(announcement: Announcement, *, now: datetime) -> bool:
    """Whether messages that count as called off may still turn out to have arrived."""
    by_hand = announcement.state in (AnnouncementState.STOPPED, AnnouncementState.RECALLED)
    return by_hand and announcement.acted_at is not None and now - announcement.acted_at < LANDED_AFTER


def is_over(announcement: Announcement, *, waiting: int, untried: int, now: datetime) -> bool:
    """Whether a fully fed announcement is finished.

    `waiting` messages have not come to their end, `untried` of them were never tried. Those whom the messenger makes
    us wait for do not keep it open for ever.
    """
    if waiting == 0:
        return True
    return untried == 0 and announcement.fed_at is not None and now - announcement.fed_at >= FINISH_AFTER
