"""An event's applications, a stretch at a time, with whatever the wanted columns need beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.contest.applications import ApplicationState
from bot.contest.event.fields import ChoiceField, DateField, EventField
from bot.contest.exports.listings import OWN
from bot.contest.naming import full_name, people
from bot.documents.exports.cells import Value
from handlers.organizer.exports.wanted import Readers, Wanted, joined, page_link
from handlers.organizer.moderation.apps import is_meant
from handlers.seeing import Ledger, hiding_of_event, seen
from storage.application_rows import Application, Contact
from storage.outcomes import Decision
from storage.spans import Span
from storage.works import WorkVersion

#: Applications that are read at a time.
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Applications that follow each other."""

    applications: tuple[Application, ...]
    span: Span
    #: Whose names are not to be told.
    hiding: Ledger


@dataclass(frozen=True, slots=True)
class Entry:
    """An application as an organizer may see it, with what stands beside it."""

    application: Application
    hidden: bool = False
    contact: Contact | None = None
    page: str = ""
    work: WorkVersion | None = None
    decision: Decision | None = None


def states_of(wanted: Wanted) -> Collection[ApplicationState] | None:
    """The states that the filter lets through; None: any."""
    return (ApplicationState(wanted.filter.code),) if wanted.filter.code in set(ApplicationState) else None


async def stretches(wanted: Wanted, states: Collection[ApplicationState] | None = None) -> AsyncIterator[Stretch]:
    """All applications of the event that the filter lets through, in their order."""
    storage, code, after = wanted.desk.storage, wanted.running.code, 0
    while found := await storage.applications.of_event(code, states=states, limit=PAGE, after=after):
        span = Span(after, found[-1].ordinal)
        hiding = await hiding_of_event(wanted.desk, code, span)
        searched = wanted.filter.searched
        meant = [one for one in found if not searched or is_meant(seen(one, hiding), searched)]
        if meant:
            yield Stretch(tuple(meant), span, hiding)
        after = span.until


async def entries(wanted: Wanted, states: Collection[ApplicationState] | None = None) -> AsyncIterator[list[Entry]]:
    """The same with what stands beside them, as far as a column wants it."""
    exports, code = wanted.desk.storage.exports, wanted.running.code
    async for stretch in stretches(wanted, states):
        span = stretch.span
        contacts = await exports.contacts(code, span) if wanted.wants("phone", "email") else {}
        pages = await exports.page_names(code, span) if wanted.wants("page") else {}
        works = await wanted.desk.storage.works.of_event(code, span) if wanted.wants("work") else {}
        decisions = await wanted.desk.storage.outcomes.of_event(code, span) if wanted.wants("outcome") else {}
        yield [
            Entry(
                seen(one, stretch.hiding) if stretch.hiding.consents else one,
                is_hidden(stretch.hiding, one),
                contacts.get(one.id),
                pages.get(one.person_id, ""),
                works.get(one.id),
                decisions.get(one.id),
            )
            for one in stretch.applications
        ]


def is_hidden(hiding: Ledger, one: Application) -> bool:
    """Whether nobody of the application may be named."""
    if one.id not in hiding.consents:
        return False
    ids = [person.id for person in one.participants] or [None]
    return all(hiding.hides(one.id, id_) for id_ in ids)


def row_of(wanted: Wanted, readers: Readers[Entry], entry: Entry) -> list[Value]:
    """The row of one application; of one whose people may not be named, the number and what tells nothing of them."""
    if not entry.hidden:
        return wanted.row(readers, entry)
    return [
        None if column.personal and column.code != "who" else readers[column.code](entry) for column in wanted.columns
    ]


def row_with(wanted: Wanted, readers: Readers[Entry], entry: Entry, values: Mapping[str, Value]) -> list[Value]:
    """The same with values that the list has beside the application."""
    return row_of(wanted, {**readers, **{code: _just(value) for code, value in values.items()}}, entry)


def common(wanted: Wanted) -> dict[str, Callable[[Entry], Value]]:
    """What an application says of itself, whatever the list."""
    running, directory = wanted.running, wanted.desk.facts.directory
    nominations = {leaf.code: running.event.nomination_title(leaf.code) for leaf in running.event.leaves}
    groups = {group.code: group.title for group in running.event.age_groups}
    places = {code: directory.municipality(code) for code in directory.codes}

    schools = {code: directory.get(code).name_short for code in directory.codes}
    return {
        "number": lambda entry: entry.application.number,
        "who": lambda entry: named(entry.application),
        "grade": lambda entry: grades(entry.application),
        "school": lambda entry: schools.get(
            entry.application.organisation_code or "", entry.application.organisation_name
        ),
        "place": lambda entry: places.get(entry.application.organisation_code or "", ""),
        "nomination": lambda entry: nominations.get(entry.application.nomination or "", ""),
        "group": lambda entry: groups.get(entry.application.age_group or "", ""),
        "supervisor": lambda entry: entry.application.supervisor,
        "state": lambda entry: entry.application.state.label,
        "people": lambda entry: people(entry.application),
        "title": lambda entry: entry.application.title,
        "link": lambda entry: page_link(entry.application.person_id),
        "page": lambda entry: entry.page,
        "phone": lambda entry: entry.contact.phone if entry.contact else None,
        "email": lambda entry: entry.contact.email if entry.contact else None,
        "outcome": lambda entry: entry.decision.result.outcome.label if entry.decision else None,
        **{f"{OWN}{field.code}": _own(field) for field in running.event.fields},
    }


def named(one: Application) -> str:
    """As the diploma will have it, without the class; «участник № 5» where nobody may be named."""
    if not one.participants or one.title:
        return full_name(one) or f"участник № {one.ordinal}"
    if len(one.participants) == 1:
        return one.participants[0].name.formal
    return joined(person.name.formal for person in one.participants)


def grades(one: Application) -> str:
    """The classes of all its people, each once."""
    return joined(dict.fromkeys(person.grade.label for person in one.participants if person.grade))


def own_value(field: EventField, value: object) -> Value:
    """An answer to a question of the event, as people read it; a number stays one, a day too."""
    if isinstance(field, ChoiceField):
        titles = {option.code: option.title for option in field.options}
        chosen = value if isinstance(value, list) else [value] if value is not None else []
        return joined(titles.get(str(one), str(one)) for one in chosen)
    if isinstance(field, DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    return value if isinstance(value, bool | int | float | Decimal) or value is None else str(value)


def _just(value: Value) -> Callable[[Entry], Value]:
    return lambda _entry: value


def _own(field: EventField) -> Callable[[Entry], Value]:
    return lambda entry: own_value(field, entry.application.answers.get(field.code))
