"""Whom organizers and the jury may see by name: nobody without a consent to processing in force (152-ФЗ, 6 and 9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.contest.applications import ApplicationState
from bot.contest.consents import ConsentKind
from handlers.kinds import Case
from storage.application_rows import Application
from storage.consents import Consent

Consents = Mapping[ConsentKind, Consent]
#: Decisions that hold.
STANDING = ("given", "paper")


def in_force(consents: Consents, kind: ConsentKind) -> bool:
    """Whether this consent holds; silence is no consent."""
    consent = consents.get(kind)
    return consent is not None and consent.decision in STANDING


def hides(consents: Consents) -> bool:
    """Whether the consent to processing was refused or taken back."""
    return ConsentKind.PROCESSING in consents and not in_force(consents, ConsentKind.PROCESSING)


def seen(application: Application, consents: Consents) -> Application:
    """The application, without its people where they may not be named."""
    return replace(application, participants=(), supervisor=None) if hides(consents) else application


async def application_seen(case: Case, application: Application) -> Application:
    """One application, as an organizer may see it."""
    return seen(application, await case.storage.consents.current(application.id))


async def applications_seen(
    case: Case, event_code: str, *, states: Collection[ApplicationState] | None = None
) -> list[Application]:
    """An event's applications, as an organizer may see them."""
    consents = await case.storage.consents.of_event(event_code)
    found = await case.storage.applications.of_event(event_code, states=states)
    return [seen(one, consents.get(one.id, {})) for one in found]
