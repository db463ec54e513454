"""Applications: who takes part in what, and how far it has come."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.contest.applications import ApplicationState
from bot.contest.grades import Grade
from bot.contest.names import FullName
from storage.among import among
from storage.application_rows import Application, Contact, Form, Participant, applications, matched
from storage.conflicts import MissingError, StaleError, in_our_words
from storage.connection import Connection
from storage.sql import load
from storage.times import to_ms

QUERIES = load("applications")
#: No limit, as both databases take it.
EVERY = 2**31 - 1
_ALIVE = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class OrganisationCount:
    """How many come from one organisation; `code` None is one that the directory lacks."""

    code: str | None
    name: str
    applications: int
    participants: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What becomes a new application."""

    form: Form
    state: ApplicationState
    contact: Contact


@dataclass(frozen=True, slots=True)
class Changed:
    """An application as it was read, with what stands in it from now on; `contact` None leaves that."""

    before: Application
    form: Form
    contact: Contact | None = None


class Applications:
    """The `application`, `participant` and `contact` tables; nothing else writes them. The caller commits.

    Where `states` is taken, None means any state.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        form: Form,
        *,
        event_code: str,
        person_id: int,
        state: ApplicationState,
        contact: Contact,
        number: Callable[[int], str],
        at: datetime,
        origin: str = "chat",
    ) -> Application:
        """Keep a new application under the event's next ordinal; `number` makes its number of that.

        Raises MissingError (event or person), DuplicateError where another event gives the same numbers.
        """
        entered = [Entered(form, state, contact)]
        return (
            await self.add_all(entered, event_code=event_code, person_id=person_id, number=number, at=at, origin=origin)
        )[0]

    async def add_all(
        self,
        entered: Sequence[Entered],
        *,
        event_code: str,
        person_id: int,
        number: Callable[[int], str],
        at: datetime,
        origin: str = "chat",
    ) -> list[Application]:
        """Keep new applications, with ordinals in their order: a few statements, however many there are.

        Raises MissingError (event or person), DuplicateError where another event gives the same numbers.
        """
        last: int | None = await QUERIES.take_ordinals(self._connection, event_code=event_code, count=len(entered))
        if last is None:
            raise MissingError(f"event {event_code}")
        first = last - len(entered) + 1
        shared = {"event_code": event_code, "person_id": person_id, "origin": origin, "at": to_ms(at)}
        values = [
            {**shared, "ordinal": ordinal, "number": number(ordinal), "state": one.state, **_columns(one.form)}
            for ordinal, one in enumerate(entered, start=first)
        ]
        with in_our_words():
            await QUERIES.add(self._connection, values)
        rows = QUERIES.ids(self._connection, event_code=event_code, first=first, last=last)
        by_id = dict(zip([row["id"] async for row in rows], entered, strict=True))
        await self._add_participants(
            {id_: dict(enumerate(one.form.participants, start=1)) for id_, one in by_id.items()}
        )
        await self._put_contacts({id_: one.contact for id_, one in by_id.items()})
        return await self.of_event(event_code, after=first - 1, limit=len(entered))

    async def change(
        self, application_id: int, form: Form, *, revision: int, at: datetime, contact: Contact | None = None
    ) -> Application:
        """Replace what was filled in, in the application as it was at `revision`; `contact` None leaves that.

        Raises StaleError if it has changed since, MissingError.
        """
        before = await self._read(application_id)
        if before.revision != revision:
            raise _stale(before)
        await self.change_all([Changed(before, form, contact)], at=at)
        return await self._read(application_id)

    async def put_right(self, participant_id: int, name: FullName, grade: Grade | None) -> None:
        """The name and the class of one person, who stays the same whatever they were called before.

        The rest of the application, whose revision grows with it, is put right by `change`.
        """
        values = _values(Participant(name, grade))
        await QUERIES.put_right(
            self._connection,
            id=participant_id,
            **{key: value for key, value in values.items() if key not in ("role", "answers")},
        )

    async def change_all(self, changed: Sequence[Changed], *, at: datetime) -> None:
        """Replace what was filled in, in applications as they were read: a few statements, however many there are.

        Raises StaleError if one of them has changed since.
        """
        if not changed:
            return
        values = [
            {"id": one.before.id, "revision": one.before.revision, "at": to_ms(at), **_columns(one.form)}
            for one in changed
        ]
        if await QUERIES.change(self._connection, values) != len(changed):
            raise StaleError("an application has changed since it was read")
        await self._change_participants(changed)
        await self._put_contacts({one.before.id: one.contact for one in changed if one.contact is not None})

    async def set_state(
        self,
        application_id: int,
        state: ApplicationState,
        *,
        reason: str | None,
        at: datetime,
        revision: int | None = None,
    ) -> None:
        """Move it to a state; given a `revision`, only as it was then.

        Raises StaleError if it has changed since, MissingError.
        """
        moved = await QUERIES.set_state(
            self._connection, id=application_id, state=state, reason=reason, at=to_ms(at), revision=revision
        )
        if not moved:
            raise _stale(await self._read(application_id))

    async def hold_back(self, application_id: int) -> None:
        """It waits for a seat: not accepted yet, even where everybody is accepted at once."""
        await QUERIES.hold_back(self._connection, id=application_id)

    async def get(self, application_id: int) -> Application | None:
        """The application, or None."""
        rows = [row async for row in QUERIES.get(self._connection, id=application_id)]
        return next(iter(applications(rows)), None)

    async def by_number(self, number: str) -> Application | None:
        """The application of this very number, or None."""
        rows = [row async for row in QUERIES.by_number(self._connection, number=number)]
        return next(iter(applications(rows)), None)

    async def of_person(self, person_id: int, event_code: str | None = None) -> list[Application]:
        """What a person has sent, oldest first; of one event, or of all."""
        rows = QUERIES.of_person(self._connection, person_id=person_id, event_code=event_code)
        return applications([row async for row in rows])

    async def of_people(self, event_code: str, first: int, last: int) -> list[Application]:
        """What people with ids from `first` to `last` have sent to an event, by person, oldest first."""
        rows = QUERIES.of_people(self._connection, event_code=event_code, first=first, last=last)
        return applications([row async for row in rows])

    async def count_of_person(self, person_id: int) -> int:
        """How many a person has sent, to whatever event."""
        return int(await QUERIES.count_of_person(self._connection, person_id=person_id))

    async def of_event(
        self,
        event_code: str,
        *,
        states: Collection[ApplicationState] | None = None,
        limit: int = EVERY,
        after: int = 0,
    ) -> list[Application]:
        """An event's applications by ordinal, all or at most `limit`, of those after the ordinal `after`."""
        rows = QUERIES.of_event(self._connection, event_code=event_code, states=among(states), limit=limit, after=after)
        return applications([row async for row in rows])

    async def taught(self, event_code: str) -> dict[int, str]:
        """The teachers of an event's applications as they are named, by application; those without any are left out."""
        rows = QUERIES.taught(self._connection, event_code=event_code)
        return {row["id"]: row["supervisor"] async for row in rows}

    async def of_event_without_work(
        self, event_code: str, *, states: Collection[ApplicationState] | None = None
    ) -> list[Application]:
        """Those that have handed in nothing, by ordinal."""
        rows = QUERIES.without_work(self._connection, event_code=event_code, states=among(states))
        return applications([row async for row in rows])

    async def duplicates(self, event_code: str, duplicate_key: str) -> list[Application]:
        """Those that may be one and the same participant, in whatever state, oldest first."""
        rows = QUERIES.duplicates(self._connection, event_code=event_code, duplicate_key=duplicate_key)
        return applications([row async for row in rows])

    async def count_by_state(self, event_code: str) -> dict[ApplicationState, int]:
        """How many applications of an event are in each state that occurs."""
        rows = QUERIES.count_by_state(self._connection, event_code=event_code)
        return {ApplicationState(row["state"]): row["applications"] async for row in rows}

    async def applicants(
        self, event_code: str, *, states: Collection[ApplicationState] | None = None
    ) -> dict[int, tuple[int, ...]]:
        """Who has applied, with the ids of their applications."""
        found: dict[int, tuple[int, ...]] = {}
        async for row in QUERIES.applicants(self._connection, event_code=event_code, states=among(states)):
            found[row["person_id"]] = (*found.get(row["person_id"], ()), row["id"])
        return found

    async def organisations(
        self, event_code: str, *, states: Collection[ApplicationState] | None = None
    ) -> list[OrganisationCount]:
        """Which organisations take part, the most numerous first."""
        rows = QUERIES.organisations(self._connection, event_code=event_code, states=among(states))
        return [
            OrganisationCount(row["code"], row["name"], row["applications"], row["participants"]) async for row in rows
        ]

    async def contact(self, application_id: int) -> Contact | None:
        """How to reach the applicant, for those who may know it."""
        row = await QUERIES.contact(self._connection, application_id=application_id)
        return None if row is None else Contact(row["phone"], row["email"])

    async def contacts_of(self, person_id: int, event_code: str) -> dict[int, Contact]:
        """How to reach the applicant, by application, of all that a person has sent for an event."""
        rows = QUERIES.contacts_of(self._connection, person_id=person_id, event_code=event_code)
        return {row["application_id"]: Contact(row["phone"], row["email"]) async for row in rows}

    async def keys_of_others(self, event_code: str, person_id: int) -> frozenset[str]:
        """What the participants of an event are told apart by, whom others than this person have entered."""
        rows = QUERIES.keys_of_others(
            self._connection, event_code=event_code, person_id=person_id, states=among(_ALIVE)
        )
        return frozenset([row["duplicate_key"] async for row in rows])

    async def _change_participants(self, changed: Sequence[Changed]) -> None:
        """Who stays keeps their row, and with it what was decided about them."""
        ids = [{"application_id": one.before.id} for one in changed]
        fresh: dict[int, dict[int, Participant]] = {}
        kept: list[dict[str, str | int | None]] = []
        for one in changed:
            people = one.form.participants
            found = matched(one.before.participants, people)
            for position, (person, id_) in enumerate(zip(people, found, strict=True), start=1):
                if id_ is None:
                    fresh.setdefault(one.before.id, {})[position] = person
                else:
                    kept.append({"id": id_, "position": position, **_values(person)})
        await QUERIES.set_aside_participants(self._connection, ids)
        if kept:
            await QUERIES.put_participant(self._connection, kept)
        await QUERIES.drop_participants(self._connection, ids)
        await self._add_participants(fresh)

    async def _add_participants(self, people: Mapping[int, Mapping[int, Participant]]) -> None:
        """`people`: by the application's id, each person by their position."""
        values = [
            {"application_id": application_id, "position": position, **_values(person)}
            for application_id, placed in people.items()
            for position, person in placed.items()
        ]
        if values:
            await QUERIES.add_participants(self._connection, values)

    async def _put_contacts(self, contacts: Mapping[int, Contact]) -> None:
        values = [
            {"application_id": application_id, "phone": contact.phone, "email": contact.email}
            for application_id, contact in contacts.items()
        ]
        if values:
            await QUERIES.put_contact(self._connection, values)

    async def _read(self, application_id: int) -> Application:
        application = await self.get(application_id)
        if application is None:
            raise MissingError(f"application {application_id}")
        return application


def _stale(application: Application) -> StaleError:
    return StaleError(f"application {application.id} is at revision {application.revision}")


def _values(person: Participant) -> dict[str, str | int | None]:
    grade = person.grade or Grade()
    return {
        "surname": person.name.surname,
        "name": person.name.name,
        "patronymic": person.name.patronymic,
        "grade": grade.number,
        "letter": grade.letter or None,
        "preschool_group": grade.group,
        "role": person.role,
        "answers": json.dumps(dict(person.answers), ensure_ascii=False),
    }


def _columns(form: Form) -> dict[str, str | int | None]:
    return {
        "applicant_role": form.applicant_role,
        "category": form.category,
        "nomination": form.nomination,
        "age_group": form.age_group,
        "organisation_code": form.organisation_code,
        "organisation_name": form.organisation_name,
        "supervisor": form.supervisor,
        "title": form.title,
        "headcount": form.headcount,
        "answers": json.dumps(dict(form.answers), ensure_ascii=False),
        "duplicate_key": form.duplicate_key,
    }
