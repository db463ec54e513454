"""Whether a table may be carried out as it was shown: what it was compared with, and by which rules it was judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.events import Running
from handlers.participant.own import ALIVE
from storage.application_rows import Application


def known_now(running: Running, mine: Sequence[Application]) -> list[Application]:
    """The applications that a table for this event is compared with."""
    return [one for one in mine if one.event_code == running.code and one.state in ALIVE and one.participants]


def revisions(running: Running, mine: Sequence[Application]) -> list[list[int]]:
    """By what it is seen that one of them has come, gone or changed."""
    return sorted([one.id, one.revision] for one in known_now(running, mine))


def rules_passed(running: Running, said_at: datetime) -> list[int]:
    """By what it is seen that other rules hold now: the event's revision, and how many of its moments have passed.

    A deadline passes, a field becomes required, another one freezes.
    """
    grace = timedelta(minutes=running.event.grace_minutes)
    deadlines = [running.closes_at + grace, *(one.until + grace for one in running.stored.longer)]
    of_fields = [at for field in running.event.fields for at in (field.required_from, field.frozen_after) if at]
    passed = sum(at < said_at for at in (*deadlines, *of_fields))
    return [running.stored.revision, len(deadlines), passed]
