"""The school year as rows for its report, and what the coordinator adds to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from bot.contest.event.base import Category
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import Attendance, UnitKind
from bot.contest.naming import UNIT_KEY
from bot.contest.papers.content import PaperKind
from bot.contest.report.facts import Document, Entry, Expert, Forgotten, Someone, year_of
from bot.contest.stages import Going, fate
from storage.among import among
from storage.connection import Connection
from storage.events import Events, StoredEvent, definition_of
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("report")
#: Rows of one page.
PAGE = 5_000
#: Whether a participant (of an application) may not be named.
Hides = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Written:
    """One version of what the coordinator wrote."""

    section: str
    text: str
    written_by: int
    written_at: datetime


class Reports:
    """Reads what a year consists of; writes the `report_text` and `report_figure` tables. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def events(self, year: str) -> list[tuple[Event, StoredEvent]]:
        """The events of a school year («2020-21»), by code."""
        found = [(definition_of(stored), stored) for stored in await Events(self._connection).all()]
        return [pair for pair in found if year_of(pair[0]) == year]

    async def years(self) -> list[str]:
        """The school years of which there are events, the latest first."""
        return sorted({year_of(definition_of(stored)) for stored in await Events(self._connection).all()}, reverse=True)

    async def entries(
        self,
        events: Collection[Event],
        *,
        hides: Hides = lambda _application, _participant: False,
        organisation: str | None = None,
        person: int | None = None,
    ) -> tuple[Entry, ...]:
        """The applications of these events with their people; of one organisation or of one applicant alone."""
        narrow = {"events": _among(events), "organisation": organisation, "person": person}
        people: dict[int, list[tuple[int, Someone]]] = defaultdict(list)
        async for row in self._pages(QUERIES.participants, narrow):
            people[row["application_id"]].append((row["position"], _someone(row, hides)))
        stages = await self._stages(events)
        by_code = {event.code: event for event in events}
        found = []
        async for row in self._pages(QUERIES.applications, narrow):
            own = tuple(one for _, one in sorted(people.pop(row["id"], ()), key=lambda pair: pair[0]))
            found.append(_entry(row, by_code[row["event_code"]], own, stages))
        return tuple(found)

    async def experts(self, events: Collection[Event], names: Mapping[str, str]) -> tuple[Expert, ...]:
        """The members of the juries; `names` are those of organisations by code."""
        rows = QUERIES.experts(self._connection, events=_among(events))
        return tuple(
            [
                Expert(
                    row["person_id"],
                    row["event_code"],
                    row["full_name"],
                    names.get(row["organisation_code"] or "", row["organisation_code"] or ""),
                    row["scored"],
                )
                async for row in rows
            ]
        )

    async def documents(self, events: Collection[Event]) -> tuple[Document, ...]:
        """The papers that hold."""
        rows = self._pages(QUERIES.papers, {"events": _among(events)})
        return tuple([_document(row) async for row in rows])

    async def hiding(self, events: Collection[Event], *, before: datetime) -> frozenset[str]:
        """At which events somebody may have to be hidden; consents older than `before` have ended."""
        rows = QUERIES.hiding(self._connection, events=_among(events), before=to_ms(before))
        return frozenset([row["event_code"] async for row in rows])

    async def words(self, year: str) -> dict[str, str]:
        """What the coordinator has written about a year, by section."""
        return {row["section"]: row["text"] async for row in QUERIES.words(self._connection, year=year)}

    async def versions(self, year: str, section: str) -> list[Written]:
        """All that was ever written in a section, newest first."""
        rows = QUERIES.versions(self._connection, year=year, section=section)
        return [
            Written(row["section"], row["text"], row["written_by"], from_ms(row["written_at"])) async for row in rows
        ]

    async def write(self, year: str, section: str, text: str, *, by: int, at: datetime) -> None:
        """Keep a new version of a section; an empty text takes the section out of the report."""
        await QUERIES.write(self._connection, year=year, section=section, text=text, by=by, at=to_ms(at))

    async def typed(self, year: str) -> dict[str, int]:
        """Figures of a year that were typed in, by measure."""
        return {row["figure"]: row["value"] async for row in QUERIES.typed(self._connection, year=year)}

    async def type(self, year: str, figure: str, value: int | None, *, by: int, at: datetime) -> None:
        """Keep a figure of a year that the database has not got; None takes it back."""
        await QUERIES.type(self._connection, year=year, figure=figure, value=value, by=by, at=to_ms(at))

    async def _pages(self, query: Any, values: Mapping[str, object]) -> AsyncIterator[Mapping[str, Any]]:
        """Each row, a page at a time, so that never more than a page of them is in hand."""
        after = 0
        while rows := [row async for row in query(self._connection, **values, after=after, most=PAGE)]:
            for row in rows:
                yield row
            after = rows[-1]["id"]

    async def _stages(self, events: Collection[Event]) -> Callable[[Event, int], tuple[str, ...]]:
        """To which stages an application of an event came."""
        decided: dict[int, dict[str, Going]] = defaultdict(dict)
        held: dict[str, set[str]] = defaultdict(set)
        cut = [event for event in events if any(stage.is_cut for stage in event.stages)]
        async for row in QUERIES.standings(self._connection, events=_among(cut)):
            going = Going(row["state"])
            decided[row["application_id"]][row["stage_code"]] = going
            if going is not Going.CHOSEN:
                held[row["event_code"]].add(row["stage_code"])

        def came_to(event: Event, application_id: int) -> tuple[str, ...]:
            were = {stage.code: stage.code in held[event.code] for stage in event.stages}
            end = fate(event, decided.get(application_id, {}), held=were)
            last = end.out or end.waiting
            codes = [stage.code for stage in event.stages]
            reached = codes if last is None else codes[: codes.index(last.code) + 1]
            skipped = {stage.code for stage in event.stages if stage.is_cut and stage.optional and not were[stage.code]}
            return tuple(code for code in reached if code not in skipped)

        return came_to


