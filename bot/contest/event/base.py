"""What every part of an event shares: the strict model, codes, texts, spans and limits."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_HTTPS = re.compile(r"https://[^\s/@\\:]+(:443)?(/[^\s\\]*)?")
_CODE_MOST = 60
_HOST_MOST = 253


def expected(what: str) -> PydanticCustomError:
    """The error to raise in a validator; `what` is Russian and is shown to the author of the file."""
    return PydanticCustomError("expected", "{what}", {"what": what})


class Part(BaseModel):
    """A piece of an event: values never change, unknown keys and values of another type are refused."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


def _code(value: str) -> str:
    if len(value) > _CODE_MOST or not _CODE.fullmatch(value):
        raise expected(
            f"нужен код: латинские строчные буквы, цифры и дефисы, до {_CODE_MOST} знаков, например eco-game"
        )
    return value


def _host(value: str) -> str:
    if len(value) > _HOST_MOST or not _HOST.fullmatch(value):
        raise expected("нужно имя сайта строчными буквами, без https:// и пути, например scratch.mit.edu")
    return value


def _https(value: str) -> str:
    if not _HTTPS.fullmatch(value):
        raise expected("нужна ссылка, которая начинается с https://")
    return value


Code = Annotated[str, AfterValidator(_code)]
Host = Annotated[str, AfterValidator(_host)]
HttpsUrl = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_https)]
#: A word or a line: names, titles, labels.
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
#: A paragraph of an event's card or of an advice.
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Points = Annotated[Decimal, Field(ge=-1000, le=1000)]
Percent = Annotated[int, Field(ge=1, le=100)]


class Category(StrEnum):
    """Who a participant is; decides age groups, nominations and which fields are asked."""

    PRESCHOOLER = "preschooler"
    PUPIL = "pupil"
    STUDENT = "student"
    TEACHER = "teacher"


class Span(Part):
    """Classes or ages, both ends included."""

    first: Annotated[int, Field(ge=0, le=120)]
    last: Annotated[int, Field(ge=0, le=120)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise expected("last должно быть не меньше first")
        return self

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int) and self.first <= value <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class Count(Part):
    """How many there may be: people of a team, files of a work; both ends included."""

    least: Annotated[int, Field(ge=0, le=1000)] = 0
    most: Annotated[int, Field(ge=1, le=1000)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.most < self.least:
            raise expected("most должно быть не меньше least")
        return self

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int) and self.least <= value <= self.most


class Per(StrEnum):
    """What a limit or a quota counts by; several together make one counter."""

    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"
    ORGANISATION = "organisation"
    HOST = "host"
    NOMINATION = "nomination"
    GROUP = "group"
    CATEGORY = "category"


class Limit(Part):
    """At most `most` works for each combination of `per`, as «одна в номинации от школы»."""

    per: Annotated[tuple[Per, ...], Field(min_length=1)]
    most: Annotated[int, Field(ge=1, le=10_000)]


class Coded(Part):
    """A part that others refer to by its code."""

    code: Code
    title: Line


def code_of(part: Coded | str | None) -> str | None:
    """The code of a part given as itself or already as its code."""
    return part.code if isinstance(part, Coded) else part
