"""Which papers an event is to have, from all that is known of it: read by a few queries, however many people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.event import Category, Event
from bot.contest.event.asking import SPEAKER
from bot.contest.event.stages import Stage
from bot.contest.event.units import Attendance
from bot.contest.naming import unit_of
from bot.contest.organisations import Directory
from bot.contest.papers.content import Planned
from bot.contest.papers.letters import called
from bot.contest.papers.planning import planned
from bot.contest.papers.values import Entry, Juror, Member, School, Setting
from bot.contest.programme import Programme
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.record import Record
from handlers.seeing import Ledger, ledger_of_event, ledger_of_some
from storage.application_rows import Application, Participant
from storage.outcomes import Decision
from storage.paper_rows import Series
from storage.protocols import Protocol

HOME = "Россия"


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the papers of an event follow from. `papers()` is the work: it may be done aside."""

    event: Event
    entries: tuple[Entry, ...]
    jurors: tuple[Juror, ...]
    setting: Setting
    #: How people read the number of an application.
    numbers: Mapping[int, str]

    def papers(self) -> list[Planned]:
        """Every paper that is due, in the order in which they are numbered."""
        return planned(self.event, self.entries, self.jurors, self.setting)

    @property
    def undecided(self) -> list[str]:
        """The applications that take part and have no outcome: there is no paper for them."""
        taking_part = (one for one in self.entries if one.state is ApplicationState.ACCEPTED)
        return [self.numbers[one.application_id] for one in taking_part if one.outcome is None]

    @property
    def hidden(self) -> dict[int, tuple[str, ...]]:
        """Applications some of whose people may not be named, with how letters name these.

        What was issued to them is left as it is.
        """
        return {
            one.application_id: called(one)
            for one in self.entries
            if not one.may_be_named or not all(person.may_be_named for person in one.people)
        }

    @property
    def nameless(self) -> list[str]:
        """Applications with somebody whose surname nobody has written."""
        return [
            self.numbers[one.application_id]
            for one in self.entries
            if any(not person.name.surname.strip("-–— .") for person in one.people)
        ]

    @property
    def series(self) -> Series:
        """What the numbers of the event's papers begin with (domain.md §3.5)."""
        return series_of(self.event)


def series_of(event: Event) -> Series:
    """«ОЧК-2026-У5»: of an event that stands in no report yet, its own prefix."""
    return Series(Programme.load().paper_prefix, event.year, event.report_number or event.number_prefix)


async def gather(desk: Desk, running: Running) -> Gathered:
    """Read it all; no query is made a row, yet an event of thousands takes a second: not for a step of a talk."""
    storage, code = desk.storage, running.code
    found = await storage.applications.of_event(code)
    ledger, decisions = await ledger_of_event(desk, code), await storage.outcomes.of_event(code)
    return await _gathered(desk, running, found, ledger, decisions, await _jurors(desk, code))


async def gather_some(
    desk: Desk, running: Running, application_ids: Collection[int], *, jurors: bool, ahead: Record | None = None
) -> Gathered:
    """Of these applications alone, and of the jury if `jurors`: enough for the papers that name their people.

    `ahead`: their states and outcomes as they are to be, where that is not in the tables yet.
    """
    storage = desk.storage
    read = [await storage.applications.get(id_) for id_ in sorted(application_ids)]
    found = sorted((one for one in read if one is not None), key=lambda one: one.ordinal)
    ids = [one.id for one in found]
    decisions = {id_: decision for id_ in ids if (decision := await storage.outcomes.get(id_)) is not None}
    if ahead is not None:
        found = [replace(one, state=ahead.application(one.id).state) for one in found]
        decisions = {id_: ahead.decisions[id_] for id_ in ids if id_ in ahead.decisions}
    members = await _jurors(desk, running.code) if jurors else ()
    return await _gathered(desk, running, found, await ledger_of_some(desk, ids), decisions, members)


