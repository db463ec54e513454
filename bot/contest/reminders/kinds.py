"""What people are reminded of."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Each is switched and worded by itself; the codes are the keys of an event file's `reminders`."""

    #: An application that was begun and not sent.
    DRAFT = "draft"
    #: Somebody of an application without a consent to processing.
    CONSENT = "consent"
    #: An application without a work.
    WORK = "work"
    #: The final, or a meeting that has no link of its own to be sent.
    FINAL = "final"
    #: Works that a juror has not scored.
    JURY = "jury"


#: What ends with a person's own deadline: one message has them all.
BY_DEADLINE = (Kind.DRAFT, Kind.CONSENT, Kind.WORK)
