"""Papers of the register as they are printed."""

from __future__ import annotations

from datetime import datetime

from bot.contest import calendar
from bot.contest.papers.wording import reissue_mark
from bot.documents.papers.drawing import Sheet
from handlers.everyone.paper_check import check_url
from handlers.kinds import Desk
from storage.paper_rows import Paper


def sheet_of(desk: Desk, paper: Paper) -> Sheet | None:
    """What is drawn; None: its people have been forgotten."""
    if paper.content is None:
        return None
    url = check_url(desk.facts.community, paper.code)
    return Sheet(content=paper.content, number=paper.number, check_url=url, mark=mark_of(desk, paper))


def mark_of(desk: Desk, paper: Paper, *, reissued_at: datetime | None = None) -> str:
    """What a paper that was issued again says of itself; `reissued_at`: it is to be, at that time."""
    again = reissued_at or paper.reissued_at
    if again is None:
        return ""
    zone = desk.facts.zone
    return reissue_mark(calendar.local(paper.issued_at, zone).date(), calendar.local(again, zone).date())
