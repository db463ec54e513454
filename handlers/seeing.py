"""Whom organizers, the jury and the public may see by name (152-ФЗ, articles 6, 9 and 10.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.contest.applications import ApplicationState
from bot.contest.consent_states import PersonConsents, Signer, named, needed_signers, standing
from bot.contest.consents import ADULT_AGE, ConsentKind, in_force_since
from bot.contest.event import Category, Event
from handlers.kinds import Desk
from storage.application_rows import Application, Participant
from storage.consents import Consent
from storage.spans import WHOLE, Span

#: Of a whole class the same was said on the same day: it is worked out once.
_standing = lru_cache(maxsize=1024)(standing)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was said about the people of applications, as it stands today."""

    consents: Mapping[int, Sequence[Consent]]
    zone: ZoneInfo
    today: date

    def of(self, application: Application, participant: Participant | None) -> PersonConsents:
        """The consents of one participant; None: of an application that names nobody."""
        needed = needed_signers(application.applicant_role, adult=is_adult(application))
        said = self._said(application.id, participant.id if participant else None)
        return PersonConsents(
            *(
                _standing(tuple(one.word(self.zone) for one in said if one.kind is kind), needed, today=self.today)
                for kind in ConsentKind
            )
        )

    def of_all(self, application: Application) -> list[tuple[Participant | None, PersonConsents]]:
        """Each participant with the consents; an application that names nobody has one line."""
        people: Sequence[Participant | None] = application.participants or (None,)
        return [(one, self.of(application, one)) for one in people]

    def hides(self, application_id: int, participant_id: int | None) -> bool:
        """Whether the consent to processing was refused, taken back or is out of date, by whomever."""
        if application_id not in self.consents:
            return False
        said = [one for one in self._said(application_id, participant_id) if one.kind is ConsentKind.PROCESSING]
        spoke = frozenset(one.by for one in said) or frozenset(Signer)
        held = standing([one.word(self.zone) for one in said], spoke, today=self.today)
        return PersonConsents(held, held).hidden

    def missing(self, event: Event, application: Application) -> list[Participant | None]:
        """Those without whose consent to processing the application can't be accepted."""
        if ConsentKind.PROCESSING.value not in {kind.value for kind in event.consents}:
            return []
        return [one for one, held in self.of_all(application) if not held.processing.in_force]

    def publishable(self, application: Application) -> tuple[Participant, ...]:
        """Whom a public list may name."""
        people = application.participants
        return named(people, [self.of(application, one) for one in people])

    def _said(self, application_id: int, participant_id: int | None) -> list[Consent]:
        return [one for one in self.consents.get(application_id, ()) if one.participant_id in (None, participant_id)]


def is_adult(application: Application) -> bool:
    """Whether grown-ups take part, for whom nobody else decides."""
    years = application.answers.get("_age")
    return application.category in (Category.TEACHER.value, Category.STUDENT.value) or (
        isinstance(years, int) and years >= ADULT_AGE
    )


async def ledger_of(desk: Desk, application_id: int) -> Ledger:
    """What was said about one application."""
    return _ledger(desk, {application_id: await desk.storage.consents.history(application_id)})


async def ledger_of_some(desk: Desk, application_ids: Iterable[int]) -> Ledger:
    """What was said about a few applications."""
    return _ledger(desk, {id_: await desk.storage.consents.history(id_) for id_ in application_ids})


async def ledger_of_event(desk: Desk, event_code: str, span: Span = WHOLE) -> Ledger:
    """What was said about all applications of an event."""
    return _ledger(desk, await desk.storage.consents.of_event(event_code, span))


async def hiding_of_event(desk: Desk, event_code: str, span: Span = WHOLE) -> Ledger:
    """Enough of it to know who is hidden: most events hide nobody, and a list is shown at every tap."""
    zone = desk.facts.zone
    since = in_force_since(desk.now.astimezone(zone).date())
    before = datetime.combine(since, time(), zone)
    return _ledger(desk, await desk.storage.consents.hiding(event_code, before=before, span=span))


async def ledger_of_applicant(desk: Desk, person_id: int) -> Ledger:
    """What was said about all that a person has sent."""
    return _ledger(desk, await desk.storage.consents.of_applicant(person_id))


async def ledger_of_applicants(desk: Desk, event_code: str, first: int, last: int) -> Ledger:
    """What was said about all that people with ids from `first` to `last` have sent to an event."""
    return _ledger(desk, await desk.storage.consents.of_applicants(event_code, first, last))


def seen(application: Application, ledger: Ledger) -> Application:
    """The application, without those of its people who may not be named."""
    shown = tuple(one for one in application.participants if not ledger.hides(application.id, one.id))
    if len(shown) == len(application.participants) and (shown or not ledger.hides(application.id, None)):
        return application
    if shown:
        return replace(application, participants=shown)
    return replace(application, participants=(), supervisor=None, title=None)


async def application_seen(desk: Desk, application: Application) -> Application:
    """One application, as an organizer may see it."""
    return seen(application, await ledger_of(desk, application.id))


async def applications_seen(
    desk: Desk, event_code: str, *, states: Collection[ApplicationState] | None = None
) -> list[Application]:
    """An event's applications, as an organizer may see them."""
    ledger = await hiding_of_event(desk, event_code)
    found = await desk.storage.applications.of_event(event_code, states=states)
    return [seen(one, ledger) for one in found]


def _ledger(desk: Desk, consents: Mapping[int, Sequence[Consent]]) -> Ledger:
    zone = desk.facts.zone
    return Ledger(consents, zone, desk.now.astimezone(zone).date())


__all__ = [
    "Ledger",
    "application_seen",
    "applications_seen",
    "hiding_of_event",
    "is_adult",
    "ledger_of",
    "ledger_of_applicant",
    "ledger_of_applicants",
    "ledger_of_event",
    "ledger_of_some",
    "seen",
]
