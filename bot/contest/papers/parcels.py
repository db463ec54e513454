"""In which letters papers go, and what their files are called.

A message holds ten files (VK), and nobody wants thirty letters: who gets up to ten papers at once gets them in one
letter as they are; who gets more, as a teacher of many children does, gets one archive. What can't be sent to anybody
is handed over on paper.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.contest.papers.content import PaperContent, PaperKind
from bot.contest.text import shorten

T = TypeVar("T")
#: Attachments of a message (VK).
MOST_FILES = 10
#: So many papers are drawn and packed at a time: some megabytes.
MOST_IN_ARCHIVE = 100
#: Windows takes names of 255 characters with the folder; phones show far fewer.
LONGEST_NAME = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class Form(StrEnum):
    """How somebody gets papers."""

    FILES = "files"
    ARCHIVE = "archive"
    #: They can't be written to, or nobody's account is known.
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Due:
    """A paper that is to go."""

    paper_id: int
    version: int
    #: The account that gets it; None: nobody's.
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, or what is handed to one person."""

    #: Counts from 1.
    number: int
    person_id: int | None
    form: Form
    #: Each is one attachment: a file, or what one archive holds.
    parts: tuple[tuple[Due, ...], ...]


def letters(papers: Iterable[Due], *, unreachable: Collection[int] = ()) -> list[Letter]:
    """The letters in which these papers go, in the order in which their first papers come."""
    of_each: dict[int | None, list[Due]] = {}
    for paper in papers:
        of_each.setdefault(paper.person_id, []).append(paper)
    found: list[Letter] = []
    for person_id, own in of_each.items():
        form = form_of(len(own), reachable=person_id is not None and person_id not in unreachable)
        parts = _slices(own, MOST_IN_ARCHIVE if form is Form.ARCHIVE else 1)
        most = len(parts) if form is Form.BY_HAND else MOST_FILES
        for some in _slices(parts, most):
            found.append(Letter(len(found) + 1, person_id, form, tuple(tuple(part) for part in some)))
    return found


def form_of(papers: int, *, reachable: bool) -> Form:
    """How somebody gets so many papers at once."""
    if not reachable:
        return Form.BY_HAND
    return Form.FILES if papers <= MOST_FILES else Form.ARCHIVE


def file_name(content: PaperContent, number: str) -> str:
    """«Диплом — Иванова Мария — ОЧК-2026-У5-0147.pdf»; whatever a name holds, no folder and no other ending."""
    label = content.label
    return f"{label[0].upper()}{label[1:]} — {_name(content)} — {number}.pdf"


def _name(content: PaperContent) -> str:
    name = content.who if content.kind is PaperKind.THANKS else content.name
    bare = name.replace("«", "").replace("»", "")
    safe = " ".join(_FORBIDDEN.sub(" ", bare).split()).strip(". ")
    return shorten(safe, LONGEST_NAME)


def _slices(things: Sequence[T], most: int) -> list[Sequence[T]]:
    return [things[start : start + most] for start in range(0, len(things), most)]