def _among(events: Collection[Event]) -> str | None:
    return among([event.code for event in events])


def _someone(row: Mapping[str, Any], hides: Hides) -> Someone:
    return Someone(
        id=row["id"],
        surname=row["surname"],
        name=row["name"],
        patronymic=row["patronymic"],
        grade=row["grade"],
        forgotten=None if row["forgotten_as"] is None else Forgotten(row["forgotten_as"]),
        hidden=hides(row["application_id"], row["id"]),
    )


def _entry(
    row: Mapping[str, Any],
    event: Event,
    people: tuple[Someone, ...],
    stages: Callable[[Event, int], tuple[str, ...]],
) -> Entry:
    unit, role = _unit(row["answers"], event)
    return Entry(
        id=row["id"],
        number=row["number"],
        event=event.code,
        state=ApplicationState(row["state"]),
        category=Category(row["category"]),
        organisation_code=row["organisation_code"],
        organisation=row["organisation_name"],
        accepted=row["accepted_at"] is not None,
        handed_in=bool(row["handed_in"]),
        unit=unit,
        nomination=row["nomination"],
        title=row["title"],
        supervisor=row["supervisor"],
        headcount=row["headcount"],
        role=role,
        outcome=None if row["outcome"] is None else OutcomeKind(row["outcome"]),
        outcome_title=row["outcome_title"] or "",
        stages=stages(event, row["id"]),
        people=people,
    )


def _unit(answers: str, event: Event) -> tuple[UnitKind, str | None]:
    """In what form, and in what role; an event of one form and no roles needs no look at the answers."""
    usual = event.unit
    role_field = usual.role_field if isinstance(usual, Attendance) else None
    if not event.other_units and role_field is None:
        return usual.kind, None
    said = json.loads(answers)
    unit = next((one.kind for one in event.units if one.kind == said.get(UNIT_KEY)), usual.kind)
    role = said.get(role_field) if role_field else None
    return unit, role if isinstance(role, str) else None


def _document(row: Mapping[str, Any]) -> Document:
    kind = next((one.label for one in PaperKind if one == row["kind"]), str(row["kind"]))
    issued_on = from_ms(row["issued_at"]).astimezone(TOMSK).date()
    return Document(row["number"], row["event_code"], kind, issued_on, row["application_id"])
