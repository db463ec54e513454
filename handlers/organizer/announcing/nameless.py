"""Who of those written to is not named: whose consent to processing was refused or taken back (152-ФЗ, article 9)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kinds import Desk
from handlers.seeing import hiding_of_event


async def nameless(desk: Desk, event_codes: Sequence[str]) -> set[int]:
    """Whoever has sent an application to one of these events (none: to any) of which nobody may be named."""
    found: set[int] = set()
    for code in event_codes or [one.code for one in await desk.storage.events.all()]:
        ledger = await hiding_of_event(desk, code)
        for application_id in ledger.consents:
            application = await desk.storage.applications.get(application_id)
            people = [one.id for one in application.participants] if application else []
            if application and all(ledger.hides(application_id, one) for one in people or [None]):
                found.add(application.person_id)
    return found
