"""One paper as a file: gathered from the register, drawn aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action, Target, authorize
from bot.contest.papers.content import PaperContent
from bot.contest.papers.parcels import file_name
from bot.contest.papers.wording import reissue_mark
from bot.documents.file import File
from bot.documents.papers.designs import Design
from bot.documents.papers.drawing import draw
from handlers.access import actor_for
from handlers.everyone.paper_check import check_url
from handlers.kinds import Desk, Think, Thought
from handlers.organizer.papers.looks import design_of
from storage.paper_rows import Paper

#: The thinker that draws a paper; `about`: `paper`, its id.
SHEET = "paper"


async def make(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """The paper as it is in force; the thought tells which version that is."""
    paper = await desk.storage.papers.get(int(about["paper"]))
    if paper is None or paper.content is None or not paper.is_valid:
        return None
    target = Target(event=paper.event_code, owner=paper.person_id)
    if not authorize(await actor_for(desk, int(about["person_id"])), Action.VIEW_PAPER, target):
        return None
    found, content, design = paper, paper.content, await design_of(desk, paper.event_code)
    community, mark = desk.facts.community, mark_of(desk, paper)

    def think() -> Thought:
        file = File(file_name(content, found.number), _drawn(found, content, design, community, mark))
        return Thought({"version": found.version}, file)

    return think


def mark_of(desk: Desk, paper: Paper, *, reissued_at: datetime | None = None) -> str:
    """What a paper that was issued again says of itself; `reissued_at`: it is to be, at that time."""
    again = reissued_at or paper.reissued_at
    if again is None:
        return ""
    zone = desk.facts.zone
    return reissue_mark(calendar.local(paper.issued_at, zone).date(), calendar.local(again, zone).date())


def _drawn(paper: Paper, content: PaperContent, design: Design, community: str, mark: str) -> bytes:
    return draw(content, design, number=paper.number, check_url=check_url(community, paper.code), mark=mark)
