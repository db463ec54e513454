"""How an announcement went: at once, or aside where its messages are very many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.contest.announcing.model import Figures
from bot.talk.incoming import Act
from bot.talk.model import Outcome, Reply
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Think, Thought
from handlers.organizer.announcing.aside import counted_aside
from handlers.organizer.announcing.counting import AT_ONCE
from handlers.organizer.announcing.progress import progress
from handlers.organizer.announcing.scope import Opened, announcement_for

REPORTER = "announcement_report"


async def report(case: Case, found: Opened, *, popup: str = "") -> Outcome:
    """How far it is; it is edited in place where a button of it is pressed.

    Of very many the figures are read aside; the mailing itself puts them into the message that it keeps up to date.
    """
    announcement = found.announcement
    if announcement.recipients <= AT_ONCE or popup:
        few = announcement.recipients <= AT_ONCE
        figures = await case.storage.announcements.figures(announcement) if few else Figures(planned=0, sent=0)
        return await _shown(case, found, figures, popup=popup)
    ask_thought(case, REPORTER, {"announcement": announcement.id})
    return Reply("announce.counting")


async def think_report(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Count what became of very many messages."""
    found = await announcement_for(desk, str(about["announcement"]), int(about["person_id"]))
    if found is None:
        return None
    figures = await desk.storage.announcements.figures(found.announcement)
    return lambda: Thought(asdict(figures))


async def thought_report(case: Case, _argument: str) -> Outcome:
    """The report whose figures have been counted."""
    heard = await counted_aside(case)
    if isinstance(heard, Reply):
        return heard
    counted = heard.counted
    codes = {name: {int(code): count for code, count in counted[name].items()} for name in ("unreachable", "failed")}
    return await _shown(case, heard.opened, Figures(**{**counted, **codes}))


async def _shown(case: Case, found: Opened, figures: Figures, *, popup: str = "") -> Reply:
    """The report; whoever opens one that is not over sees from then on in this message how it goes on."""
    announcement, called = found.announcement, None
    if announcement.closed_at is None and case.incoming.act is not Act.PRESSED:
        called = await case.storage.announcements.watch_anew(announcement.id, case.person.id)
    return await progress(case, found.running, announcement, figures, popup=popup, called=called)
