"""A work that is handed in anew after it was scored: its saved sheets are open again, with their points as a start."""

from __future__ import annotations

from bot.talk.model import Button, Reply
from handlers.events import Running
from handlers.jury.conflicts import organizers_of
from handlers.kinds import Case
from storage.application_rows import Application


async def work_replaced(case: Case, running: Running, application: Application) -> None:
    """Open the sheets of a new version of the work; whoever had scored the old one hears, the organizers too."""
    jurors = await case.storage.jury.reopen(application.id, at=case.now)
    if not jurors:
        return
    title, number = running.event.title, application.number
    to_list = [[Button("jury_list", f"jury_list:{running.code}", colour="primary")]]
    for juror in jurors:
        case.tell(juror, Reply("jury.replaced_told", title=title, number=number, buttons=to_list))
    to_card = [[Button("org.this_app", f"moderate:{application.id}")]]
    told = Reply("jury.replaced_told_organizer", title=title, number=number, count=len(jurors), buttons=to_card)
    for organizer in await organizers_of(case, running.code):
        case.tell(organizer, told)
    await case.storage.audit.add(
        case.person.id,
        "jury.reopen",
        f"application:{application.id}",
        {"event": running.code, "sheets": len(jurors)},
        at=case.now,
    )
