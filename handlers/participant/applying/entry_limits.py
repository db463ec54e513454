"""Whether an application is one too many from its school or its teacher, by the event's limits."""

from __future__ import annotations

from bot.contest.entry_limits import Entry, Tally, counted, entry_refusal
from bot.contest.event import Event
from bot.contest.event.base import Limit, Per
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.model import Again, Reply
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.participant.own import ALIVE
from handlers.participant.wording import refused
from storage.application_rows import Form


async def limit_refusal(case: Case, running: Running, form: Form, *, own_id: int | None = None) -> Refusal | None:
    """The limit that one more such application would break; `own_id`: it is not new, and counts itself not."""
    limits = limits_of(running.event)
    others = await entries(case, running) if limits else {}
    return entry_refusal(limits, entry_of(form), [one for id_, one in others.items() if id_ != own_id])


async def limited(case: Case, running: Running, form: Form, *, own_id: int | None = None) -> Again | None:
    """Back to the review, with the limit said: another nomination may do."""
    refusal = await limit_refusal(case, running, form, own_id=own_id)
    return Again(Reply(refused(case, refusal)), without=("review",)) if refusal else None


def limits_of(event: Event) -> tuple[Limit, ...]:
    """The limits that an application to this event is held against when it is sent."""
    return counted(event.submission.limits) if event.submission else ()


async def entries(desk: Desk, running: Running) -> dict[int, Entry]:
    """What every application that takes part is counted by."""
    found = await desk.storage.applications.of_event(running.code, states=ALIVE)
    return {one.id: entry_of(one) for one in found}


def count_in(tally: Tally, form: Form, before: Entry | None) -> Refusal | None:
    """Count an application, in place of what it was `before`; or the limit that it breaks, and nothing is changed."""
    if before is not None:
        tally.drop(before)
    entry = entry_of(form)
    refusal = tally.refusal(entry)
    kept = entry if refusal is None else before
    if kept is not None:
        tally.add(kept)
    return refusal


def entry_of(form: Form) -> Entry:
    """What an application, stored or about to be, is counted by."""
    values = {
        Per.ORGANISATION: form.organisation_code or fold(form.organisation_name),
        Per.SUPERVISOR: fold(form.supervisor or ""),
        Per.NOMINATION: form.nomination,
        Per.GROUP: form.age_group,
        Per.CATEGORY: form.category,
    }
    return {per: value for per, value in values.items() if value}
