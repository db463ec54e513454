"""What is handed in, and by which rules."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.contest.event.base import Code, Count, Host, HttpsUrl, Limit, Part, Text, expected

_EXTENSION = re.compile(r"[a-z0-9]{1,10}")
_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)", re.ASCII)
_SECONDS_A_MINUTE = 60


class WorkKind(StrEnum):
    """How a piece of a work comes."""

    LINK = "link"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    TEXT = "text"


class LinkKind(StrEnum):
    """What a link must lead to; the link check depends on it."""

    SCRATCH_PROJECT = "scratch_project"
    VIDEO = "video"
    FOLDER = "folder"
    PAGE = "page"


class Orientation(StrEnum):
    """Advice on how a video is held; never a refusal."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


def read_duration(text: str) -> int | None:
    """Seconds of «5:00» (minutes and seconds), or None if it is written otherwise."""
    found = _DURATION.fullmatch(text)
    return int(found[1]) * _SECONDS_A_MINUTE + int(found[2]) if found else None


def _duration(value: str) -> str:
    if not read_duration(value):
        raise expected("нужна длительность вида 5:00 (минуты:секунды), больше нуля")
    return value


def _extension(value: str) -> str:
    if not _EXTENSION.fullmatch(value):
        raise expected("нужно расширение файла без точки, строчными буквами, например sb3")
    return value


Duration = Annotated[str, AfterValidator(_duration)]
Extension = Annotated[str, AfterValidator(_extension)]


class LinkRule(Part):
    """Links of one kind that are taken; `hosts` take their subdomains in too."""

    kind: LinkKind
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)]
    example: HttpsUrl | None = None
    count: Count = Count(least=0, most=1)
    #: For how long the link must stay open after it is handed in.
    keep_open_days: Annotated[int, Field(ge=1, le=1000)] | None = None
    #: Nominations (branches count for their leaves) in which it is taken; empty means all.
    nominations: tuple[Code, ...] = ()


class FileRule(Part):
    """Attachments of one kind that are taken."""

    kind: WorkKind
    #: Empty means any; checked for documents, advised for the rest.
    extensions: tuple[Extension, ...] = ()
    max_bytes: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None
    max_side_px: Annotated[int, Field(ge=100, le=100_000)] | None = None
    count: Count = Count(least=0, most=1)
    nominations: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _not_a_link(self) -> Self:
        if self.kind is WorkKind.LINK:
            raise expected("ссылки описывает ключ links, здесь нужен вид вложения: photo, video, document …")
        return self


class VideoAdvice(Part):
    """How a video should be made: shown to people, never a ground to refuse by itself."""

    orientation: Orientation | None = None
    min_height_px: Annotated[int, Field(ge=100, le=10_000)] | None = None
    duration_most: Duration | None = None
    tolerance_s: Annotated[int, Field(ge=0, le=600)] = 0
    editing_allowed: bool = True
    advice: Text | None = None

    @property
    def duration_most_s(self) -> int | None:
        """The longest video in seconds, tolerance included."""
        seconds = read_duration(self.duration_most) if self.duration_most else None
        return None if seconds is None else seconds + self.tolerance_s


class Remix(Part):
    """Whether a work may be made out of somebody else's, and what must be told then."""

    allowed: bool
    note: Text | None = None


class Submission(Part):
    """What is handed in with an application."""

    links: tuple[LinkRule, ...] = ()
    files: tuple[FileRule, ...] = ()
    #: How many pieces, links and files together, make one work.
    pieces: Count = Count(least=1, most=1)
    title_required: bool = True
    #: Longest description in characters; 0 means that none is asked.
    description_most: Annotated[int, Field(ge=0, le=4000)] = 0
    description_required: bool = False
    video: VideoAdvice | None = None
    #: Whether a work may be replaced (a new version) until intake closes.
    editing_allowed: bool = True
    remix: Remix | None = None
    limits: tuple[Limit, ...] = ()
    #: How the work should be presented, as to use nicknames on a foreign site.
    advice: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.links and not self.files:
            raise expected("нужно хотя бы одно правило в links или files: что можно сдать")
        return self

    def most_per(self, *per: str) -> int | None:
        """The limit counted by exactly `per`, or None if there is none."""
        return next((limit.most for limit in self.limits if set(limit.per) == set(per)), None)
