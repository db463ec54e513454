"""One paper as a file: gathered from the register, drawn aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.papers.parcels import file_name
from bot.documents.file import File
from bot.documents.papers.drawing import draw_many
from handlers.access import actor_for
from handlers.kinds import Desk, Think, Thought
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import sheet_of

#: The thinker that draws a paper; `about`: `paper`, its id.
SHEET = "paper"


async def make(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """The paper as it is in force; the thought tells which version that is."""
    paper = await desk.storage.papers.get(int(about["paper"]))
    sheet = sheet_of(desk, paper) if paper is not None and paper.is_valid else None
    if paper is None or sheet is None:
        return None
    target = Target(event=paper.event_code, owner=paper.person_id)
    if not authorize(await actor_for(desk, int(about["person_id"])), Action.VIEW_PAPER, target):
        return None
    version, name, design = (
        paper.version,
        file_name(sheet.content, paper.number),
        await design_of(desk, paper.event_code),
    )
    return lambda: Thought({"version": version}, File(name, next(draw_many([sheet], design))))
