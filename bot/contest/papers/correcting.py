"""Putting papers right: what a reported mistake changes in the data, and which papers print it.

Everything is worked out from values before anything is written, so that an organizer sees what will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.papers.content import Group, PaperContent, Planned
from bot.contest.papers.values import Entry, Juror, School
from bot.contest.text import fold

#: What is not read on a paper: what it is called inside, and what only a check tells.
_UNREAD = ("kind", "initials")


class Wrong(StrEnum):
    """What may be wrong on a paper."""

    NAME = "name"
    GRADE = "grade"
    SCHOOL = "school"
    SUPERVISOR = "supervisor"
    #: Of a team, a collective or a project.
    TITLE = "title"
    #: Put right by hand in the application; the paper follows.
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to be in the place of what is."""

    wrong: Wrong
    #: Whose application; None for a juror and for a letter to a teacher.
    application_id: int | None = None
    #: Which of its people, where a name or a class is wrong.
    participant_id: int | None = None
    #: Whose account, where a juror's name is wrong.
    juror_id: int | None = None
    #: The names as they are, where a teacher is named wrongly.
    was: tuple[str, ...] = ()
    #: A name, a class, a school, names of teachers or a title; None where nothing but the paper is to follow.
    value: FullName | Grade | School | tuple[str, ...] | str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The teachers that it speaks of, as they are named and as they are to be."""
        return (*self.was, *(self.value if isinstance(self.value, tuple) else ()))


@dataclass(frozen=True, slots=True)
class Change:
    """A paper as it was due and as it is due now; None: it was not, or is no more."""

    before: Planned | None
    after: Planned | None


def corrected(entries: Iterable[Entry], correction: Correction) -> list[Entry]:
    """The entries as they are to be."""
    found = list(entries)
    schools = {_school(one) for one in found if one.application_id == correction.application_id}
    return [_corrected(one, correction, schools) for one in found]


def corrected_jurors(jurors: Iterable[Juror], correction: Correction) -> list[Juror]:
    """The members of the jury as they are to be."""
    name = correction.value.formal if isinstance(correction.value, FullName) else None
    return [replace(one, full_name=name) if name and one.person_id == correction.juror_id else one for one in jurors]


def beside(entries: Iterable[Entry], correction: Correction) -> list[Entry]:
    """Those whose papers may change: the application's own, and all that share a teacher with it, before or after."""
    found = list(entries)
    teachers = {fold(name) for name in correction.named}
    teachers |= {
        fold(name) for one in found if one.application_id == correction.application_id for name in one.supervisors
    }
    return [
        one
        for one in found
        if one.application_id == correction.application_id or teachers & {fold(name) for name in one.supervisors}
    ]


def changes(before: Sequence[Planned], after: Sequence[Planned]) -> list[Change]:
    """Papers that are not as they were, in their order; one whose key has changed with a name is still the same."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    gone = [one for one in before if one.key not in new]
    come = [one for one in after if one.key not in old]
    found = [Change(old[one.key], one) for one in after if one.key in old and old[one.key].content != one.content]
    for one in gone:
        heir = next((other for other in come if _is_same(one, other)), None)
        come = [other for other in come if other is not heir]
        found.append(Change(one, heir))
    return [*found, *(Change(None, one) for one in come)]


def differences(old: PaperContent, new: PaperContent) -> list[tuple[str, str]]:
    """What stands otherwise, line by line, in the order in which a paper is read; an empty side: there is no line."""
    found: list[tuple[str, str]] = []
    for field in fields(PaperContent):
        if field.name not in _UNREAD:
            before, after = _lines(getattr(old, field.name)), _lines(getattr(new, field.name))
            found += _apart(before, after)
    return found


def _corrected(entry: Entry, correction: Correction, schools: set[str]) -> Entry:
    own = entry.application_id == correction.application_id
    match correction.wrong, correction.value:
        case Wrong.SUPERVISOR | Wrong.NAME, tuple(names):
            return _taught(entry, correction, names, own=own, near=own or _school(entry) in schools)
        case Wrong.NAME, FullName() as name if own:
            people = [
                replace(one, name=name) if _is_meant(one.participant_id, correction) else one for one in entry.people
            ]
            return replace(entry, people=tuple(people))
        case Wrong.GRADE, Grade() as grade if own:
            people = [
                replace(one, grade=grade) if _is_meant(one.participant_id, correction) else one for one in entry.people
            ]
            return replace(entry, people=tuple(people))
        case Wrong.SCHOOL, School() as school if own:
            return replace(entry, school=school)
        case Wrong.TITLE, str(title) if own:
            return replace(entry, title=title)
    return entry


def _taught(entry: Entry, correction: Correction, names: tuple[str, ...], *, own: bool, near: bool) -> Entry:
    """One teacher who is named wrongly is so in all that they have sent; other names are this application's alone."""
    if len(names) == len(correction.was) == 1 and (near or correction.application_id is None):
        wrong, right = fold(correction.was[0]), names[0]
        put = tuple(dict.fromkeys(right if fold(name) == wrong else name for name in entry.supervisors))
        return replace(entry, supervisors=put)
    return replace(entry, supervisors=names) if own else entry


def _is_meant(participant_id: int, correction: Correction) -> bool:
    return participant_id == correction.participant_id


def _school(entry: Entry) -> str:
    return entry.school.code or fold(entry.school.name)


def _is_same(gone: Planned, come: Planned) -> bool:
    return (gone.kind, gone.application_id, gone.participant_id, gone.person_id) == (
        come.kind,
        come.application_id,
        come.participant_id,
        come.person_id,
    )


def _lines(value: object) -> list[str]:
    match value:
        case str():
            return [value] if value else []
        case Group():
            return [f"{value.heading}: {name}" for name in value.people]
        case tuple():
            return [line for one in value for line in _lines(one)]
    return [] if value is None else [str(value)]


def _apart(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Lines that only one side has, beside each other."""
    lost = [line for line in before if line not in after]
    added = [line for line in after if line not in before]
    length = max(len(lost), len(added))
    padded = [(*lost, *[""] * (length - len(lost))), (*added, *[""] * (length - len(added)))]
    return list(zip(*padded, strict=True))
