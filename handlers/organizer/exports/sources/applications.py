"""Applications, people, works, consents, schools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.contest.consent_states import Category, PersonConsents
from bot.contest.event.units import Pair
from bot.contest.exports.listings import OWN
from bot.documents.exports.cells import Value
from handlers.organizer.exports.sources.entries import Entry, common, entries, is_hidden, own_value, row_of, states_of
from handlers.organizer.exports.sources.entries import stretches as stretches_of
from handlers.organizer.exports.wanted import Rows, Wanted, joined
from handlers.organizer.moderation.works_shown import work_state
from handlers.organizer.wording import BROKEN, NEEDS_LOGIN, UNKNOWN
from handlers.participant.works.composition import is_whole
from handlers.seeing import ledger_of_event
from storage.application_rows import Application, Participant
from storage.outcomes import Decision
from storage.spans import Span
from storage.works import WorkVersion

_STATES_OF_LINKS = {"broken": BROKEN, "needs_login": (NEEDS_LOGIN,), "unknown": UNKNOWN}
_CATEGORIES = {
    Category.NAME: "имя",
    Category.RESULT: "результат",
    Category.MEDIA: "фото и видео",
    Category.WORK: "работа",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of an application; None: it names nobody, or not this one."""

    entry: Entry
    person: Participant | None
    position: int
    consents: PersonConsents | None = None


class States:
    """What is said of works. The same is said of many, so it is put into words once."""

    def __init__(self, wanted: Wanted) -> None:
        self._desk, self._event = wanted.desk, wanted.running.event
        self._submission_for = lru_cache(maxsize=None)(self._event.submission_for)
        self._said: dict[tuple[str, bool], str] = {}

    def of(self, entry: Entry) -> str:
        """«ссылка открывается», «работы нет»; empty where nothing is handed in."""
        work = entry.work
        if self._event.submission is None:
            return ""
        if work is None:
            return self._desk.say("org.no_work")
        submission = self._submission_for(entry.application.nomination)
        key = (work.state, submission is None or is_whole(submission, work.pieces))
        if key not in self._said:
            self._said[key] = work_state(self._desk, self._event, entry.application, work)
        return self._said[key]


async def applications(wanted: Wanted) -> Rows:
    """A row an application."""
    say, directory = lru_cache(maxsize=None)(wanted.desk.say), wanted.desk.facts.directory
    codes, works = directory.codes, States(wanted)
    readers = common(wanted) | {
        "known": lambda entry: "да" if entry.application.organisation_code in codes else "нет",
        "reason": lambda entry: entry.application.reason,
        "role": lambda entry: say(f"org.role.{entry.application.applicant_role}"),
        "origin": lambda entry: say(f"exports.origin.{entry.application.origin}"),
        "created": lambda entry: entry.application.created_at,
        "updated": lambda entry: entry.application.updated_at,
        "accepted": lambda entry: entry.application.accepted_at,
        "work": works.of,
    }
    async for page in entries(wanted, states_of(wanted)):
        for entry in page:
            yield row_of(wanted, readers, entry)


async def people(wanted: Wanted) -> Rows:
    """A row a person; an application that names nobody has one row too, so that nothing is lost."""
    readers = _people_readers(wanted)
    storage, code = wanted.desk.storage, wanted.running.code
    async for stretch in stretches_of(wanted, states_of(wanted)):
        decisions: dict[int, Decision] = (
            await storage.outcomes.of_event(code, stretch.span) if wanted.wants("outcome") else {}
        )
        for one in stretch.applications:
            entry = Entry(one, is_hidden(stretch.hiding, one), decision=decisions.get(one.id))
            for position, person in enumerate(one.participants or (None,), 1):
                hidden = stretch.hiding.hides(one.id, person.id if person else None)
                about = Somebody(entry, None if hidden else person, position)
                yield [
                    None if hidden and column.personal and column.code != "surname" else readers[column.code](about)
                    for column in wanted.columns
                ]


def _people_readers(wanted: Wanted) -> dict[str, Callable[[Somebody], Value]]:
    roles = _roles(wanted)
    fields = {field.code: field for field in wanted.running.event.fields}

    def own(code: str) -> Callable[[Somebody], Value]:
        return lambda about: own_value(fields[code], about.person.answers.get(code)) if about.person else None

    return {
        **_of_entry(wanted),
        "position": lambda about: about.position if about.person else None,
        "surname": lambda about: about.person.name.surname if about.person else _number(about.entry.application),
        "name": lambda about: about.person.name.name if about.person else None,
        "patronymic": lambda about: about.person.name.patronymic if about.person else None,
        "grade": lambda about: about.person.grade.label if about.person and about.person.grade else None,
        "member": lambda about: roles.get(about.person.role or "", "") if about.person else None,
        **{f"{OWN}{code}": own(code) for code in fields},
    }


