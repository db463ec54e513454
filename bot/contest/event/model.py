"""An event as its file describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.contest.event.awards import Awards
from bot.contest.event.base import Category, Code, HttpsUrl, Line, Part, Text, code_of, expected
from bot.contest.event.fields import CommonFields, EventField
from bot.contest.event.moments import TOMSK, From, To
from bot.contest.event.moving import YEAR_OF_CODE, code_of_year, later_parts
from bot.contest.event.people import AgeGroup, Audience, Nomination
from bot.contest.event.reminding import Reminders
from bot.contest.event.scoring import Criterion, Jury, Measure, Scoring
from bot.contest.event.stages import Meeting, Stage, StageKind
from bot.contest.event.units import Bundle, Unit, UnitKind
from bot.contest.event.works import Submission, WorkKind
from bot.contest.grades import PreschoolGroup

_PREFIX = re.compile(r"[А-ЯЁ]{1,4}")
_REPORT_NUMBER = re.compile(r"[А-ЯЁ]{1,2}\d{1,3}")
Nominations = tuple[Nomination, ...]


class ConsentKind(StrEnum):
    """Consents are separate documents (152-ФЗ, ст. 9 and 10.1), each asked on a screen of its own."""

    PROCESSING = "processing"
    PUBLICATION = "publication"


def _prefix(value: str) -> str:
    if not _PREFIX.fullmatch(value):
        raise expected("нужны 1–4 заглавные русские буквы, с которых начнётся номер заявки, например СК")
    return value


def _report_number(value: str) -> str:
    if not _REPORT_NUMBER.fullmatch(value):
        raise expected("нужен номер события в отчёте года: одна или две русские буквы и число, например У5")
    return value


class Texts(Part):
    """Words of the event's card."""

    summary: Text
    #: «школьники 1–11 классов и педагоги»
    for_whom: Line
    #: «проект на Scratch — ссылку или файл .sb3»; None where nothing is handed in.
    hand_in: Line | None = None
    #: How it goes, step by step, for who asks more.
    details: Text | None = None


class Seats(Part):
    """There is room for so many; the others wait, and a freed seat is offered to the next for some hours."""

    most: Annotated[int, Field(ge=1, le=100_000)]
    offer_hours: Annotated[int, Field(ge=1, le=240)] = 24


