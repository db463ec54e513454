"""Forgetting: names become numbers, contacts, links and words go; what is counted stays.

It writes other tables than its own on purpose: whoever is forgotten is forgotten everywhere, in one transaction.
What stays: states, points, places, outcomes, dates, classes, organisations, versions and hashes of consents, the
audit log (numbers of accounts alone), and of each forgotten participant whether the same person was then still known
by name elsewhere in the school year: so the figures count one person once, and nobody can be found by it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.contest.event.base import Category
from bot.contest.report.facts import Forgotten, school_year
from bot.contest.report.people import Known, counted_elsewhere
from bot.contest.retention import COUNTED
from storage import forgetting_papers
from storage.among import among
from storage.connection import Connection
from storage.events import Events, StoredEvent
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("forgetting")
#: Messages of the last day may still be edited.
FRESH = timedelta(days=1)
#: Shorter titles are words like any other.
SHORTEST = 5
_OF_APPLICATIONS = (
    "contacts", "works", "remarks", "protocol_words", "attempts", "stages", "signers", "links",
    "jury_questions",
)  # fmt: skip
_OVER_AND_DONE = (
    "messages_with", "updates_with", "jobs_with", "screens_with", "help_words_with", "help_calls_with",
    "jury_questions_with", "batches_with", "announcements_with",
)  # fmt: skip
_OF_EVENT = (
    "drafts_of_event", "imports_of_event", "deadlines_of_event", "protocols_of_event", "ties_of_event",
    "versions_of_event", "version_words_of_event", "signers_of_event",
    "announcements_of_event", "jurors_of_event", "former_jurors_of_event", "help_words_of_event", "help_calls_of_event",
)  # fmt: skip
_OF_PERSON = (
    "updates_of", "messages_of", "drafts_of", "memory_of", "incidents_of", "juror_of", "former_juror_of",
    "juror_words_of", "signed_by", "exports_of",
    "roles_of", "reminders_of", "jury_nods_of", "interests_of", "deadlines_of", "imports_of", "help_words_of",
    "help_calls_of", "jury_questions_of", "said_after_copy_to", "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Destruction:
    """What was destroyed of an event, without a name in it."""

    id: int
    event_code: str
    #: None: nobody, by a command at the terminal.
    decided_by: int | None
    destroyed_at: datetime
    counts: Mapping[str, int]


class Forgetting:
    """Takes people out of all tables. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def application(self, application_id: int, *, at: datetime) -> None:
        """Forget all people of one application, and what of them stands in messages."""
        meant = {"application_id": application_id, "event_code": None}
        called = [row async for row in QUERIES.names(self._connection, **meant)]
        for row in called:
            await self.traces(row["surname"], row["name"], at=at)
        names = [f"{row['surname']} {row['name']}" for row in called]
        await forgetting_papers.beside_application(self._connection, application_id, names)
        for word in await self._known_by(application_id):
            await self._over_and_done(word)
        await self._applications(meant, at=at)
        await QUERIES.drafts_of_application(self._connection, subject=str(application_id))

    async def participant(self, participant_id: int, *, at: datetime, leaves: bool) -> None:
        """Forget one of several. `leaves`: they take part no more, else only their name goes."""
        named = await QUERIES.name_of(self._connection, participant_id=participant_id)
        if named is not None:
            await self.traces(named["surname"], named["name"], at=at)
            name = f"{named['surname']} {named['name']}"
            await forgetting_papers.beside_participant(self._connection, participant_id, [name])
        await forgetting_papers.of_participant(self._connection, participant_id)
        application_id = await QUERIES.application_of(self._connection, participant_id=participant_id)
        meant = {"application_id": application_id, "event_code": None}
        elsewhere = {} if leaves else await self._counted_elsewhere(meant, [participant_id])
        for query in ("person_of", "signers_of", "links_of", "attempts_of", "protocol_words_of"):
            await getattr(QUERIES, query)(self._connection, participant_id=participant_id)
        await self._note_elsewhere(elsewhere)
        await QUERIES.drafts_of_participant(self._connection, subject=str(participant_id))
        if leaves:
            await QUERIES.leaves(self._connection, participant_id=participant_id, at=to_ms(at))

    async def person(self, person_id: int, *, at: datetime) -> None:
        """Forget an account: everything but its number. Its applications are forgotten one by one before."""
        await QUERIES.due_messages_of(self._connection, person_id=person_id, at=to_ms(at))
        await QUERIES.jobs_of(self._connection, pattern=_asked_by(person_id))
        for query in _OF_PERSON:
            await getattr(QUERIES, query)(self._connection, person_id=person_id)
        await forgetting_papers.of_person(self._connection, person_id)

    async def talk_of(self, person_id: int) -> None:
        """Forget what a person wrote, in whatever spelling, and what they were answered, as far as it is done."""
        await QUERIES.updates_of(self._connection, person_id=person_id)
        await QUERIES.messages_of(self._connection, person_id=person_id)
        await QUERIES.said_after_copy_to(self._connection, person_id=person_id)
        await QUERIES.done_jobs_of(self._connection, pattern=_asked_by(person_id))
        await QUERIES.help_words_done_of(self._connection, person_id=person_id)

    async def traces(self, surname: str, name: str, *, at: datetime) -> None:
        """Forget messages, updates and work of ours that name somebody so; one that is on its way is not sent.

        Of what is over and done with, a message too many may go: nobody reads it again.
        """
        await self._over_and_done(surname)
        await QUERIES.imports_with(self._connection, pattern=f'%"{surname}%', at=to_ms(at))
        await QUERIES.due_messages_with(self._connection, pattern=f"%{surname} {name}%", at=to_ms(at))

    async def counts(self, event_code: str) -> dict[str, int]:
        """How much is still kept of an event."""
        row = await QUERIES.counts(self._connection, event_code=event_code)
        return {name: int(row[name]) for name in COUNTED}

    async def is_kept(self, event_code: str) -> bool:
        """Whether anybody of an event is still known by name."""
        return bool(await QUERIES.is_kept(self._connection, event_code=event_code))

    async def event(self, event_code: str, *, by: int | None, at: datetime) -> Destruction:
        """Destroy the personal data of an event, and keep how much it was."""
        counts = await self.counts(event_code)
        meant = {"application_id": None, "event_code": event_code}
        before = to_ms(at - FRESH)
        messages = await QUERIES.old_messages(self._connection, before=before)
        for query in ("old_batches", "old_updates", "old_jobs", "old_screens", "old_said_after_copy"):
            await getattr(QUERIES, query)(self._connection, before=before)
        await self._applications(meant, at=at)
        for query in _OF_EVENT:
            await getattr(QUERIES, query)(self._connection, event_code=event_code)
        destroyed = json.dumps({**counts, "messages": messages})
        row = await QUERIES.note(self._connection, event_code=event_code, by=by, at=to_ms(at), counts=destroyed)
        return _destruction(row)

    async def destructions(self) -> list[Destruction]:
        """Everything that was destroyed, newest first."""
        return [_destruction(row) async for row in QUERIES.notes(self._connection)]

    async def _over_and_done(self, word: str) -> None:
        for query in _OVER_AND_DONE:
            await getattr(QUERIES, query)(self._connection, pattern=f"%{json.dumps(word, ensure_ascii=False)[1:-1]}%")
        await QUERIES.said_after_copy_with(self._connection, word=f"%{word}%")

    async def _known_by(self, application_id: int) -> list[str]:
        """Links, names of files and titles; those too short to tell anybody from another are left out."""
        rows = QUERIES.handed_in(self._connection, application_id=application_id)
        answers = json.loads(await QUERIES.answers_of(self._connection, application_id=application_id) or "{}")
        found = [row["word"] async for row in rows] + [str(answers.get("_title") or "")]
        return [line for word in found for line in word.split("\n") if len(line) >= SHORTEST]

    async def _applications(self, meant: Mapping[str, object], *, at: datetime) -> None:
        units = [
            {"id": row["id"], "answers": json.dumps({"_unit": json.loads(row["answers"])["_unit"]})}
            async for row in QUERIES.with_unit(self._connection, **meant)
        ]
        elsewhere = await self._counted_elsewhere(meant)
        await QUERIES.people(self._connection, **meant)
        await self._note_elsewhere(elsewhere)
        for query in _OF_APPLICATIONS:
            await getattr(QUERIES, query)(self._connection, **meant)
        await forgetting_papers.of_applications(self._connection, meant)
        await QUERIES.applications(self._connection, **meant, at=to_ms(at))
        if units:
            await QUERIES.put_answers(self._connection, units)

    async def _counted_elsewhere(
        self, meant: Mapping[str, object], participants: Collection[int] | None = None
    ) -> dict[int, Forgotten]:
        """Of those who are forgotten now (None: all of the applications that are meant), where they still count."""
        code = meant["event_code"] or await QUERIES.event_of(self._connection, application_id=meant["application_id"])
        years = {stored.code: _year_and_number(stored) for stored in await Events(self._connection).all()}
        year = years.get(str(code), ("", ""))[0]
        numbers = {event: number for event, (of, number) in years.items() if of == year}
        rows = [row async for row in QUERIES.named(self._connection, **meant, events=among(numbers))]
        known = [_known(row, numbers[row["event_code"]]) for row in rows]
        ours = [
            row["id"]
            for row in rows
            if code == row["event_code"] and meant["application_id"] in (None, row["application_id"])
        ]
        return counted_elsewhere(known, set(ours if participants is None else participants))

    async def _note_elsewhere(self, found: Mapping[int, Forgotten]) -> None:
        if found:
            values = [{"id": id_, "forgotten_as": where.value} for id_, where in found.items()]
            await QUERIES.counted_elsewhere(self._connection, values)


def _year_and_number(stored: StoredEvent) -> tuple[str, str]:
    """The school year of an event and its number in the report, without reading all of it."""
    said = json.loads(stored.definition)
    closes_at = said.get("closes_at")
    year = school_year(datetime.fromisoformat(closes_at)) if closes_at else ""
    return year, said.get("report_number") or stored.code


def _known(row: Mapping[str, Any], number: str) -> Known:
    return Known(
        id=row["id"],
        event=number,
        surname=row["surname"],
        name=row["name"],
        patronymic=row["patronymic"],
        is_teacher=row["category"] == Category.TEACHER,
        organisation_code=row["organisation_code"],
        organisation=row["organisation_name"],
    )


def _asked_by(person_id: int) -> str:
    """In the argument of a job, whose last word is who asked for it."""
    return f'%"person_id": {person_id}}}%'


def _destruction(row: Mapping[str, Any]) -> Destruction:
    return Destruction(
        id=row["id"],
        event_code=row["event_code"],
        decided_by=row["decided_by"],
        destroyed_at=from_ms(row["destroyed_at"]),
        counts=json.loads(row["counts"]),
    )
