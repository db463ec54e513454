"""The directory of organisations: schools, kindergartens, centres, found as people type them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from rapidfuzz import fuzz, process

from bot.contest.words import Wording, wording
from bot.contest.yaml_text import read_yaml

_FILE = Path(__file__).parents[1] / "data" / "organisations.yaml"
_SIMILAR_LEAST = 78.0
_OFFERED_LEAST = 55.0
_CERTAIN_LEAST = 90.0
_LEAD_LEAST = 10.0
_OFFERED_MOST = 8
_KIND_WEIGHT, _WORD_WEIGHT = 1.0, 2.0
#: People call a gymnasium or a lyceum a school too.
_LOOSE_KIND = 0.5


class OrganisationType(StrEnum):
    """What kind of organisation it is."""

    SCHOOL = "school"
    GYMNASIUM = "gymnasium"
    LYCEUM = "lyceum"
    KINDERGARTEN = "kindergarten"
    EXTRA = "extra"
    UNIVERSITY = "university"
    CENTRE = "centre"
    BRANCH = "branch"


class OrganisationRole(StrEnum):
    """What it does in the network."""

    COORDINATOR = "coordinator"
    DEVELOPER = "developer"
    RESOURCE_CENTRE = "resource_centre"
    HUB = "hub"
    MEMBER = "member"
    GUEST = "guest"
    EXPERTS = "experts"


_KIND_OF = {
    OrganisationType.SCHOOL: "школа",
    OrganisationType.GYMNASIUM: "гимназия",
    OrganisationType.LYCEUM: "лицей",
    OrganisationType.KINDERGARTEN: "сад",
    OrganisationType.UNIVERSITY: "университет",
}
_SCHOOLS = {OrganisationType.SCHOOL, OrganisationType.GYMNASIUM, OrganisationType.LYCEUM}


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Row):
    """A municipality; `aliases` are its names as people type them beside a school's number."""

    code: str
    municipality: str
    region: str
    country: str
    aliases: tuple[str, ...] = ()


class Agreement(_Row):
    """A membership with its dates, both days included; `until` None: it goes on."""

    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"an agreement ends on {self.until}, before it begins on {self.since}")
        return self


class Organisation(_Row):
    """One organisation. `place` is None for a branch, which stands where its parent does."""

    code: str
    name_short: str
    name_full: str | None = None
    name_genitive: str | None = None
    type: OrganisationType
    parent: str | None = None
    place: str | None = None
    aliases: tuple[str, ...] = ()
    roles: Annotated[tuple[OrganisationRole, ...], Field(min_length=1)]
    #: School years under an agreement, as `2020-21`.
    membership: tuple[str, ...] = ()
    #: The same by days, where they are known.
    agreements: tuple[Agreement, ...] = ()
    guest_years: tuple[str, ...] = ()


