"""What somebody has not finished at an event, read anew from the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.contest.applications import ApplicationState
from bot.contest.event.model import ConsentKind
from bot.contest.naming import listed_name
from bot.contest.refusal import Refusal
from bot.contest.reminders.kinds import BY_DEADLINE, Kind
from bot.contest.reminders.rules import gathering
from bot.talk.model import Button
from handlers.events import Running
from handlers.guardian.settling import short
from handlers.kinds import Desk
from handlers.participant.applying.drafts import APPLY, questions_left
from handlers.participant.applying.questions import left, questions
from handlers.participant.own import ALIVE
from handlers.participant.works.hand_in_rules import due, waits_for_work
from handlers.seeing import Ledger, is_adult, ledger_of_applicant, seen
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Lack:
    """One kind of what is unfinished."""

    kind: Kind
    #: «Соколова Вера», the number of the application of whom nobody may name.
    who: tuple[str, ...]
    #: Where it can be finished.
    way: Button


async def lacks(
    desk: Desk, running: Running, person_id: int, until: datetime, kinds: Collection[Kind] = BY_DEADLINE
) -> list[Lack]:
    """What the person has not finished that ends at `until`, their own deadline."""
    mine = [
        one
        for one in await desk.storage.applications.of_person(person_id, running.code)
        if one.state in ALIVE and one.anonymised_at is None
    ]
    found = [await _draft(desk, running, person_id, until)] if Kind.DRAFT in kinds else []
    if mine and (Kind.CONSENT in kinds or Kind.WORK in kinds):
        ledger = await ledger_of_applicant(desk, person_id)
        found += [_consents(running, mine, ledger, until)] if Kind.CONSENT in kinds else []
        found += [await _works(desk, running, mine, ledger, until)] if Kind.WORK in kinds else []
    return [one for one in found if one is not None]


async def finalists(desk: Desk, running: Running, person_id: int) -> Lack | None:
    """Who of the person's applications takes part in what begins; None: nobody."""
    mine = [
        one
        for one in await desk.storage.applications.of_person(person_id, running.code)
        if one.state is ApplicationState.ACCEPTED
    ]
    begins = gathering(running.event)
    if begins is None or not mine:
        return None
    if begins.stage is not None:
        mine = [one for one in mine if await _goes_on(desk, running, one)]
    ledger = await ledger_of_applicant(desk, person_id)
    who = tuple(_called(one, ledger) for one in mine)
    way = (
        Button("open_application", f"application:{mine[0].id}")
        if len(mine) == 1
        else Button("applications", "applications")
    )
    return Lack(Kind.FINAL, who, way) if mine else None


async def _goes_on(desk: Desk, running: Running, application: Application) -> bool:
    return (await desk.storage.stages.fates(running.code, [application.id]))[application.id].in_final


async def _draft(desk: Desk, running: Running, person_id: int, until: datetime) -> Lack | None:
    draft = await desk.storage.memory.draft(person_id, APPLY, running.code)
    if draft is None or not draft.kept or not draft.trail:
        return None
    school = draft.answers.get("school")
    code = school.get("code") if isinstance(school, dict) else None
    if running.until(person_id, code).at != until:
        return None
    name, count = left(running.event, questions(running.event), draft.answers)
    who = ", ".join(part for part in (name, questions_left(desk, count)) if part)
    return Lack(Kind.DRAFT, (who,), Button("nudge_draft", f"draft_resume:{APPLY}/{running.code}", colour="primary"))


def _consents(running: Running, mine: list[Application], ledger: Ledger, until: datetime) -> Lack | None:
    """Those from whom no word has come; whoever has said no is not asked again."""
    if ConsentKind.PROCESSING not in running.event.consents:
        return None
    who = tuple(
        short(participant, one)
        for one in mine
        if not is_adult(one) and running.until_for(one).at == until
        for participant, held in ledger.of_all(one)
        if not held.processing.in_force and not held.hidden
    )
    way = Button("all_consents", f"consents_desk:{running.code}", colour="primary")
    return Lack(Kind.CONSENT, who, way) if who else None


async def _works(desk: Desk, running: Running, mine: list[Application], ledger: Ledger, until: datetime) -> Lack | None:
    waiting = []
    for one in mine:
        asked = await due(desk, running, one, said_at=desk.now)
        if isinstance(asked, Refusal) or asked.closes_at != until:
            continue
        if await waits_for_work(desk, running, one):
            waiting.append(one)
    if not waiting:
        return None
    go = f"submit:{waiting[0].id}" if len(waiting) == 1 else "submit"
    return Lack(Kind.WORK, tuple(_called(one, ledger) for one in waiting), Button("submit", go, colour="primary"))


def _called(application: Application, ledger: Ledger) -> str:
    return listed_name(seen(application, ledger)) or application.number