async def consents(wanted: Wanted) -> Rows:
    """A row a person, with both consents as they stand today."""
    readers: dict[str, Callable[[Somebody], Value]] = {
        **_of_entry(wanted),
        "who": lambda about: about.person.name.formal if about.person else _number(about.entry.application),
        "grade": lambda about: about.person.grade.label if about.person and about.person.grade else None,
        "processing": lambda about: about.consents.processing.state.label if about.consents else None,
        "publication": lambda about: about.consents.publication.state.label if about.consents else None,
        "published": lambda about: _published(about.consents),
    }
    storage, code = wanted.desk.storage, wanted.running.code
    async for stretch in stretches_of(wanted):
        ledger = await ledger_of_event(wanted.desk, code, stretch.span)
        pages = await storage.exports.page_names(code, stretch.span) if wanted.wants("page") else {}
        for one in stretch.applications:
            entry = Entry(one, is_hidden(stretch.hiding, one), page=pages.get(one.person_id, ""))
            for position, (person, held) in enumerate(ledger.of_all(one), 1):
                if wanted.filter.code == "lacking" and held.processing.in_force:
                    continue
                hidden = held.hidden or stretch.hiding.hides(one.id, person.id if person else None)
                about = Somebody(entry, None if hidden else person, position, held)
                yield wanted.row(readers, about)


async def works(wanted: Wanted) -> Rows:
    """A row an application with its last version of the work."""

    def of(read: Callable[[WorkVersion], Value]) -> Callable[[Entry], Value]:
        return lambda entry: None if entry.work is None else read(entry.work)

    readers = common(wanted) | {
        "name": lambda entry: str(entry.application.answers.get("_title") or "") or None,
        "state_of_work": States(wanted).of,
        "links": of(lambda work: joined(work.links)),
        "files": of(lambda work: joined(piece.name for piece in work.pieces if not piece.url)),
        "version": of(lambda work: work.version),
        "handed_in": of(lambda work: work.said_at),
        "checked": of(lambda work: work.checked_at),
    }
    async for page in entries(wanted, states_of(wanted)):
        span = Span(page[0].application.ordinal - 1, page[-1].application.ordinal)
        found = await wanted.desk.storage.works.of_event(wanted.running.code, span)
        for entry in page:
            with_work = replace(entry, work=found.get(entry.application.id))
            if _lets_through(wanted.filter.code, with_work.work):
                yield row_of(wanted, readers, with_work)


async def schools(wanted: Wanted) -> Rows:
    """A row an organisation."""
    directory = wanted.desk.facts.directory
    for one in await wanted.desk.storage.applications.organisations(wanted.running.code):
        known = one.code is not None and one.code in directory.codes
        if wanted.filter.code == "unknown" and known:
            continue
        code = one.code or ""
        values: dict[str, Value] = {
            "school": directory.get(code).name_short if known else one.name,
            "place": directory.municipality(code) if known else None,
            "region": directory.region(code) if known else None,
            "known": "да" if known else "нет",
            "applications": one.applications,
            "people": one.participants,
        }
        yield [values[column.code] for column in wanted.columns]


def _of_entry(wanted: Wanted) -> dict[str, Callable[[Somebody], Value]]:
    """What a person's row says of the application."""
    readers = common(wanted)

    def of(read: Callable[[Entry], Value]) -> Callable[[Somebody], Value]:
        return lambda about: read(about.entry)

    return {code: of(read) for code, read in readers.items()}


def _number(one: Application) -> str:
    return f"участник № {one.ordinal}"


def _roles(wanted: Wanted) -> dict[str, str]:
    """What members are called, by the code that is kept."""
    named = {member.code: member.title for unit in wanted.running.event.units if isinstance(unit, Pair)
             for member in unit.members}  # fmt: skip
    return {"captain": "капитан", **named}


def _published(held: PersonConsents | None) -> str:
    if held is None or not held.publication.in_force:
        return ""
    return joined(_CATEGORIES[one] for one in Category if one in held.publication.categories)


def _lets_through(code: str, work: WorkVersion | None) -> bool:
    if code == "none":
        return work is None
    return code not in _STATES_OF_LINKS or (work is not None and work.state in _STATES_OF_LINKS[code])
