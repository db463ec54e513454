"""Counting rules: for each event, which figure of which stage enters which total of the year. They are data.

A rule is a YAML file (`bot/data/counting/*.yaml`), checked by this model; every mistake is named with its line.
"""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from bot.contest.event.base import Code, Line, Part, Text, expected
from bot.contest.event.mistakes import Mistake, dotted, explained
from bot.contest.event.source import Place, read_document
from bot.contest.report.measures import TOTALS, Measure, Sheet

#: The rule of a year for which nobody has chosen another.
USUAL_RULE = "unique"
_FILE_BYTES = 100_000


class Source(StrEnum):
    """What of an event is counted."""

    APPLICATIONS = "applications"
    WORKS = "works"
    TEAMS = "teams"
    #: Teams × size: `size` people each, or as many as the roster has.
    TEAM_PEOPLE = "team_people"
    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    PUPILS = "pupils"
    TEACHERS = "teachers"
    UNNAMED = "unnamed"
    SPEAKERS = "speakers"
    LISTENERS = "listeners"
    EXPERTS = "experts"
    DOCUMENTS = "documents"

    @property
    def sheet(self) -> Sheet:
        """Where its rows are."""
        return _SHEET_OF.get(self, Sheet.PARTICIPATIONS)

    @property
    def label(self) -> str:
        """«работы», in a sentence about a rule."""
        return _LABELS[self]


_SHEET_OF = {
    Source.APPLICATIONS: Sheet.APPLICATIONS,
    Source.WORKS: Sheet.APPLICATIONS,
    Source.TEAMS: Sheet.APPLICATIONS,
    Source.TEAM_PEOPLE: Sheet.APPLICATIONS,
    Source.ORGANISATIONS: Sheet.APPLICATIONS,
    Source.EXPERTS: Sheet.EXPERTS,
    Source.DOCUMENTS: Sheet.DOCUMENTS,
}
_LABELS = {
    Source.APPLICATIONS: "заявки",
    Source.WORKS: "работы",
    Source.TEAMS: "команды",
    Source.TEAM_PEOPLE: "команды × размер",
    Source.ORGANISATIONS: "организации",
    Source.PEOPLE: "люди",
    Source.PUPILS: "обучающиеся",
    Source.TEACHERS: "педагоги",
    Source.UNNAMED: "люди по числу, без имён",
    Source.SPEAKERS: "докладчики",
    Source.LISTENERS: "слушатели",
    Source.EXPERTS: "эксперты",
    Source.DOCUMENTS: "документы",
}
#: What can be told to be the same again.
_REPEATING = (
    Source.ORGANISATIONS,
    Source.PEOPLE,
    Source.PUPILS,
    Source.TEACHERS,
    Source.SPEAKERS,
    Source.LISTENERS,
    Source.EXPERTS,
)


class Once(StrEnum):
    """How often one and the same person or organisation is counted."""

    #: Once a year, at the first event.
    YEAR = "year"
    #: Once at each event.
    EVENT = "event"
    #: Each time; people without a name are counted this way only.
    NEVER = "never"


class Who(StrEnum):
    """Whose applications are counted."""

    #: Accepted, and something was shown.
    TOOK_PART = "took_part"
    #: Accepted at any time.
    ACCEPTED = "accepted"
    #: All that were sent.
    APPLIED = "applied"


class Term(Part):
    """One figure of an event that enters one total of the year."""

    total: Measure
    of: Source
    who: Who = Who.TOOK_PART
    once: Once = Once.NEVER
    #: Only the part with this code (without its year), where an event consists of several.
    part: Code | None = None
    #: Only those who came to this stage.
    stage: Code | None = None
    #: Of teams × size.
    size: Annotated[int, Field(ge=1, le=1000)] | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.total not in TOTALS:
            raise expected("такого итога у года нет, бывают: " + ", ".join(TOTALS))
        if self.size is not None and self.of is not Source.TEAM_PEOPLE:
            raise expected("size нужен только при of: team_people")
        if self.once is not Once.NEVER and self.of not in _REPEATING:
            raise expected("once: year и once: event бывают только у людей, организаций и экспертов")
        if self.stage is not None and self.of.sheet not in (Sheet.APPLICATIONS, Sheet.PARTICIPATIONS):
            raise expected("stage бывает только у людей и заявок")
        return self


class EventRule(Part):
    """How one event is counted otherwise than the usual way."""

    #: Its number in the report: «У2».
    event: Line
    #: These stand in place of the usual terms of the totals that they name.
    terms: tuple[Term, ...] = ()
    #: To these totals it adds nothing.
    drops: tuple[Measure, ...] = ()
    #: It is the same happening as this event: nobody has to be warned of it.
    same_as: Line | None = None
    #: Why, for the reader of the comparison.
    why: Text | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not self.terms and not self.drops and self.same_as is None:
            raise expected("нужно хотя бы одно из: terms, drops, same_as")
        if {term.total for term in self.terms} & set(self.drops):
            raise expected("один итог не может быть и в terms, и в drops")
        return self


class Rules(Part):
    """A counting rule."""

    code: Code
    title: Line
    note: Text
    #: How every event is counted that is not named below.
    usual: Annotated[tuple[Term, ...], Field(min_length=1)]
    events: tuple[EventRule, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [one.event for one in self.events]
        if len(set(named)) != len(named):
            raise expected("каждое событие в events называется один раз")
        return self

    def of_event(self, key: str) -> EventRule | None:
        """What is said of the event of this number, or None."""
        return next((one for one in self.events if one.event == key), None)

    def terms(self, key: str) -> tuple[Term, ...]:
        """What of the event of this number is counted, and where it goes."""
        own = self.of_event(key)
        if own is None:
            return self.usual
        replaced = {term.total for term in own.terms} | set(own.drops)
        return (*(term for term in self.usual if term.total not in replaced), *own.terms)


def read_rules(path: Path) -> Rules | tuple[Mistake, ...]:
    """The rule of a YAML file, or all that is wrong in it by its lines. Never raises for its contents."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(_FILE_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except OSError:
        return (Mistake(file, "", 1, "файл не открывается"),)
    except UnicodeDecodeError:
        return (Mistake(file, "", 1, "файл должен быть в кодировке UTF-8"),)
    if len(raw) > _FILE_BYTES:
        return (Mistake(file, "", 1, "файл больше 100 КБ, так правило счёта не описывают"),)
    return _read(file, text)


def shipped_rules() -> dict[str, Rules]:
    """The rules that come with the bot, by code. Raises ValueError for a broken one."""
    folder = resources.files("bot.data").joinpath("counting")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    found: dict[str, Rules] = {}
    for one in files:
        read = _read(one.name, one.read_text(encoding="utf-8"))
        if not isinstance(read, Rules):
            raise ValueError("\n".join(map(str, read)))  # noqa: TRY004 - the file is wrong, not a type
        found[read.code] = read
    return found


def _read(file: str, text: str) -> Rules | tuple[Mistake, ...]:
    document = read_document(text)
    faults: list[tuple[Place, str]] = [(fault.place, fault.expected) for fault in document.faults]
    if not faults:
        try:
            return Rules.model_validate_json(json.dumps(document.value, default=float))
        except ValidationError as error:
            faults = list(explained(error, Rules))
    lines = {fault.place: fault.line for fault in document.faults}
    return tuple(
        sorted(
            {Mistake(file, dotted(place), lines.get(place) or document.line(place), words) for place, words in faults},
            key=lambda one: (one.line, one.key, one.expected),
        )
    )
