"""The signed papers of an application, as they were photographed, for an organizer."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.consent_states import ConsentState
from bot.contest.consents import ConsentKind
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.scope import of_application, whole
from handlers.seeing import ledger_of
from storage.application_rows import Application, Participant
from storage.consents import Consent

#: So many papers are sent at once, a message each.
PAGE = 4


async def scans_of(case: Case, application: Application) -> list[tuple[Participant, Consent]]:
    """Whose consent stands on a paper that was photographed, with the newest picture of each."""
    ledger = await ledger_of(case, application.id)
    history = await case.storage.consents.history(application.id)
    found = []
    for person in application.participants:
        held = ledger.of(application, person)
        stands = any(held.of(kind).state is ConsentState.SCAN for kind in ConsentKind)
        newest = [one for one in history if one.scan and one.participant_id == person.id][-1:]
        found += [(person, one) for one in newest if stands]
    return found


@of_application(Action.VIEW_CONTACTS)
async def consent_scans(case: Case, _running: Running, application: Application, page: str) -> Outcome:
    """A message with the pictures of each; `<application>/<page>`."""
    found = await scans_of(case, application)
    at = whole(page) if whole(page) * PAGE < len(found) else 0
    shown = found[at * PAGE : (at + 1) * PAGE]
    back = Button("open_application", f"moderate:{application.id}")
    if not shown:
        return Reply("consent_scans_none", number=application.number, buttons=[[back]])
    more = [Button(label="Ещё ›", go=f"consent_scans:{application.id}/{at + 1}")]
    last = [*(more if (at + 1) * PAGE < len(found) else []), back]
    return [
        Reply(
            "consent_scans",
            who=f"{person.name.surname} {person.name.name}",
            at=calendar.at(one.decided_at, case.facts.zone, now=case.now),
            attachments=(one.scan or "").split(","),
            buttons=[last] if person is shown[-1][0] else [],
        )
        for person, one in shown
    ]
