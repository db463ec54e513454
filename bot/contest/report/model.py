"""The year's report as data: drawn as XLSX and DOCX, told about in the chat.

A figure is a number under its own label, with the rule that counted it and the rows that it is the sum of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.contest.awards import OutcomeKind
from bot.contest.papers.phrases import event_title
from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.rows import Rows


@dataclass(frozen=True, slots=True)
class RowsKey:
    """Where the rows of a figure are: in a sheet, those of one event or of all, the sum of one column."""

    sheet: Sheet
    #: The event's number in the report, as «У5»; None: all rows of the sheet.
    event: str | None
    #: Key of the column that adds up to the figure: see `bot.contest.report.rows.Rows.column`.
    column: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report."""

    #: Unique in a report: `У5.people`, `year.works`.
    key: str
    measure: Measure
    #: As it is printed: «Участий», «Победителей», «Участий в этапе „Финал“».
    label: str
    value: int
    #: «чел.», «заявок».
    unit: str
    #: How it was counted, in words.
    rule: str
    #: The rows that it is the sum of; () where it is no sum of rows. Several where it comes from several sheets.
    rows: tuple[RowsKey, ...] = ()
    #: Somebody wrote it: it was not counted from rows.
    typed: bool = False

    @property
    def unit_beside(self) -> str:
        """The unit where it has to be said; "" where the label names it already: «Работ»."""
        return "" if self.label.lower().startswith(self.unit.rstrip(".").lower()[:4]) else self.unit


@dataclass(frozen=True, slots=True)
class Shown:
    """A counting rule as people see it."""

    code: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Passport:
    """Basis and infrastructure of the programme: the head of the report."""

    title: str
    legal_basis: tuple[str, ...]
    goal: str
    directions: tuple[str, ...]
    coordinator: str
    coordinator_does: tuple[str, ...]
    #: The resource centre that brings innovations in (РВЦИ).
    resource_centre: str
    hubs: tuple[str, ...]
    council: str
    information: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the network."""

    code: str
    name: str
    municipality: str
    region: str
    country: str
    #: «с 17.09.2020», «с 2019–20 учебного года»; as exactly as the directory says.
    entered: str
    #: The same for the end; "" while it is a member.
    left: str
    #: It came in this year.
    is_new: bool
    #: It took part in at least one event of the year, itself or by a part of it.
    took_part: bool
    #: Events that it holds this year, by their numbers.
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Who belongs to the network by agreement."""

    members: tuple[Member, ...]
    #: Members of the year before who are none any more.
    gone: tuple[Member, ...]
    #: Organisations that took part without an agreement, known to the directory.
    guests: tuple[str, ...]

    @property
    def new(self) -> tuple[Member, ...]:
        """Who came in this year."""
        return tuple(one for one in self.members if one.is_new)

    @property
    def never(self) -> tuple[Member, ...]:
        """Members who took part in nothing this year."""
        return tuple(one for one in self.members if not one.took_part)


@dataclass(frozen=True, slots=True)
class SchoolOutcome:
    """What one organisation has won at one event."""

    organisation: str
    municipality: str
    #: Applications by what became of them; only what occurs.
    outcomes: Mapping[OutcomeKind, int]
    #: The event's own titles of the awards with how many got them: «I место» 2.
    titles: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Geography:
    """From where people came: known places, sorted."""

    municipalities: tuple[str, ...]
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    #: Organisations whose municipality no directory knows.
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartReport:
    """One event of those that stand under one number: the parts of a projectory, or the event itself."""

    code: str
    title: str
    kind: str
    dates: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class EventReport:
    """One line of the report: an event, or several that share a number."""

    #: «У5»; an event without one has its code here.
    key: str
    title: str
    #: «Открытый межрегиональный конкурс».
    status_line: str
    kind: str
    #: None: the event says none.
    module: str | None
    organiser: str
    starts_on: date
    ends_on: date
    #: «19.10–02.11.2020».
    dates: str
    audience: str
    #: «дистанционно», «очно», «видеосвязь», joined.
    format: str
    stages: tuple[str, ...]
    nominations: tuple[str, ...]
    goal: str
    geography: Geography
    #: All figures of the event, each under its own label, in the order to print.
    figures: tuple[Figure, ...]
    #: What enters the totals of the year by the chosen rule.
    counted: tuple[Figure, ...]
    #: Accepted applications by outcome.
    outcomes: Mapping[OutcomeKind, int]
    by_school: tuple[SchoolOutcome, ...]
    parts: tuple[PartReport, ...] = ()

    @property
    def full_title(self) -> str:
        """«Открытый межрегиональный конкурс чтецов «Мамочка моя!»», as papers call it."""
        status = self.status_line or f"{self.kind[:1].upper()}{self.kind[1:]}"
        return event_title(status, self.kind, self.title)

    def figure(self, measure: Measure) -> Figure | None:
        """The event's figure of this measure (of a stage: the first one), or None where it has none."""
        return next((one for one in self.figures if one.measure is measure), None)


