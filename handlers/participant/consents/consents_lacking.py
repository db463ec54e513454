"""Who of an application has no consent yet: said to the applicant, who alone can get it."""

from __future__ import annotations

from bot.contest.consents import Applicant, ConsentKind
from bot.contest.event import Event
from handlers.kinds import Case
from handlers.participant.own import ALIVE
from handlers.seeing import is_adult, ledger_of
from storage.application_rows import Application, Participant, matched
from storage.consents import CHAT

#: So many are named.
MOST_NAMED = 4


async def lacking(case: Case, event: Event, application: Application) -> list[Participant]:
    """Those about whom nobody has agreed, in an application that takes part."""
    if application.state not in ALIVE or application.anonymised_at is not None:
        return []
    ledger = await ledger_of(case, application.id)
    return [one for one in ledger.missing(event, application) if one is not None]


async def lacking_line(case: Case, event: Event, application: Application) -> str:
    """«Нет согласия: Соколова Вера. Откройте «Согласия»…», or nothing."""
    found = await lacking(case, event, application)
    if not found:
        return ""
    names = ", ".join(f"{one.name.surname} {one.name.name}" for one in found[:MOST_NAMED])
    more = case.say("consents_lack_more", count=len(found) - MOST_NAMED) if len(found) > MOST_NAMED else ""
    return case.say("consents_lack", names=names, more=more)


async def decide_for_new(case: Case, before: Application, after: Application) -> None:
    """Whoever decides for all by themselves has decided for a person named later too; a teacher has not."""
    kept = matched(before.participants, after.participants)
    new = [one for one, id_ in zip(after.participants, kept, strict=True) if id_ is None]
    for_others = after.applicant_role is Applicant.TEACHER and not is_adult(after)
    if not new or for_others:
        return
    history = await case.storage.consents.history(after.id)
    for kind in ConsentKind:
        said = [one for one in history if one.kind is kind and one.person_id == case.person.id and one.channel == CHAT]
        for person in new if said else ():
            last = said[-1]
            await case.storage.consents.record(
                after.id,
                kind,
                version=last.version,
                text_hash=last.text_hash,
                decision=last.decision,
                channel=CHAT,
                person_id=case.person.id,
                participant_id=person.id,
                at=case.incoming.said_at,
            )
