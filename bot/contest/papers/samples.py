"""Which papers to look at before all of them are issued: those in which something may not fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.contest.papers.content import PaperKind, Planned

#: Surname, name, patronymic.
_FULL = 3
_PERSONAL = (PaperKind.DIPLOMA, PaperKind.HONOUR, PaperKind.CERTIFICATE, PaperKind.SPEAKER, PaperKind.LISTENER)


class Sample(StrEnum):
    """What is looked at."""

    LONGEST = "longest"
    NO_PATRONYMIC = "no_patronymic"
    TEAM = "team"
    LETTER = "letter"


def samples(papers: Sequence[Planned]) -> dict[Sample, Planned]:
    """One of each, where the event has such a paper; the same papers give the same samples."""
    personal = [one for one in papers if one.kind in _PERSONAL]
    letters = [one for one in papers if one.kind is PaperKind.THANKS]
    found = {
        Sample.LONGEST: max(personal, key=_length, default=None),
        Sample.NO_PATRONYMIC: next((one for one in personal if len(one.content.name.split()) < _FULL), None),
        Sample.TEAM: max((one for one in papers if one.kind is PaperKind.TEAM_DIPLOMA), key=_length, default=None),
        Sample.LETTER: max(letters, key=_pupils, default=None),
    }
    return {sample: paper for sample, paper in found.items() if paper is not None}


def _length(one: Planned) -> int:
    return max(map(len, one.content.name.splitlines()), default=0) + len(one.content.people)


def _pupils(one: Planned) -> int:
    return sum(len(group.people) for group in one.content.groups)
