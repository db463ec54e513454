"""«Все одним архивом»: a person's papers of one event as one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.papers.parcels import file_name
from bot.documents.file import File
from bot.documents.papers.archive import archive
from bot.documents.papers.drawing import draw_many
from bot.talk.model import Reply
from handlers.events import event_of
from handlers.everyone.files import ask_file
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import sheet_of
from handlers.participant.papers.own_papers import MINE, gone
from handlers.participant.wording import MENU

ARCHIVE = "own_papers_archive"


async def papers_archive(case: Case, code: str) -> Reply:
    """Have the archive made."""
    running = await event_of(case, code)
    mine = await case.storage.papers.of_person(case.person.id, code) if running else []
    if running is None or not any(one.content for one in mine):
        return await gone(case)
    title = running.event.title
    ask_file(case, ARCHIVE, {"event": code}, text="mypapers.archived", go=f"papers_archive:{code}", title=title)
    return Reply("mypapers.archiving", count=len(mine), buttons=[[MINE, MENU]])


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The papers in force of whoever asked: they get their own and nobody else's."""
    code = str(about["event"])
    running = await event_of(desk, code)
    mine = await desk.storage.papers.of_person(int(about["person_id"]), code)
    sheets = [sheet for one in mine if (sheet := sheet_of(desk, one)) is not None]
    if running is None or not sheets:
        return None
    design, name = await design_of(desk, code), desk.say("mypapers.archive_name", title=running.event.short_title)

    def draw() -> File:
        drawn = zip(sheets, draw_many(sheets, design), strict=True)
        return archive(f"{name}.zip", (File(file_name(one.content, one.number), data) for one, data in drawn))

    return draw
