"""What the jury has said of one work: the points of each member and the comment."""

from __future__ import annotations

from bot.contest.authorize import Action, Target
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import Running
from handlers.jury.points import is_raw, shown, total_of, value_shown
from handlers.kinds import Case
from handlers.organizer.jury.judging import criteria
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
    lines = criteria(running.event, application)
    total, most = total_of(lines, given)
    raw = [f"{one.title} {value_shown(one, given[one.code])}" for one in lines if is_raw(one) and one.code in given]
    points = "; ".join([*([shown(total)] if most else []), *raw])
    said = case.say("org.card.comment", text=assignment.comment) if assignment.comment else ""
    key = f"org.sheet.{assignment.state}"
    return case.say(key, name=name, points=Trusted(points), reason=assignment.reason or "", comment=said)
