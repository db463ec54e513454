"""Taking a work: a version, a receipt, and the questions about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.participant.applying.form import more_buttons
from handlers.participant.works import about_work, putting
from handlers.participant.works.work_parts import after_putting
from storage.application_rows import Application


async def take(case: Case, running: Running, application: Application, kept: Mapping[str, Any]) -> Outcome:
    """Keep what was sent as the next version; the receipt, and what else is to be told about the work."""
    fitting = await putting.read(case, running, application, kept)
    if isinstance(fitting, Refusal):
        return putting.refused(case, application, fitting)
    put = await putting.put(case, running, application, fitting, kept)
    is_told = about_work.is_told(running.event, application)
    if is_told and not put.stands:
        return [*put.receipts, await _more(case, running, application)]
    if is_told:
        return [*put.receipts, after_putting(application, put.stands)]
    told = about_work.known(running.event, application)
    return Open(about_work.TALK, str(application.id), answers=told, before=putting.receipts_of(put))


async def _more(case: Case, running: Running, application: Application) -> Reply:
    """Nothing is left to ask about the work: it was told before, or this event asks nothing."""
    work = await case.storage.works.current(application.id)
    again = work is not None and work.version > 1
    told = about_work.asks(running.event)
    rows = [[button] for button in more_buttons(application)]
    key = "work_in" if not again else "work_replaced" if told else "work_in_again"
    return Reply(key, number=application.number, buttons=[*rows, [Button("applications", "applications")]])
