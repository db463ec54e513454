"""The record of an event: everything that its protocol is made of, read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS, MISSED
from bot.contest.balance import Balance, Standing, balance
from bot.contest.event.stages import StageKind
from bot.contest.phases import is_in_time
from bot.contest.scoring import Sheet
from bot.contest.stages import Fate, counts_in_final
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.results.measured import Measured, measured
from handlers.seeing import applications_seen
from storage.application_rows import Application
from storage.jury_rows import Assignment, Juror
from storage.outcomes import Decision
from storage.ties import TieDecision
from storage.works import WorkVersion

#: Applications that wait: for an organizer, or for their applicant.
WAITING = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED)
#: Applications that take part, or may yet.
ALIVE = (*WAITING, ApplicationState.ACCEPTED)


@dataclass(frozen=True)
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
    #: What is known beside the jury's sheets: trials, tests, attendance.
    measured: Measured = field(default_factory=Measured)
    #: How far each accepted application has come; {} where no stage lets only some of them go on.
    fates: Mapping[int, Fate] = field(default_factory=dict)
    #: What was decided between equal works, the oldest first.
    orders: tuple[TieDecision, ...] = ()
    #: How many people take part in each accepted application.
    people: Mapping[int, int] = field(default_factory=dict)
    #: How those were called who have left the jury and whose sheets count.
    former: Mapping[int, str] = field(default_factory=dict)

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

    @cached_property
    def finalists(self) -> tuple[Application, ...]:
        """Those of them that every selection has let through; all where there is none."""
        return tuple(one for one in self.staying if one.id not in self.fates or self.fates[one.id].in_final)

    @cached_property
    def competing(self) -> tuple[Application, ...]:
        """Those whose work, or whatever else they have shown, is judged; not whom an organizer has noted as absent."""
        missed = {id_ for id_ in self.by_hand if self.decisions[id_].result.outcome.kind in MISSED}
        return tuple(one for one in self.finalists if self.has_shown(one) and one.id not in missed)

    def has_shown(self, application: Application) -> bool:
        """Whether there is anything to judge: a work, a result of a trial or a test, or that they were there."""
        event, work = self.running.event, self.works.get(application.id)
        if work is not None and counts_in_final(event, work.said_at):
            return True
        if application.id in self.measured.shown:
            return True
        came = self.measured.came
        return event.submission is None and event.has_sheets and (came is None or application.id in came)

    @cached_property
    def by_hand(self) -> frozenset[int]:
        """Whose outcome an organizer has set."""
        return frozenset(id_ for id_, decision in self.decisions.items() if decision.by_hand)

    @property
    def balance(self) -> Balance:
        """Accepted applications against their outcomes."""
        return balance(
            Standing(
                one.state,
                one.accepted_at is not None,
                self.decisions[one.id].result.outcome if one.id in self.decisions else None,
                self.people.get(one.id, one.people),
            )
            for one in self.applications
        )

    def application(self, id_: int) -> Application:
        """The application of this id. Raises KeyError if the event has none."""
        return self._by_id[id_]

    @cached_property
    def assigned(self) -> Mapping[int, Sequence[Assignment]]:
        """Who is to score each application."""
        found: dict[int, list[Assignment]] = {}
        for one in self.assignments:
            found.setdefault(one.application_id, []).append(one)
        return found

    @cached_property
    def _by_id(self) -> Mapping[int, Application]:
        return {one.id: one for one in self.applications}

    def juror_name(self, person_id: int) -> str:
        """How a member of the jury is called, one who has left too; of whom nothing is known, by the page."""
        return self.juror_names.get(person_id) or f"id{person_id}"

    @cached_property
    def juror_names(self) -> Mapping[int, str]:
        """How everybody is called whose sheets count."""
        return {**self.former, **{juror.person_id: juror.full_name for juror in self.jury}}


def _of_the_final(running: Running, works: Mapping[int, WorkVersion]) -> dict[int, WorkVersion]:
    """Where a later stage asks for a new work, what was handed in before it is not judged."""
    return {id_: work for id_, work in works.items() if counts_in_final(running.event, work.said_at)}


async def record_of(desk: Desk, running: Running) -> Record:
    """The record as it stands now."""
    storage, code = desk.storage, running.code
    applications = tuple(await applications_seen(desk, code))
    cut = any(stage.is_cut for stage in running.event.stages)
    return Record(
        running=running,
        applications=applications,
        works=_of_the_final(running, await storage.works.of_event(code)),
        jury=tuple(await storage.jury.members(code)),
        assignments=tuple(await storage.jury.assignments(code)),
        sheets=await storage.jury.sheets(code),
        decisions=await storage.outcomes.of_event(code),
        in_intake=is_in_time(desk.now, _last_day(running)),
        measured=await measured(desk, running),
        fates=await storage.stages.fates(code, [one.id for one in applications if one.accepted_at]) if cut else {},
        orders=await storage.ties.of_event(code),
        people=await storage.outcomes.people(code),
        former=await storage.jury.former_names(code),
    )


def _last_day(running: Running) -> datetime:
    """When the last works and results are in: the end of intake, or of the last stage before the final."""
    stages = [stage.closes_at for stage in running.event.stages if stage.kind is not StageKind.FINAL]
    return max([running.closes_for_all_at, *stages])
