"""What the jury has said of one work: the points of each member and the comment."""

from __future__ import annotations

from bot.contest.authorize import Action, Target
from bot.contest.scoring import Sheet
from handlers.access import may
from handlers.events import Running
from handlers.jury.points import shown
from handlers.kinds import Case
from handlers.organizer.judging import point_scales
from storage.application_rows import Application
from storage.jury_rows import Assignment


async def sheet_lines(case: Case, running: Running, application: Application) -> list[str]:
    """A line a member of the jury, for those who may see the sheets."""
    if not running.event.criteria or not await may(case, Action.VIEW_SHEETS, Target(event=running.code)):
        return []
    found = await case.storage.jury.assignments(running.code)
    names = {one.person_id: one.full_name for one in await case.storage.jury.members(running.code)}
    return [
        await _line(case, running, application, one, names.get(one.person_id, f"id{one.person_id}"))
        for one in found
        if one.application_id == application.id
    ]


async def _line(case: Case, running: Running, application: Application, assignment: Assignment, name: str) -> str:
    given = await case.storage.jury.scores(assignment.id)
    scales = point_scales(running.event, application)
    total = Sheet(assignment.person_id, application.id, given).total(scales)
    said = case.say("org.card.comment", text=assignment.comment) if assignment.comment else ""
    key = f"org.sheet.{assignment.state}"
    return case.say(key, name=name, points=shown(total), reason=assignment.reason or "", comment=said)