class Event(Part):
    """A contest, a festival, a webinar: all that the bot needs to run it.

    Moments are aware and in UTC. References between parts are checked by `read_event`, not here.
    """

    code: Code
    title: Line
    short_title: Annotated[Line, Field(max_length=40)]
    kind: Line
    status_line: Line
    module: Line | None = None
    organiser: Code
    operator: Code
    parent: Code | None = None
    number_prefix: Annotated[str, AfterValidator(_prefix)]
    #: Under which the year's report lists it, as У5; parts of one event share it. None: it is in no report yet.
    report_number: Annotated[str, AfterValidator(_report_number)] | None = None
    texts: Texts
    age_mark: Literal["0+", "6+", "12+", "16+", "18+"]
    regulation_url: HttpsUrl | None = None

    announced_at: From | None = None
    opens_at: From
    closes_at: To
    #: For so long after the deadline applications and works are still taken; nobody is told beforehand.
    grace_minutes: Annotated[int, Field(ge=0, le=120)] = 0
    judging_until: To | None = None
    results_until: To | None = None
    meeting: Meeting | None = None
    stages: tuple[Stage, ...] = ()

    unit: Unit
    other_units: tuple[Unit, ...] = ()
    audience: Audience
    age_groups: tuple[AgeGroup, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    common_fields: CommonFields = CommonFields()
    fields: tuple[EventField, ...] = ()
    consents: tuple[ConsentKind, ...] = (ConsentKind.PROCESSING, ConsentKind.PUBLICATION)
    #: For how long after its results the event's people are remembered (152-ФЗ, ст. 5: no longer than needed).
    keep_months: Annotated[int, Field(ge=1, le=60)] = 12
    moderation: bool = True
    #: Places, where there are few; counted in applications.
    seats: Seats | None = None
    bulk: bool = False
    submission: Submission | None = None

    criteria: tuple[Criterion, ...] = ()
    scoring: Scoring = Scoring()
    jury: Jury | None = None
    awards: Awards
    reminders: Reminders = Reminders()

    @property
    def year(self) -> int:
        """The year of intake in Tomsk, used in the numbers of applications."""
        return self.opens_at.astimezone(TOMSK).year

    @property
    def slug(self) -> str:
        """The code without the year, as in a link of an announcement: `scratch`."""
        return YEAR_OF_CODE.sub("", self.code)

    @property
    def units(self) -> tuple[Unit, ...]:
        """All ways to take part, the usual one first."""
        return (self.unit, *self.other_units)

    def nominations_for(
        self, category: Category, grade: int | None, group: AgeGroup | str | None
    ) -> tuple[Nomination, ...]:
        """The leaves of the tree that such a participant may choose, in the order of the file."""
        code = code_of(group)
        return tuple(leaf for top in self.nominations for leaf in top.leaves_for(category, grade, code))

    @property
    def leaves(self) -> tuple[Nomination, ...]:
        """All nominations that can be chosen, in the order of the file."""
        return tuple(path[-1] for path in _paths(self.nominations) if not path[-1].children)

    def age_group_for(
        self, category: Category, grade: int | None, age: int | None, preschool: PreschoolGroup | None = None
    ) -> AgeGroup | None:
        """The first group that fits, or None: the event has no groups, or none for such a person."""
        return next((group for group in self.age_groups if group.fits(category, grade, age, preschool)), None)

    def age_group(self, code: str) -> AgeGroup:
        """The group of this code. Raises KeyError if there is none."""
        return _found(self.age_groups, code)

    def nomination(self, code: str) -> Nomination:
        """The nomination of this code, branch or leaf. Raises KeyError if there is none."""
        return self.nomination_path(code)[-1]

    def nomination_path(self, code: str) -> tuple[Nomination, ...]:
        """From the top of the tree down to this nomination. Raises KeyError if there is none."""
        path = next((path for path in _paths(self.nominations) if path[-1].code == code), None)
        if path is None:
            raise KeyError(code)
        return path

    def nomination_title(self, code: str) -> str:
        """As it is shown and printed: «Вокал: эстрадный». Raises KeyError if there is none."""
        return ": ".join(part.title for part in self.nomination_path(code))

    def submission_for(self, nomination: Nomination | str | None) -> Submission | None:
        """What is handed in for a work of this nomination; None where nothing is.

        Raises KeyError if there is no such nomination.
        """
        if self.submission is None or nomination is None:
            return self.submission
        path = self.nomination_path(nomination.code if isinstance(nomination, Nomination) else nomination)
        codes = {part.code for part in path}
        kinds = next((part.works for part in reversed(path) if part.works), tuple(WorkKind))
        links = [rule for rule in self.submission.links if _meets(rule.nominations, codes)]
        files = [rule for rule in self.submission.files if _meets(rule.nominations, codes)]
        changes = {
            "links": tuple(links if WorkKind.LINK in kinds else ()),
            "files": tuple(rule for rule in files if rule.kind in kinds),
        }
        return self.submission.model_copy(update=changes)

    def criteria_for(
        self,
        nomination: Nomination | str | None,
        group: AgeGroup | str | None,
        unit: UnitKind,
        *,
        stage: str | None = None,
    ) -> tuple[Criterion, ...]:
        """The lines of the score sheet for such a work, in the order of the file.

        Without `stage` these are the lines of the jury's sheets. Raises KeyError if there is no such nomination.
        """
        name, group_name = code_of(nomination), code_of(group)
        codes = {part.code for part in self.nomination_path(name)} if name else set()
        return tuple(
            criterion
            for criterion in self.criteria
            if _meets(criterion.nominations, codes)
            and _meets(criterion.groups, {group_name})
            and _meets(criterion.units, {unit})
            and (self.is_judged(criterion) if stage is None else _meets(criterion.stages, {stage}))
        )

    @property
    def has_sheets(self) -> bool:
        """Whether a jury writes anything at all; else results come from tests and trials alone."""
        return any(self.is_judged(criterion) for criterion in self.criteria)

    def is_judged(self, criterion: Criterion) -> bool:
        """Whether the jury writes it into its sheets; else it comes from a test, a trial or a host's protocol."""
        return not criterion.stages or any(
            _judges(stage, criterion) for stage in self.stages if stage.code in criterion.stages
        )

    def max_points(
        self,
        nomination: Nomination | str | None,
        group: AgeGroup | str | None,
        unit: UnitKind,
        *,
        stage: str | None = None,
    ) -> Decimal:
        """The most points one juror can give to such a work; raw results (time, count) add nothing."""
        criteria = self.criteria_for(nomination, group, unit, stage=stage)
        return sum((criterion.max_weighted for criterion in criteria), Decimal(0))

    def moved_to(self, start: date) -> Event:
        """The same event with every moment moved by whole days so that intake begins on `start` in Tomsk.

        A year at the end of the event's codes (its own, parent's, children's) follows the year of intake.
        """
        return self.moved_by(start - self.opens_at.astimezone(TOMSK).date(), years=start.year - self.year)

    def moved_by(self, by: timedelta, *, years: int) -> Event:
        """The same event with every moment and day later by whole days, and its codes' years by `years`.

        Parent and children move by one and the same step, else they would lose each other's codes.
        """
        return self.model_copy(update=later_parts(self, by) | _renamed(self, years))


def _judges(stage: Stage, criterion: Criterion) -> bool:
    if stage.kind is StageKind.TASKS:
        return not stage.questions and criterion.measure is Measure.POINTS
    return stage.kind in (StageKind.APPLICATIONS, StageKind.FINAL)


def _meets(wanted: tuple[str, ...], have: AbstractSet[str | None]) -> bool:
    """Whether a filter lets through; an empty one always does."""
    return not wanted or any(code in have for code in wanted)


def _renamed(event: Event, years: int) -> dict[str, object]:
    """The codes of the event and its family in another year."""
    new = partial(code_of_year, near=event.year, years=years)
    changes: dict[str, object] = {"code": new(event.code)}
    if event.parent:
        changes["parent"] = new(event.parent)
    if isinstance(event.unit, Bundle):
        children = tuple(new(child) for child in event.unit.children)
        changes["unit"] = event.unit.model_copy(update={"children": children})
    return changes


def _found(parts: tuple[AgeGroup, ...], code: str) -> AgeGroup:
    for part in parts:
        if part.code == code:
            return part
    raise KeyError(code)


def _paths(nominations: Nominations, above: Nominations = ()) -> Iterator[Nominations]:
    """The way from the top to each nomination, branches before their leaves."""
    for nomination in nominations:
        path = (*above, nomination)
        yield path
        yield from _paths(nomination.children, path)
