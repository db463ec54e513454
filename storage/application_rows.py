"""Applications as values, and how they are read from rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.names import FullName
from bot.contest.roster import is_put_right
from storage.times import from_ms

#: Most people have no answers of their own.
NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of an application, as their diploma names them."""

    name: FullName
    #: None for an adult.
    grade: Grade | None = None
    #: In a pair the code of the member, in a team `captain`; None: no other than the rest.
    role: str | None = None
    #: The member's own fields.
    answers: Mapping[str, object] = field(default_factory=dict)
    #: Stays the same when a name or a class is put right; None before it is stored.
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """How organizers reach the applicant; the jury never sees it."""

    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an applicant fills in and may change."""

    applicant_role: Applicant
    #: pupil, teacher, preschooler, student.
    category: str
    nomination: str | None = None
    age_group: str | None = None
    #: None: not in the directory, an organizer settles it.
    organisation_code: str | None = None
    organisation_name: str
    supervisor: str | None = None
    #: Of a team, a collective or a project; None: of one person.
    title: str | None = None
    #: People, where they are counted and not named; None: as many as there are participants.
    headcount: int | None = None
    #: The event's own fields.
    answers: Mapping[str, object] = field(default_factory=dict)
    #: Equal for those who may be one and the same participant.
    duplicate_key: str
    participants: tuple[Participant, ...]

    @property
    def people(self) -> int:
        """How many take part."""
        return len(self.participants) if self.headcount is None else self.headcount


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Form):
    """A stored application with its participants; without its contact."""

    id: int
    #: As people read it, «СК-2026-0042».
    number: str
    event_code: str
    #: Counts the applications of the event from 1.
    ordinal: int
    #: The applicant: who writes for it.
    person_id: int
    state: ApplicationState
    #: Why it is in this state, where a reason was given.
    reason: str | None
    #: Grows with each change.
    revision: int
    created_at: datetime
    updated_at: datetime
    #: When it was accepted first, however it went on; None: never.
    accepted_at: datetime | None
    #: How it came: chat, file, list.
    origin: str = "chat"
    #: When its people were forgotten; None: they are known.
    anonymised_at: datetime | None = None


def applications(rows: Iterable[Mapping[str, Any]]) -> list[Application]:
    """Rows of applications joined with their participants, those of one application together."""
    return [_application(list(group)) for _, group in groupby(rows, key=itemgetter("id"))]


def participants(rows: Iterable[Mapping[str, Any]]) -> tuple[Participant, ...]:
    """The participants of one application's rows; a left join's empty row is none."""
    return tuple(
        Participant(
            FullName(row["surname"], row["name"], row["patronymic"]),
            _grade(row),
            row["role"],
            {} if row["own_answers"] == NOTHING else json.loads(row["own_answers"]),
            row["participant_id"],
        )
        for row in rows
        if row["surname"] is not None
    )


def matched(before: Sequence[Participant], after: Sequence[Participant]) -> list[int | None]:
    """For each of `after` the id of the same person in `before`, or None for a new one.

    The same name is the same person; of the rest, one in the same place whose name was put right, as long as the
    number of people stays the same. Somebody else in that place is new: nothing was decided about them.
    """
    ids: dict[str, list[int]] = {}
    for person in before:
        if person.id is not None:
            ids.setdefault(person.name.key, []).append(person.id)
    found: list[int | None] = []
    for person in after:
        known = ids.get(person.name.key)
        found.append(known.pop(0) if known else None)
    if len(before) == len(after):
        left = {id_ for known in ids.values() for id_ in known}
        found = [
            old.id if kept is None and old.id in left and is_put_right(old.name, new.name) else kept
            for old, new, kept in zip(before, after, found, strict=True)
        ]
    return found


def _grade(row: Mapping[str, Any]) -> Grade | None:
    if row["preschool_group"] is not None:
        return Grade(group=PreschoolGroup(row["preschool_group"]))
    return None if row["grade"] is None else Grade(row["grade"], row["letter"] or "")


def _application(rows: Sequence[Mapping[str, Any]]) -> Application:
    row = rows[0]
    return Application(
        id=row["id"],
        number=row["number"],
        event_code=row["event_code"],
        ordinal=row["ordinal"],
        person_id=row["person_id"],
        applicant_role=Applicant(row["applicant_role"]),
        state=ApplicationState(row["state"]),
        reason=row["reason"],
        category=row["category"],
        nomination=row["nomination"],
        age_group=row["age_group"],
        organisation_code=row["organisation_code"],
        organisation_name=row["organisation_name"],
        supervisor=row["supervisor"],
        title=row["title"],
        headcount=row["headcount"],
        origin=row["origin"],
        answers=json.loads(row["answers"]),
        duplicate_key=row["duplicate_key"],
        participants=participants(rows),
        revision=row["revision"],
        created_at=from_ms(row["created_at"]),
        updated_at=from_ms(row["updated_at"]),
        accepted_at=from_ms(row["accepted_at"]),
        anonymised_at=from_ms(row["anonymised_at"]),
    )
