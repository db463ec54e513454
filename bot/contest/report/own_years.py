"""One school's year for its director, and one teacher's year for the attestation, out of the same entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.awards import EXITS, Outcome
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.naming import quoted
from bot.contest.papers.phrases import event_title
from bot.contest.report.facts import Document, Entry, Expert, Held, Someone
from bot.contest.text import fold

#: What stands for a result until it is published, and where nothing was decided.
NOT_PUBLISHED = "итоги не опубликованы"
NOT_DECIDED = "итог не определён"


@dataclass(frozen=True, slots=True)
class Line:
    """One application as the paper has it."""

    #: «У5»; the event's code where it has no number.
    event: str
    #: «Открытый межрегиональный конкурс «Мамочка моя!»».
    title: str
    dates: str
    #: Of the application.
    number: str
    #: «Соколова Вера Ильинична, 3 класс»; () where nobody may be named.
    who: tuple[str, ...]
    #: How many people it is of, named or not.
    people: int
    took_part: bool
    with_work: bool
    #: «Победитель, I место», «не сдал(а) работу», or that it is not published yet.
    result: str
    is_award: bool
    #: Empty where nobody may be named.
    supervisors: tuple[str, ...]
    organisation: str
    #: Numbers of its documents.
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventCount:
    """What a school, or a teacher, had at one event."""

    event: str
    title: str
    dates: str
    #: Sent, whatever became of them.
    applications: int
    #: People in those that took part.
    participations: int
    works: int
    #: Applications with an award.
    awards: int


@dataclass(frozen=True, slots=True)
class TeacherCount:
    """A teacher of the school by the applications that name them."""

    name: str
    participations: int
    awards: int


@dataclass(frozen=True, slots=True)
class Own:
    """What a teacher did themselves: spoke, listened, judged, took part."""

    event: str
    title: str
    dates: str
    #: «докладчик», «член жюри, оценено работ: 12».
    part: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear:
    """A school's year."""

    year_title: str
    made_at: datetime
    school: str
    #: «Томск, Томская область»; empty where no directory knows it.
    place: str
    is_member: bool
    lines: tuple[Line, ...]
    #: Members of juries from the school: how many different people, and at how many events.
    experts: tuple[tuple[str, int], ...]
    #: Whose events these are, where it is not all of them.
    scope: str = ""

    @property
    def events(self) -> tuple[EventCount, ...]:
        """The events one by one."""
        return by_event(self.lines)

    @property
    def teachers(self) -> tuple[TeacherCount, ...]:
        """The teachers by their pupils, those with the most first."""
        return by_teacher(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherYear:
    """A teacher's year."""

    year_title: str
    made_at: datetime
    teacher: str
    school: str
    pupils: tuple[Line, ...]
    own: tuple[Own, ...]

    @property
    def events(self) -> tuple[EventCount, ...]:
        """The pupils' events one by one."""
        return by_event(self.pupils)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.pupils and not self.own


def lines_of(
    entries: Iterable[Entry], events: Mapping[str, Held], documents: Iterable[Document], *, zone: ZoneInfo
) -> tuple[Line, ...]:
    """The applications in the order of their events."""
    papers: dict[int, list[str]] = defaultdict(list)
    for document in documents:
        if document.application_id is not None:
            papers[document.application_id].append(document.number)
    order = {code: place for place, code in enumerate(sorted(events, key=lambda code: events[code].event.opens_at))}
    found = sorted((one for one in entries if one.event in events), key=lambda one: (order[one.event], one.id))
    return tuple(_line(one, events[one.event], tuple(papers.get(one.id, ())), zone) for one in found)


def by_event(lines: Sequence[Line]) -> tuple[EventCount, ...]:
    """What the lines come to at each event, in their order."""
    groups: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.event, line.title, line.dates].append(line)
    return tuple(
        EventCount(
            *event,
            applications=len(group),
            participations=sum(one.people for one in group if one.took_part),
            works=sum(one.took_part and one.with_work for one in group),
            awards=sum(one.is_award for one in group),
        )
        for event, group in groups.items()
    )


def by_teacher(lines: Iterable[Line]) -> tuple[TeacherCount, ...]:
    """Whoever is named as a supervisor; a name written in two ways that differ in nothing but case is one teacher."""
    groups: dict[str, list[Line]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in lines:
        if line.took_part:
            for name in line.supervisors:
                groups[fold(name)].append(line)
                names.setdefault(fold(name), name)
    found = [
        TeacherCount(names[key], sum(one.people for one in group), sum(one.is_award for one in group))
        for key, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.participations, one.name)))


def experts_of(experts: Iterable[Expert], organisation: str) -> tuple[tuple[str, int], ...]:
    """The members of juries from this organisation, with the number of works that each has scored."""
    scored: dict[int, int] = defaultdict(int)
    names: dict[int, str] = {}
    for one in experts:
        if one.organisation == organisation:
            scored[one.person_id] += one.scored
            names[one.person_id] = one.name
    return tuple(sorted((name, scored[person_id]) for person_id, name in names.items()))


def title_of(held: Held) -> str:
    """«Открытый межрегиональный конкурс «Мамочка моя!»»."""
    event = held.event
    return event_title(event.status_line, event.kind, event.title)


def dates_of(held: Held, zone: ZoneInfo) -> str:
    """«с 1 по 30 апреля 2026 года»: of the meeting, where there is one, else from intake to judging."""
    event = held.event
    if event.meeting is not None:
        return calendar.period(event.meeting.starts_at, event.meeting.ends_at, zone, now=LONG_AGO)
    ends_at = max([event.closes_at, *(stage.closes_at for stage in event.stages)])
    return calendar.period(event.opens_at, ends_at, zone, now=LONG_AGO)


#: A moment in no year of ours: so that a date is always said with its year.
LONG_AGO = datetime.combine(date(1, 1, 2), datetime.min.time(), ZoneInfo("UTC"))


def _line(entry: Entry, held: Held, documents: tuple[str, ...], zone: ZoneInfo) -> Line:
    named = [one for one in entry.people if not one.hidden and one.forgotten is None]
    who = [_person(one) for one in named]
    if entry.title and named and entry.is_team:
        who = [f"{quoted(entry.title)}: {', '.join(who)}"]
    elif entry.title and not entry.people:
        who = [quoted(entry.title)]
    return Line(
        event=held.key,
        title=title_of(held),
        dates=dates_of(held, zone),
        number=entry.number,
        who=tuple(who),
        people=entry.size,
        took_part=entry.took_part,
        with_work=entry.handed_in,
        result=_result(entry, held),
        is_award=held.published and entry.fate is not None and entry.fate.is_award,
        supervisors=tuple(filter(None, (name.strip() for name in (entry.supervisor or "").split(","))))
        if who or not entry.people
        else (),
        organisation=entry.organisation,
        documents=documents,
    )


def _result(entry: Entry, held: Held) -> str:
    if entry.state in EXITS:
        return EXITS[entry.state].label
    if entry.state is not ApplicationState.ACCEPTED:
        return entry.state.label
    if not held.published:
        return NOT_PUBLISHED
    return NOT_DECIDED if entry.outcome is None else Outcome(entry.outcome, entry.outcome_title).label


def _person(one: Someone) -> str:
    name = FullName(one.surname, one.name, one.patronymic).formal
    return f"{name}, {Grade(one.grade).label}" if one.grade is not None else name
