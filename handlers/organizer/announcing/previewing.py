"""The very message that people get, as it is shown before it goes."""

from __future__ import annotations

from bot.contest.applications import number
from bot.contest.placeholders import Placeholder
from bot.talk.model import Reply
from handlers.kinds import Case
from handlers.organizer.announcing.letter import event_values, letter
from handlers.organizer.announcing.scope import Opened


def sample_values(case: Case, found: Opened) -> dict[str, str]:
    """What the preview puts in: the event's own values, one's own name and a number like theirs."""
    values = event_values(case, found.running)
    if case.person.first_name:
        values[Placeholder.NAME] = case.person.first_name
    if found.running is not None:
        event = found.running.event
        values[Placeholder.NUMBER] = number(event.number_prefix, event.year, 1)
    return values


def preview(case: Case, found: Opened) -> Reply:
    """The very message that people get."""
    announcement = found.announcement
    return letter(found.running, announcement.text, sample_values(case, found), attachments=announcement.attachments)


def preview_text(case: Case, found: Opened) -> str:
    """The same as words alone."""
    shown = preview(case, found)
    return case.say(shown.key, **shown.values)
