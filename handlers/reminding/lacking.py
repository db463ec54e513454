"""What somebody has not finished at an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contest.event.model import ConsentKind
from bot.contest.naming import listed_name
from bot.contest.reminders.kinds import BY_DEADLINE, Kind
from bot.contest.reminders.rules import gathering
from bot.talk.model import Button
from bot.talk.position import Draft
from handlers.events import Running
from handlers.guardian.settling import short
from handlers.kinds import Desk
from handlers.participant.applying.drafts import APPLY, questions_left
from handlers.participant.applying.questions import left, questions
from handlers.participant.works.hand_in_rules import due_now, is_in
from handlers.reminding.known import Known
from handlers.seeing import Ledger, is_adult, seen
from storage.application_rows import Application

#: Whoever has answered a question of the application so lately is filling it in, and needs no reminding.
AT_IT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Lack:
    """One kind of what is unfinished."""

    kind: Kind
    #: «Соколова Вера», the number of the application of whom nobody may name.
    who: tuple[str, ...]
    #: Where it can be finished.
    way: Button


async def lacks(
    desk: Desk, running: Running, known: Known, person_id: int, until: datetime, kinds: Collection[Kind] = BY_DEADLINE
) -> list[Lack]:
    """What the person has not finished that ends at `until`, their own deadline."""
    mine = known.applications.get(person_id, ())
    found = [
        _draft(desk, running, known.drafts.get(person_id), person_id, until) if Kind.DRAFT in kinds else None,
        _consents(running, mine, known.ledger, until) if Kind.CONSENT in kinds else None,
        await _works(desk, running, mine, known, until) if Kind.WORK in kinds else None,
    ]
    return [one for one in found if one is not None]


async def finalists(desk: Desk, running: Running, known: Known, people: Iterable[int]) -> dict[int, Lack]:
    """Who of each person's applications takes part in what begins; a person with nobody is left out."""
    begins = gathering(running.event)
    mine = {person_id: known.accepted(person_id) for person_id in people}
    if begins is None:
        return {}
    if begins.stage is not None:
        fates = await desk.storage.stages.fates(running.code, [one.id for some in mine.values() for one in some])
        mine = {person_id: [one for one in some if fates[one.id].in_final] for person_id, some in mine.items()}
    return {person_id: _final(some, known.ledger) for person_id, some in mine.items() if some}


def _final(mine: Sequence[Application], ledger: Ledger) -> Lack:
    go = Button("open_application", f"application:{mine[0].id}")
    way = go if len(mine) == 1 else Button("applications", "applications")
    return Lack(Kind.FINAL, tuple(_called(one, ledger) for one in mine), way)


def _draft(desk: Desk, running: Running, draft: Draft | None, person_id: int, until: datetime) -> Lack | None:
    if draft is None or not draft.trail or (draft.updated_at and desk.now - draft.updated_at < AT_IT):
        return None
    school = draft.answers.get("school")
    code = school.get("code") if isinstance(school, dict) else None
    if running.until(person_id, code).at != until:
        return None
    name, count = left(running.event, questions(running.event), draft.answers)
    who = ", ".join(part for part in (name, questions_left(desk, count)) if part)
    return Lack(Kind.DRAFT, (who,), Button("nudge_draft", f"draft_resume:{APPLY}/{running.code}", colour="primary"))


def _consents(running: Running, mine: Sequence[Application], ledger: Ledger, until: datetime) -> Lack | None:
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


async def _works(
    desk: Desk, running: Running, mine: Sequence[Application], known: Known, until: datetime
) -> Lack | None:
    waiting = []
    for one in mine:
        asked = await due_now(desk, running, one)
        if asked is not None and asked.closes_at == until and not is_in(asked, known.worked_at.get(one.id)):
            waiting.append(one)
    if not waiting:
        return None
    go = f"submit:{waiting[0].id}" if len(waiting) == 1 else "submit"
    return Lack(Kind.WORK, tuple(_called(one, known.ledger) for one in waiting), Button("submit", go, colour="primary"))


def _called(application: Application, ledger: Ledger) -> str:
    return listed_name(seen(application, ledger)) or application.number
