"""Consents to the processing and to the publication of personal data: their texts, and who may give them.

Two consents, two screens, never merged (152-ФЗ, articles 9 and 10.1). The texts are data, by version; what was
agreed to is kept as kind, version and hash of the full text.

Refusal keys: `consent.under_age`, `consent.adult_decides`, `consent.age_needed`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from bot.contest.grades import Grade
from bot.contest.refusal import Refusal

#: The age from which a pupil may apply alone: with a signature of one's own, as in articles 26 and 28 of the
#: Civil Code; 152-ФЗ itself names no age.
OWN_SIGNATURE_AGE = 14
ADULT_AGE = 18
#: Nobody below it can be 14 yet: 14 is reached in the 7th class at the earliest.
_FIRST_GRADE_WITH_14 = 7

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


class ConsentKind(StrEnum):
    """What is agreed to. Without `PROCESSING` nobody takes part; `PUBLICATION` may be refused."""

    PROCESSING = "processing"
    PUBLICATION = "publication"


class Applicant(StrEnum):
    """Who applies."""

    SELF = "self"
    PARENT = "parent"
    TEACHER = "teacher"


class ConsentWay(StrEnum):
    """How a consent comes about."""

    #: An adult for oneself.
    ADULT = "adult"
    #: A pupil of 14 to 17, who states that the parents agree.
    PUPIL = "pupil"
    #: A parent for the own child.
    PARENT = "parent"
    #: A teacher states that the parents' signed paper is kept at school.
    PAPER_AT_SCHOOL = "paper_at_school"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the data: settings, not code."""

    name: str
    contact: str
    policy_url: str
    #: «ИНН 7000000000, ОГРН 1000000000000», if given.
    registration: str = ""
    #: Where results and works are shown.
    community: str = "сообщество ВКонтакте, от имени которого пишет этот бот"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version of a consent as this operator asks for it."""

    kind: ConsentKind
    version: int
    dated: date
    #: For the screen with the buttons.
    short: str
    full: str

    @property
    def hash(self) -> str:
        """SHA-256 of the full text, hexadecimal: proves later what exactly was agreed to."""
        return hashlib.sha256(self.full.encode()).hexdigest()


def consent_text(kind: ConsentKind, operator: Operator, *, until: date, version: int | None = None) -> ConsentText:
    """The text in force, or that of an earlier `version`.

    Raises KeyError for a version that never was.
    """
    versions = _versions()[kind]
    number = max(versions) if version is None else version
    template = versions[number]
    values = {
        "version": number,
        "dated": f"{template.dated:%d.%m.%Y}",
        "operator": operator.name,
        "registration": f" ({operator.registration})" if operator.registration else "",
        "contact": operator.contact,
        "policy": operator.policy_url,
        "community": operator.community,
        "until": f"{until.day} {_MONTHS[until.month - 1]} {until.year} года",
    }
    short, full = template.short.format_map(values), template.full.format_map(values)
    return ConsentText(kind, number, template.dated, short, full)


def kept_until(given_on: date) -> date:
    """The last day of a consent given on `given_on`: 31 August of the next year."""
    return date(given_on.year + 1, 8, 31)


def in_force_since(today: date) -> date:
    """The first day whose consents are still in force on `today`; see `kept_until`."""
    last_year = date(today.year - 1, 1, 1)
    return last_year if today <= kept_until(last_year) else date(today.year, 1, 1)


def who_may_consent(
    applicant: Applicant, *, adult: bool, age: int | None = None, grade: Grade | None = None
) -> ConsentWay | Refusal:
    """How consent for a participant is given when `applicant` applies, or why it can't be.

    `adult`: the participant takes part as an adult, so no class is known. Where `age` is not asked, the class
    tells who is certainly too young; for the others the applicant's own word («мне 14 или больше») counts.
    """
    if adult or (age is not None and age >= ADULT_AGE):
        return ConsentWay.ADULT if applicant is Applicant.SELF else Refusal("consent.adult_decides")
    if applicant is Applicant.PARENT:
        return ConsentWay.PARENT
    if applicant is Applicant.TEACHER:
        return ConsentWay.PAPER_AT_SCHOOL
    if age is None and grade is None:
        return Refusal("consent.age_needed")
    return Refusal("consent.under_age") if _is_under_age(age, grade) else ConsentWay.PUPIL


def _is_under_age(age: int | None, grade: Grade | None) -> bool:
    if age is not None:
        return age < OWN_SIGNATURE_AGE
    return grade is not None and (grade.number is None or grade.number < _FIRST_GRADE_WITH_14)


@dataclass(frozen=True, slots=True)
class _Template:
    dated: date
    short: str
    full: str


@cache
def _versions() -> dict[ConsentKind, dict[int, _Template]]:
    loaded = yaml.safe_load((files("bot.data") / "consents.yaml").read_text(encoding="utf-8"))
    return {
        kind: {item["version"]: _Template(item["dated"], item["short"], item["full"]) for item in loaded[kind.value]}
        for kind in ConsentKind
    }
