"""The invented people of the demo and the tour, as `bot/data/demo/*.yaml` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from bot.contest.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """One participation: who, where, with what. `level` 0..10 is how good the jury finds it."""

    name: str
    school: str
    nomination: str
    title: str
    level: int
    #: Of pupils.
    grade: str = ""
    #: Of adults.
    position: str = ""
    #: The number of a Scratch project; 0: a file, or another link, is handed in.
    project: int = 0
    file: str = ""
    url: str = ""
    #: Whether the second consent is given.
    publish: bool = True

    @property
    def link(self) -> str:
        """What is sent as the work."""
        return self.url or f"https://scratch.mit.edu/projects/{self.project}"


@dataclass(frozen=True, slots=True)
class Applicant:
    """An account, and those whom it enters."""

    person: Mapping[str, Any]
    role: Literal["teacher", "parent", "self", "adult"]
    supervisor: str
    entries: tuple[Entry, ...]

    @property
    def id(self) -> int:
        """The account."""
        return int(self.person["id"])


@dataclass(frozen=True, slots=True)
class Juror:
    """An account of the jury."""

    person: Mapping[str, Any]
    name: str
    school: str

    @property
    def id(self) -> int:
        """The account."""
        return int(self.person["id"])


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody of one contest."""

    organizer: Mapping[str, Any]
    jurors: tuple[Juror, ...]
    applicants: tuple[Applicant, ...]

    @property
    def cast(self) -> list[Mapping[str, Any]]:
        """The accounts, as the sandbox takes them."""
        return [self.organizer, *(one.person for one in self.jurors), *(one.person for one in self.applicants)]


def company(name: str) -> Company:
    """The people of `bot/data/demo/<name>.yaml`."""
    text = files("bot.data").joinpath("demo", f"{name}.yaml").read_text(encoding="utf-8")
    data = read_yaml(text)
    return Company(
        organizer=data["organizer"],
        jurors=tuple(_juror(one) for one in data["jurors"]),
        applicants=tuple(_applicant(one) for one in data["applicants"]),
    )


def _juror(data: Mapping[str, Any]) -> Juror:
    person = {key: value for key, value in data.items() if key not in ("name", "school")}
    return Juror(person, data["name"], data["school"])


def _applicant(data: Mapping[str, Any]) -> Applicant:
    school = data.get("school", "")
    entries: Iterable[Mapping[str, Any]] = data["pupils"]
    return Applicant(
        person=data["person"],
        role=data["role"],
        supervisor=data.get("supervisor", ""),
        entries=tuple(Entry(**{"school": school, **entry, "grade": str(entry.get("grade", ""))}) for entry in entries),
    )
