"""What an account's applications still lack, gathered with a few queries however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.contest.applications import ApplicationState
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import deadlines, hand_in_rules
from handlers.participant.missing import missing_of
from handlers.participant.own import ALIVE
from handlers.seeing import ledger_of_applicant
from storage.application_rows import Application


class Lack(StrEnum):
    """What is missing, the most urgent first."""

    CHANGES = "changes"
    FIELDS = "fields"
    CONSENT = "consent"
    WORK = "work"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Standing:
    """One application with what it lacks."""

    running: Running
    application: Application
    lacks: tuple[Lack, ...]


async def standings(case: Case, code: str | None = None) -> list[Standing]:
    """All that take part, of one event or of all: the ones that lack something first, then in their order."""
    mine = await case.storage.applications.of_person(case.person.id, code)
    events = {one: await event_of(case, one) for one in {application.event_code for application in mine}}
    ledger = await ledger_of_applicant(case, case.person.id)
    with_work = await case.storage.works.handed_in_by(case.person.id)
    found = []
    for one in mine:
        running = events[one.event_code]
        if running is None or one.state not in ALIVE:
            continue
        open_ = running.stored.published_at is None and running.stored.archived_at is None
        lacks = [Lack.CHANGES] if one.state is ApplicationState.CHANGES_ASKED else []
        if open_ and deadlines.editing(case, running, one) is None:
            lacks += [Lack.FIELDS] if any(miss.is_due for miss in missing_of(running.event, one, case.now)) else []
        lacks += [Lack.CONSENT] if open_ and ledger.missing(running.event, one) else []
        lacks += [Lack.WORK] if await _waits(case, running, one, has_work=one.id in with_work) else []
        lacks += [Lack.ABOUT] if open_ and one.id in with_work and _is_untitled(running, one) else []
        found.append(Standing(running, one, tuple(lacks)))
    return sorted(found, key=lambda one: (min(map(_order, one.lacks), default=len(Lack)), one.application.id))


async def _waits(case: Case, running: Running, one: Application, *, has_work: bool) -> bool:
    """Whether a work is awaited; where stages ask for works anew, having one is not all."""
    if running.event.stages:
        return await hand_in_rules.waits_for_work(case, running, one)
    return not has_work and await hand_in_rules.refusal(running, one, case, versions=0) is None


def _is_untitled(running: Running, application: Application) -> bool:
    """Whether nobody knows what the work is called."""
    submission = running.event.submission
    return submission is not None and submission.title_required and not application.answers.get("_title")


def _order(lack: Lack) -> int:
    return list(Lack).index(lack)
