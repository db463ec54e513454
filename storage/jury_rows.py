"""The jury's values, and how they are read from rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from bot.contest.scoring import Sheet
from storage.application_rows import Participant, participants
from storage.times import from_ms
from storage.work_rows import WorkPiece, own_pieces

AssignmentState = Literal["assigned", "scored", "conflict"]


@dataclass(frozen=True, slots=True)
class Juror:
    """A member of an event's jury."""

    person_id: int
    event_code: str
    full_name: str
    #: Where they work: works of their own school are not theirs to score.
    organisation_code: str | None
    #: When they were last told what is new; None: never.
    digest_at: datetime | None
    #: The Tomsk date of «Сегодня не смогу».
    away_on: date | None
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who scores which application."""

    id: int
    application_id: int
    person_id: int
    state: AssignmentState
    #: Why there is a conflict of interest.
    reason: str | None
    comment: str | None
    assigned_at: datetime
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenWork:
    """The last version of a work, as far as the jury needs it."""

    version: int
    kind: Literal["link", "file"]
    url: str | None
    file_name: str | None
    attachment: str | None
    check_state: str
    #: All of it: what came with this version, after what stays of the earlier ones.
    pieces: tuple[WorkPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One work to score: what the jury may know of it. No contact, no applicant, no supervisor."""

    assignment: Assignment
    number: str
    event_code: str
    category: str
    nomination: str | None
    age_group: str | None
    organisation_code: str | None
    organisation_name: str
    answers: Mapping[str, object]
    participants: tuple[Participant, ...]
    #: None: nothing was handed in.
    work: SeenWork | None
    #: Whether the work is another than the one that points were given for.
    replaced: bool
    #: The title of a team or a collective, the topic of a project.
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A work in a juror's list: what every tap needs of it and no more."""

    assignment: Assignment
    organisation_code: str | None


@dataclass(frozen=True, slots=True)
class JurorProgress:
    """How far a member of the jury is. `assigned` counts the scored ones too, and no conflicts."""

    person_id: int
    scored: int
    assigned: int
    #: Not scored yet, and assigned since their last digest.
    new: int
    conflicts: int


def juror(row: Mapping[str, Any]) -> Juror:
    """One row of `juror`."""
    return Juror(
        person_id=row["person_id"],
        event_code=row["event_code"],
        full_name=row["full_name"],
        organisation_code=row["organisation_code"],
        digest_at=from_ms(row["digest_at"]),
        away_on=None if row["away_on"] is None else date.fromisoformat(row["away_on"]),
        joined_at=from_ms(row["joined_at"]),
    )


def assignment(row: Mapping[str, Any]) -> Assignment:
    """One row of `assignment`."""
    return Assignment(
        id=row["id"],
        application_id=row["application_id"],
        person_id=row["person_id"],
        state=row["state"],
        reason=row["reason"],
        comment=row["comment"],
        assigned_at=from_ms(row["assigned_at"]),
        saved_at=from_ms(row["saved_at"]),
    )


def cards(rows: Iterable[Mapping[str, Any]], kept: Mapping[int, tuple[WorkPiece, ...]]) -> list[Card]:
    """Rows of assignments joined with their work and participants, those of one assignment together.

    `kept`: pieces of earlier versions, by the version in which they stand.
    """
    return [_card(list(group), kept) for _, group in groupby(rows, key=itemgetter("id"))]


def points(rows: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Points by criterion; a left join's empty row is none."""
    return {row["criterion"]: Decimal(str(row["points"])) for row in rows if row["criterion"] is not None}


def sheets(rows: Iterable[Mapping[str, Any]]) -> dict[int, tuple[Sheet, ...]]:
    """Rows of applications joined with assignments and scores, those of one assignment together."""
    found: dict[int, tuple[Sheet, ...]] = {}
    for (application_id, _), group in groupby(rows, key=itemgetter("application_id", "person_id")):
        found[application_id] = (*found.get(application_id, ()), *_sheet(list(group)))
    return found


def _sheet(rows: Sequence[Mapping[str, Any]]) -> tuple[Sheet, ...]:
    row = rows[0]
    if row["person_id"] is None:
        return ()
    conflict = (row["reason"] or "") if row["state"] == "conflict" else None
    return (Sheet(row["person_id"], row["application_id"], points(rows), row["comment"] or "", conflict),)


def _card(rows: Sequence[Mapping[str, Any]], kept: Mapping[int, tuple[WorkPiece, ...]]) -> Card:
    row = rows[0]
    return Card(
        assignment=assignment(row),
        number=row["number"],
        event_code=row["event_code"],
        category=row["category"],
        nomination=row["nomination"],
        age_group=row["age_group"],
        organisation_code=row["organisation_code"],
        organisation_name=row["organisation_name"],
        answers=json.loads(row["answers"]),
        participants=participants(rows),
        work=None if row["version"] is None else _work(row, kept.get(row["work_id"], ())),
        replaced=bool(row["replaced"]),
        team=row["team"],
    )


def _work(row: Mapping[str, Any], kept: tuple[WorkPiece, ...]) -> SeenWork:
    url, name, attachment, state = (row[key] for key in ("url", "file_name", "attachment", "check_state"))
    own = own_pieces(row["work_id"], from_ms(row["said_at"]), url, name, attachment, check_state=state)
    return SeenWork(
        version=row["version"],
        kind=row["kind"],
        url=row["url"],
        file_name=row["file_name"],
        attachment=row["attachment"],
        check_state=row["check_state"],
        pieces=(*kept, *own),
    )
