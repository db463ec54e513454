"""Papers of the register as they are printed."""

from __future__ import annotations

from bot.documents.papers.drawing import Sheet
from handlers.everyone.paper_check import check_url
from handlers.kinds import Desk
from handlers.participant.papers.sheet import mark_of
from storage.paper_rows import Paper


def sheet_of(desk: Desk, paper: Paper) -> Sheet | None:
    """What is drawn; None: its people have been forgotten."""
    if paper.content is None:
        return None
    url = check_url(desk.facts.community, paper.code)
    return Sheet(content=paper.content, number=paper.number, check_url=url, mark=mark_of(desk, paper))