async def _gathered(
    desk: Desk,
    running: Running,
    applications: Iterable[Application],
    ledger: Ledger,
    decisions: Mapping[int, Decision],
    jurors: tuple[Juror, ...],
) -> Gathered:
    event, found = running.event, [one for one in applications if one.accepted_at and not one.anonymised_at]
    cut = any(stage.is_cut for stage in event.stages)
    fates = await desk.storage.stages.fates(running.code, [one.id for one in found]) if cut else {}
    outs = {id_: fate.out for id_, fate in fates.items()}
    entries = (_entry(desk, event, ledger, one, decisions.get(one.id), outs.get(one.id)) for one in found)
    numbers = {one.id: one.number for one in found}
    return Gathered(event, tuple(entries), jurors, await _setting(desk, running), numbers)


async def plan(desk: Desk, running: Running) -> list[Planned]:
    """Every paper that the event is to have now, issued or not, in the order in which they are numbered."""
    return (await gather(desk, running)).papers()


def _entry(
    desk: Desk, event: Event, ledger: Ledger, one: Application, decision: Decision | None, out: Stage | None
) -> Entry:
    directory = desk.facts.directory
    silent = ledger.missing(event, one)
    coming = event.unit if isinstance(event.unit, Attendance) else None
    speaker = coming is not None and coming.role_field is not None and one.answers.get(coming.role_field) == SPEAKER
    topic = one.answers.get(coming.topic_field) if coming is not None and coming.topic_field and speaker else None
    return Entry(
        application_id=one.id,
        person_id=one.person_id,
        state=one.state,
        outcome=decision.result.outcome if decision else None,
        unit=unit_of(one) or event.unit.kind,
        category=Category(one.category),
        title=one.title,
        people=tuple(_member(person, silent) for person in one.participants),
        headcount=one.headcount,
        may_be_named=None not in silent,
        school=school_of(directory, one.organisation_code) or School(one.organisation_name),
        nomination=_nomination(event, one.nomination),
        supervisors=tuple(one.supervisor.split(", ")) if one.supervisor else (),
        out_at=out,
        speaker=speaker,
        topic=" ".join(str(topic or "").split()),
        by_teacher=one.applicant_role is Applicant.TEACHER,
    )


def _member(person: Participant, silent: Sequence[Participant | None]) -> Member:
    named = all(one is None or one.id != person.id for one in silent)
    return Member(person.id or 0, person.name, person.grade, named)


def _nomination(event: Event, code: str | None) -> str:
    known = code is not None and any(leaf.code == code for leaf in event.leaves)
    return event.nomination_title(code) if known and code else ""


async def _jurors(desk: Desk, code: str) -> tuple[Juror, ...]:
    scored = {one.person_id: one.scored for one in await desk.storage.jury.progress(code)}
    directory = desk.facts.directory
    members = [
        Juror(one.person_id, one.full_name, school_of(directory, one.organisation_code), scored.get(one.person_id, 0))
        for one in await desk.storage.jury.members(code)
    ]
    left = await desk.storage.jury.former_scored(code)
    return (*members, *(Juror(person_id, name, None, sheets) for person_id, name, sheets in left))


async def _setting(desk: Desk, running: Running) -> Setting:
    directory, event = desk.facts.directory, running.event
    known = event.organiser in directory.codes
    protocol = await desk.storage.protocols.latest(running.code)
    return Setting(
        organiser=directory.get(event.organiser).name_short if known else "",
        issued_on=calendar.local(running.stored.published_at or desk.now, desk.facts.zone).date(),
        protocol="" if protocol is None else _named(desk, protocol),
    )


def _named(desk: Desk, protocol: Protocol) -> str:
    day = calendar.local(protocol.approved_at, desk.facts.zone).date()
    return f"Протокол жюри № {protocol.number} от {day:%d.%m.%Y}"


def school_of(directory: Directory, code: str | None) -> School | None:
    """A school of the directory, as papers print it; None: it stands in none."""
    if code is None or code not in directory.codes:
        return None
    country = directory.country(code)
    return School(
        directory.get(code).name_short, code, directory.municipality(code), "" if country == HOME else country
    )
