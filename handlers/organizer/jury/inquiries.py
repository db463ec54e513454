"""What the jury has asked the author of a work, with the names, for whoever may see the sheets."""

from __future__ import annotations

from bot.contest.authorize import Action, Target
from handlers.access import may
from handlers.events import Running
from handlers.jury.inquiries import answer_shown
from handlers.kinds import Case
from storage.application_rows import Application

#: The card has much else to say.
MOST = 5


async def inquiry_lines(case: Case, running: Running, application: Application) -> list[str]:
    """A question and its answer, two lines each, the newest ones."""
    if not running.event.criteria or not await may(case, Action.VIEW_SHEETS, Target(event=running.code)):
        return []
    found = [one for one in await case.storage.jury_questions.of_application(application.id) if one.text]
    if not found:
        return []
    names = {one.person_id: one.full_name for one in await case.storage.jury.members(running.code)}
    names = {**await case.storage.jury.former_names(running.code), **names}
    lines = []
    for one in found[-MOST:]:
        name = names.get(one.juror_id, f"id{one.juror_id}")
        lines.append(case.say("org.card.inquiry", name=name, text=one.text))
        lines.append(answer_shown(case, running.event, application.nomination, one))
    return lines
