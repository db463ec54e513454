"""What the database says of people at one event, read for many of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.contest.applications import ApplicationState
from bot.talk.position import Draft
from handlers.events import Running
from handlers.kinds import Desk
from handlers.participant.applying.drafts import APPLY
from handlers.participant.own import ALIVE
from handlers.seeing import Ledger, ledger_of_applicants
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of people at an event."""

    drafts: Mapping[int, Draft]
    #: Those that are alive, by person.
    applications: Mapping[int, Sequence[Application]]
    #: What was said about all of them.
    ledger: Ledger
    #: When the last work to each application was said.
    worked_at: Mapping[int, datetime]

    def accepted(self, person_id: int) -> list[Application]:
        """The person's accepted applications."""
        found = self.applications.get(person_id, ())
        return [one for one in found if one.state is ApplicationState.ACCEPTED]


async def known_between(desk: Desk, running: Running, first: int, last: int) -> Known:
    """The same of everybody whose id is from `first` to `last`."""
    storage, code = desk.storage, running.code
    found = [
        one
        for one in await storage.applications.of_people(code, first, last)
        if one.state in ALIVE and one.anonymised_at is None
    ]
    return Known(
        drafts=await storage.memory.drafts_on(APPLY, code, first, last),
        applications={id_: list(mine) for id_, mine in groupby(found, key=lambda one: one.person_id)},
        ledger=await ledger_of_applicants(desk, code, first, last),
        worked_at=await storage.works.last_said(code, first, last),
    )


async def known_of(desk: Desk, running: Running, person_id: int) -> Known:
    """The same of one person."""
    return await known_between(desk, running, person_id, person_id)
