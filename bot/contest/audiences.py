"""Whom an announcement is for: a base, and what narrows it. Data, so that it can be kept and resolved again later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from bot.contest.applications import ApplicationState

#: Applications whose people are still meant when «all applicants» are.
ALIVE = frozenset((ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED))


#: Stands before the name of an organisation that is not in the directory.
UNLISTED = "?"


class Base(StrEnum):
    """What an audience begins with."""

    #: Whoever has an application that is alive.
    APPLICANTS = "applicants"
    #: Whoever has an application in one state.
    STATE = "state"
    #: Whoever has an application that is alive and has no work yet.
    WITHOUT_WORK = "without_work"
    #: Whoever has passed a stage from which only some go on.
    PASSED = "passed"
    #: Whoever has begun an application and not sent it.
    DRAFTS = "drafts"
    JURY = "jury"
    HOSTS = "hosts"
    #: Whoever has ever written to the bot.
    EVERYONE = "everyone"
    #: Exactly those to whom an announcement went.
    SAME = "same"


#: Bases that are made of applications, which further filters can narrow.
OF_APPLICATIONS = frozenset((Base.APPLICANTS, Base.STATE, Base.WITHOUT_WORK, Base.PASSED))


class Filter(StrEnum):
    """What narrows an audience of applications."""

    NOMINATION = "nomination"
    AGE_GROUP = "age_group"
    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an audience asks of an application."""

    person_id: int
    number: str
    state: str
    nomination: str | None
    age_group: str | None
    #: None: not in the directory; then its name tells it apart.
    organisation_code: str | None
    organisation_name: str
    role: str
    #: Whether a work was handed in.
    handed_in: bool = False
    #: Whether it has passed the stage that was asked for.
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom to write to. Where several filters are set, all of them must hold of one and the same application."""

    base: Base
    #: The events that are meant, by code; () where none is.
    events: tuple[str, ...] = ()
    #: Where they are all events of a school year: «2020-21».
    year: str = ""
    #: STATE: which one.
    state: str = ""
    #: PASSED: the code of the stage.
    stage: str = ""
    #: SAME: to whom this announcement went.
    announcement: int | None = None
    nomination: str = ""
    age_group: str = ""
    organisation: str = ""
    #: The organisation is not in the directory: it is told apart by its name.
    organisation_name: str = ""
    #: The name of a municipality, with the codes of its organisations as the directory had them.
    municipality: str = ""
    organisations: tuple[str, ...] = ()
    #: Who applied: self, parent, teacher.
    role: str = ""

    @property
    def is_of_applications(self) -> bool:
        """Whether filters can narrow it."""
        return self.base in OF_APPLICATIONS

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Which filters are set."""
        set_ = {
            Filter.NOMINATION: self.nomination,
            Filter.AGE_GROUP: self.age_group,
            Filter.ORGANISATION: self.organisation or self.organisation_name,
            Filter.MUNICIPALITY: self.municipality,
            Filter.ROLE: self.role,
        }
        return tuple(name for name, value in set_.items() if value)

    def without_filters(self) -> Self:
        """The base alone."""
        return replace(
            self, nomination="", age_group="", organisation="", organisation_name="", municipality="",
            organisations=(), role="",
        )  # fmt: skip

    def takes(self, entry: Entry) -> bool:
        """Whether the person of this application is meant because of it."""
        return self._begins_with(entry) and self._lets_through(entry)

    def _begins_with(self, entry: Entry) -> bool:
        match self.base:
            case Base.APPLICANTS:
                return entry.state in ALIVE
            case Base.STATE:
                return entry.state == self.state
            case Base.WITHOUT_WORK:
                return entry.state in ALIVE and not entry.handed_in
            case Base.PASSED:
                return entry.passed and entry.state == ApplicationState.ACCEPTED
        return False

    def _lets_through(self, entry: Entry) -> bool:
        wanted = (
            (self.nomination, entry.nomination),
            (self.age_group, entry.age_group),
            (self.organisation, entry.organisation_code),
            (self.role, entry.role),
        )
        if any(value and value != found for value, found in wanted):
            return False
        if self.organisation_name and (entry.organisation_code or entry.organisation_name != self.organisation_name):
            return False
        return not self.municipality or entry.organisation_code in self.organisations

    def to_json(self) -> dict[str, Any]:
        """What is kept: the base under `key`, and what is set."""
        kept: dict[str, Any] = {"key": str(self.base)}
        for name, value in asdict(self).items():
            if value and name != "base":
                kept[name] = list(value) if isinstance(value, tuple) else value
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What was kept. Raises KeyError or ValueError without a known base, TypeError for an unknown filter."""
        values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}
        return cls(base=Base(values.pop("key")), **values)


def people_in(audience: Audience, entries: Iterable[Entry]) -> set[int]:
    """The people of the applications that the audience takes."""
    return {entry.person_id for entry in entries if audience.takes(entry)}


def counts(entries: Iterable[Entry], filter_: Filter) -> dict[str, int]:
    """How many people stand behind each value of a filter, the most first; the empty value is left out.

    Organisations that the directory lacks are under their names with `UNLISTED` before them; of municipalities
    nothing is known here.
    """
    people: dict[str, set[int]] = {}
    for entry in entries:
        if value := _value(entry, filter_):
            people.setdefault(value, set()).add(entry.person_id)
    found = {value: len(them) for value, them in people.items()}
    order = sorted(found, key=lambda value: (-found[value], value.startswith(UNLISTED), value))
    return {value: found[value] for value in order}


def _value(entry: Entry, filter_: Filter) -> str | None:
    match filter_:
        case Filter.NOMINATION:
            return entry.nomination
        case Filter.AGE_GROUP:
            return entry.age_group
        case Filter.ROLE:
            return entry.role
        case Filter.ORGANISATION:
            return entry.organisation_code or f"{UNLISTED}{entry.organisation_name}"
    return entry.organisation_code