@dataclass(frozen=True, slots=True)
class Direction:
    """Pupils' modules, or the teachers' one."""

    code: str
    title: str
    modules: tuple[str, ...]
    events: tuple[EventReport, ...]
    #: Totals of the direction by the chosen rule.
    totals: tuple[Figure, ...]
    #: Experts of the direction: «Организация — N».
    experts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside the same one of the year before."""

    label: str
    unit: str
    this: int
    #: None: nobody knows it.
    before: int | None
    #: The coordinator wrote it, the database has no such year.
    typed: bool = False

    @property
    def difference(self) -> int | None:
        """How much it has grown."""
        return None if self.before is None else self.this - self.before


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One total of one event by two counting rules."""

    event: str
    title: str
    measure: Measure
    one: int
    other: int
    #: Why they differ; what each takes where they do not.
    why: str


class Concern(StrEnum):
    """What a warning is about."""

    SUM = "sum"
    OUTCOME = "outcome"
    INCOMPLETE = "incomplete"
    TWICE = "twice"
    PLACE = "place"
    NAMESAKE = "namesake"
    DOCUMENT = "document"
    RULE = "rule"

    @property
    def label(self) -> str:
        """Heads the warnings of this kind."""
        return _CONCERNS[self]


_CONCERNS = {
    Concern.SUM: "Суммы не сходятся",
    Concern.OUTCOME: "Нет итогов",
    Concern.INCOMPLETE: "Событие описано не полностью",
    Concern.TWICE: "Возможно, посчитано дважды",
    Concern.PLACE: "Организация или муниципалитет неизвестны",
    Concern.NAMESAKE: "Возможно, однофамильцы",
    Concern.DOCUMENT: "Документы",
    Concern.RULE: "Правило счёта",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at before the report is signed."""

    concern: Concern
    #: The number of the event that it is about; None: the year as a whole.
    event: str | None
    text: str
    #: Where to look; None: in the event's file, in the directory or in the rule.
    rows: RowsKey | None = None
    #: Which rows of that sheet exactly.
    places: tuple[int, ...] = ()


class Section(StrEnum):
    """What the coordinator writes in own words."""

    COUNCIL = "council"
    ANALYSIS = "analysis"
    CONCLUSION = "conclusion"
    TASKS = "tasks"

    @property
    def label(self) -> str:
        """The heading in the report."""
        return _SECTIONS[self]


_SECTIONS = {
    Section.COUNCIL: "Координационный совет",
    Section.ANALYSIS: "Анализ",
    Section.CONCLUSION: "Вывод",
    Section.TASKS: "Задачи",
}


@dataclass(frozen=True, slots=True)
class OrganisationYear:
    """One organisation over the year: a row of «Организации»."""

    name: str
    code: str | None
    municipality: str
    region: str
    country: str
    is_member: bool
    #: By the numbers of the events that it took part in.
    events: tuple[str, ...]
    applications: int
    participations: int
    #: Outcomes that are more than participation.
    awards: int


@dataclass(frozen=True, slots=True)
class MunicipalityYear:
    """One municipality over the year; "" where no directory knows it."""

    municipality: str
    region: str
    country: str
    organisations: int
    applications: int
    participations: int


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one school year by one counting rule."""

    #: «2020-21», as files and commands write it.
    year: str
    #: «2020–21», as people read it.
    year_title: str
    made_at: datetime
    rules: Shown
    passport: Passport
    network: Network
    directions: tuple[Direction, ...]
    #: The year's totals by the rule, then what no rule touches: events, places, members.
    totals: tuple[Figure, ...]
    comparison: tuple[Compared, ...]
    #: «Анализ показывает, что …»: sentences made of the figures.
    analysis: tuple[str, ...]
    #: The coordinator's own words; a section that is not written is not here.
    words: Mapping[Section, str]
    warnings: tuple[Caution, ...]
    organisations: tuple[OrganisationYear, ...]
    municipalities: tuple[MunicipalityYear, ...]
    rows: Rows
    #: The other counting rule beside this one, line by line.
    beside: Shown | None = None
    rule_lines: tuple[RuleLine, ...] = ()
    #: The other rule's totals, by measure.
    beside_totals: Mapping[Measure, int] = field(default_factory=dict)
    #: What the codes of parts and stages of each event are called, by the event's number.
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def events(self) -> tuple[EventReport, ...]:
        """All events, in the order of the report."""
        return tuple(event for direction in self.directions for event in direction.events)

    def total(self, measure: Measure) -> Figure | None:
        """The year's figure of this measure, or None."""
        return next((one for one in self.totals if one.measure is measure), None)
