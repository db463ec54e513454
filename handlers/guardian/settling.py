"""What a consent that came leads to: who waited hears of it, and what waited for it alone is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.contest.applications import ApplicationState
from bot.contest.consent_states import PersonConsents
from bot.talk.model import Button, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.moderation.deciding import tell_applicant
from handlers.participant.events import seats
from handlers.participant.own import ALIVE
from handlers.seeing import Ledger, is_adult, ledger_of, ledger_of_applicant
from storage.application_rows import Application, Participant


@dataclass(frozen=True, slots=True)
class Child:
    """A participant for whom parents decide."""

    application: Application
    participant: Participant
    held: PersonConsents

    @property
    def place(self) -> str:
        """The argument of a button about this child."""
        return f"{self.application.id}/{self.participant.id}"


def short(participant: Participant | None, application: Application) -> str:
    """«Соколова Вера»; the number of the application where nobody is named."""
    return f"{participant.name.surname} {participant.name.name}" if participant else application.number


async def settle(case: Case, running: Running, application: Application) -> bool:
    """Accept what waited for consents alone, where nobody moderates; whether it was accepted."""
    if running.event.moderation or application.state is not ApplicationState.SENT:
        return False
    if (await ledger_of(case, application.id)).missing(running.event, application):
        return False
    if await seats.accepting_refusal(case, running, application):
        return False
    await case.storage.applications.set_state(application.id, ApplicationState.ACCEPTED, reason=None, at=case.now)
    await tell_applicant(case, running, replace(application, state=ApplicationState.ACCEPTED))
    return True


async def tell_answered(
    case: Case, running: Running, application: Application, participant: Participant, *, agreed: bool
) -> None:
    """The applicant hears that a parent has answered, and how many are still to; nothing of the parent."""
    got, total = await progress(case, application.person_id, running.code)
    case.tell(
        application.person_id,
        Reply(
            "consents_came" if agreed else "consents_refused",
            who=short(participant, application),
            number=application.number,
            title=running.event.short_title,
            got=got,
            total=total,
            buttons=[[Button("all_consents", f"consents_desk:{running.code}")]],
        ),
    )


async def progress(case: Case, person_id: int, event_code: str) -> tuple[int, int]:
    """How many consents to processing there are of those that an applicant needs at an event."""
    ledger = await ledger_of_applicant(case, person_id)
    held = [one.held for one in children(await case.storage.applications.of_person(person_id, event_code), ledger)]
    return sum(one.processing.in_force for one in held), len(held)


def children(applications: Sequence[Application], ledger: Ledger) -> list[Child]:
    """Everyone in living applications for whom parents decide, with the consents."""
    return [
        Child(application, participant, held)
        for application in applications
        if application.state in ALIVE and application.anonymised_at is None and not is_adult(application)
        for participant, held in ledger.of_all(application)
        if participant is not None
    ]
