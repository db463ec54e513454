"""Whether an application is one too many from its school or its teacher, by the event's limits."""

from __future__ import annotations

from bot.contest.entry_limits import Entry, counted, entry_refusal
from bot.contest.event.base import Per
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Again, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.participant.own import ALIVE
from handlers.participant.wording import refused
from storage.application_rows import Form


async def limit_refusal(case: Case, running: Running, form: Form, *, own_id: int | None = None) -> Refusal | None:
    """The limit that one more such application would break; `own_id`: it is not new, and counts itself not."""
    submission = running.event.submission
    limits = counted(submission.limits) if submission else ()
    if not limits:
        return None
    others = await case.storage.applications.of_event(running.code, states=ALIVE)
    return entry_refusal(limits, _entry(form), [_entry(one) for one in others if one.id != own_id])


async def limited(case: Case, running: Running, form: Form, *, own_id: int | None = None) -> Again | None:
    """Back to the review, with the limit said: another nomination may do."""
    refusal = await limit_refusal(case, running, form, own_id=own_id)
    return Again(Reply(refused(case, refusal)), without=("review",)) if refusal else None


def _entry(form: Form) -> Entry:
    values = {
        Per.ORGANISATION: form.organisation_code or fold(form.organisation_name),
        Per.SUPERVISOR: fold(form.supervisor or ""),
        Per.NOMINATION: form.nomination,
        Per.GROUP: form.age_group,
        Per.CATEGORY: form.category,
    }
    return {per: value for per, value in values.items() if value}