class _File(_Row):
    places: tuple[Place, ...]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation that may be meant; `score` is 0 to 100, `certain` means that nothing else is."""

    organisation: Organisation
    score: float
    certain: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    organisation: Organisation
    kinds: frozenset[str]
    numbers: frozenset[int]
    names: frozenset[str]
    #: Whole names and aliases, to tell an exact hit.
    wordings: frozenset[Wording]


class Directory:
    """All organisations. Immutable; one instance serves everybody."""

    def __init__(self, organisations: Iterable[Organisation], places: Iterable[Place]) -> None:
        """Index them. Raises ValueError for a repeated code, an unknown parent or an unknown place."""
        self._places = {place.code: place for place in places}
        self._all: dict[str, Organisation] = {}
        for organisation in organisations:
            if organisation.code in self._all:
                raise ValueError(f"organisation {organisation.code} is listed twice")
            self._all[organisation.code] = organisation
        for organisation in self._all.values():
            self._refuse_placeless(organisation)
        self._entries = tuple(self._entry(organisation) for organisation in self._all.values())
        self._vocabulary = tuple(sorted({name for entry in self._entries for name in entry.names}))

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Self:
        """The directory that ships with the bot."""
        raw = read_yaml(_FILE.read_text(encoding="utf-8"))
        file = _File.model_validate(raw)
        return cls(file.organisations, file.places)

    @property
    def codes(self) -> frozenset[str]:
        """Codes of all organisations."""
        return frozenset(self._all)

    @property
    def all(self) -> tuple[Organisation, ...]:
        """All organisations, in the order of the file."""
        return tuple(self._all.values())

    def get(self, code: str) -> Organisation:
        """The organisation of this code. Raises KeyError if there is none."""
        return self._all[code]

    def place(self, code: str) -> Place:
        """Where the organisation (a branch: its parent) stands. Raises KeyError for an unknown code."""
        organisation = self._all[code]
        if organisation.place is not None:
            return self._places[organisation.place]
        return self.place(organisation.parent or "")

    def municipality(self, code: str) -> str:
        """«Томский район». Raises KeyError for an unknown code."""
        return self.place(code).municipality

    def region(self, code: str) -> str:
        """«Томская область». Raises KeyError for an unknown code."""
        return self.place(code).region

    def country(self, code: str) -> str:
        """«Россия». Raises KeyError for an unknown code."""
        return self.place(code).country

    def find(self, text: str) -> tuple[Match, ...]:
        """Whom `text` may mean, the likeliest first, at most eight; () when it means nobody known.

        Numbers must be the same: «школа 40» offers no other number. Takes well under 5 ms.
        """
        typed = wording(text)
        if typed.empty:
            return ()
        similar = {name: self._similar(name) for name in typed.names}
        entries = [entry for entry in self._entries if _same_number(typed, entry)]
        scored = [(_score(typed, entry, similar), entry) for entry in entries]
        ranked = sorted(
            ((score, entry) for score, entry in scored if score >= _OFFERED_LEAST),
            key=lambda found: (-found[0], found[1].organisation.code),
        )[:_OFFERED_MOST]
        certain = _is_certain(typed, ranked)
        return tuple(
            Match(entry.organisation, min(score, 100.0), certain=certain and place == 0)
            for place, (score, entry) in enumerate(ranked)
        )

    def _refuse_placeless(self, organisation: Organisation) -> None:
        """A branch has a parent that is not a branch itself, all others have a known place."""
        parent = self._all.get(organisation.parent or "")
        if parent is None and organisation.parent is not None:
            raise ValueError(f"organisation {organisation.code}: no such parent: {organisation.parent}")
        if (organisation.place or (parent and parent.place)) not in self._places:
            raise ValueError(f"organisation {organisation.code}: neither a known place nor a parent with one")

    def _similar(self, name: str) -> Mapping[str, float]:
        """Words of the directory like `name`, each with its likeness from 0 to 1."""
        words, least = self._vocabulary, _SIMILAR_LEAST
        found = process.extract(name, words, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        return {word: score / 100 for word, score, _ in found}

    def _entry(self, organisation: Organisation) -> _Entry:
        place = self.place(organisation.code)
        own = (organisation.name_short, organisation.name_full or "", *organisation.aliases)
        wordings = [wording(name) for name in own]
        around = [wording(name) for name in (place.municipality, place.region, *place.aliases)]
        kind = _KIND_OF.get(organisation.type)
        return _Entry(
            organisation,
            kinds=frozenset({kind} if kind else ()).union(*(w.kinds for w in wordings[:2])),
            numbers=frozenset().union(*(w.numbers for w in wordings)),
            names=frozenset().union(*(w.names for w in (*wordings, *around))),
            wordings=frozenset(wordings),
        )


def _same_number(typed: Wording, entry: _Entry) -> bool:
    return not typed.numbers or typed.numbers == entry.numbers


def _score(typed: Wording, entry: _Entry, similar: Mapping[str, Mapping[str, float]]) -> float:
    """How much of what was typed the entry answers to, 0 to 100; an exact name or alias stands above all."""
    if typed in entry.wordings:
        return 100.0 + _LEAD_LEAST
    found = _WORD_WEIGHT * len(typed.numbers)
    for likeness in similar.values():
        found += _WORD_WEIGHT * max((likeness[name] for name in entry.names if name in likeness), default=0.0)
    found += _KIND_WEIGHT * sum(_kind_likeness(kind, entry) for kind in typed.kinds)
    whole = _WORD_WEIGHT * (len(typed.numbers) + len(typed.names)) + _KIND_WEIGHT * len(typed.kinds)
    return 100 * found / whole


def _kind_likeness(kind: str, entry: _Entry) -> float:
    if kind in entry.kinds:
        return 1.0
    return _LOOSE_KIND if kind == "школа" and entry.organisation.type in _SCHOOLS else 0.0


def _is_certain(typed: Wording, ranked: list[tuple[float, _Entry]]) -> bool:
    """A bare number or a bare town never is; otherwise the first must be good and lead clearly."""
    if not ranked or ranked[0][0] < _CERTAIN_LEAST:
        return False
    if not typed.kinds and not typed.names:
        return False
    return len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _LEAD_LEAST
