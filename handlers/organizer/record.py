"""The record of an event: everything that its protocol is made of, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS
from bot.contest.balance import Balance, Standing, balance
from bot.contest.phases import is_in_time
from bot.contest.scoring import Sheet
from handlers.events import Running
from handlers.kinds import Case
from handlers.seeing import applications_seen
from storage.application_rows import Application
from storage.jury_rows import Assignment, Juror
from storage.outcomes import Decision
from storage.works import WorkVersion

#: Applications that wait: for an organizer, or for their applicant.
WAITING = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED)
#: Applications that take part, or may yet.
ALIVE = (*WAITING, ApplicationState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Record:
    """An event with its applications, works, jury and outcomes."""

    running: Running
    applications: tuple[Application, ...]
    #: The last version of each application's work.
    works: Mapping[int, WorkVersion]
    jury: tuple[Juror, ...]
    assignments: tuple[Assignment, ...]
    #: Every sheet that was begun, by application.
    sheets: Mapping[int, tuple[Sheet, ...]]
    decisions: Mapping[int, Decision]
    #: Whether works still come in: nobody has missed anything yet.
    in_intake: bool

    @property
    def waiting(self) -> tuple[Application, ...]:
        """Those nobody has decided about."""
        return tuple(one for one in self.applications if one.state in WAITING)

    @property
    def counted(self) -> tuple[Application, ...]:
        """Those that were accepted, however they went on: the balance is about these."""
        return tuple(one for one in self.applications if one.accepted_at is not None)

    @property
    def staying(self) -> tuple[Application, ...]:
        """Those of them that have not left."""
        return tuple(one for one in self.counted if one.state not in EXITS)

    @property
    def competing(self) -> tuple[Application, ...]:
        """Those whose work is judged."""
        return tuple(one for one in self.staying if one.id in self.works)

    @property
    def balance(self) -> Balance:
        """Accepted applications against their outcomes."""
        return balance(
            Standing(
                one.state,
                one.accepted_at is not None,
                self.decisions[one.id].result.outcome if one.id in self.decisions else None,
            )
            for one in self.applications
        )

    def application(self, id_: int) -> Application:
        """The application of this id. Raises KeyError if the event has none."""
        for one in self.applications:
            if one.id == id_:
                return one
        raise KeyError(id_)

    def juror_name(self, person_id: int) -> str:
        """How a member of the jury is called; one who has left is known by the page alone."""
        return next((juror.full_name for juror in self.jury if juror.person_id == person_id), f"id{person_id}")


async def record_of(case: Case, running: Running) -> Record:
    """The record as it stands now."""
    storage, code = case.storage, running.code
    return Record(
        running=running,
        applications=tuple(await applications_seen(case, code)),
        works=await storage.works.of_event(code),
        jury=tuple(await storage.jury.members(code)),
        assignments=tuple(await storage.jury.assignments(code)),
        sheets=await storage.jury.sheets(code),
        decisions=await storage.outcomes.of_event(code),
        in_intake=is_in_time(case.now, running.closes_for_all_at),
    )
