"""Thinking a table over, aside: what is known is gathered in one short look, the rows are judged in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from bot.contest.bulk import Column, Heading, find_heading, lines_of
from bot.contest.bulk_matching import Fate
from bot.contest.entry_limits import Entry
from bot.contest.people import Person
from bot.documents.file import File
from bot.documents.tables.sheet import Wrong as WrongCell
from bot.documents.tables.sheet import draw
from bot.talk.incoming import Act, Incoming
from handlers.events import Running, event_of
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Think, Thought
from handlers.participant import deadlines, entry_limits
from handlers.participant.form import answers_of
from handlers.teacher.answering import Wrong
from handlers.teacher.blank import form_for
from handlers.teacher.columns import columns_of, needed, possible
from handlers.teacher.plan import Facts, Item, Known, Plan
from handlers.teacher.planning import planned
from handlers.teacher.standing import known_now, revisions, rules_passed
from storage.application_rows import Application, Contact
from storage.imports import Import
from storage.storage import Storage

THINKER = "bulk"


def ask(case: Case, import_id: int, *, said_at: datetime) -> None:
    """Have a table judged as it would be at `said_at`, the messenger's date of what asks for it."""
    ask_thought(case, THINKER, {"import_id": import_id, "said_at": said_at.isoformat()})


async def consider(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Gather what the rows are judged by."""
    kept = await desk.storage.imports.get(int(about["import_id"]))
    running = await event_of(desk, kept.event_code or "") if kept else None
    person = await desk.storage.people.get(kept.person_id) if kept else None
    if kept is None or running is None or person is None or kept.state != "preview":
        return None
    case = _case(desk, person, datetime.fromisoformat(about["said_at"]))
    gathered = await _gather(desk, running, kept)
    return lambda: _think(case, running, gathered, kept)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the storage knows; it is read within a transaction, so nothing is made of it there."""

    mine: Sequence[Application]
    contacts: Mapping[int, Contact]
    others: frozenset[str]
    given: Mapping[str, object]
    counted: Mapping[int, Entry]


async def _gather(desk: Desk, running: Running, kept: Import) -> _Gathered:
    mine = await desk.storage.applications.of_person(kept.person_id)
    return _Gathered(
        mine,
        await desk.storage.applications.contacts_of(kept.person_id, running.code),
        await desk.storage.applications.keys_of_others(running.code, kept.person_id),
        kept.content.get("given") or await _given(desk, mine),
        await entry_limits.entries(desk, running) if entry_limits.limits_of(running.event) else {},
    )


def _case(desk: Desk, person: Person, said_at: datetime) -> Case:
    """What questions may know of whoever answers them. There is no storage to ask: it is a thread's."""
    return Case(
        now=desk.now,
        storage=cast("Storage", None),
        texts=desk.texts,
        facts=desk.facts,
        person=person,
        incoming=Incoming(Act.WROTE, person.id, said_at),
    )


def _facts(case: Case, running: Running, gathered: _Gathered) -> Facts:
    event = running.event
    known = [
        Known(
            one,
            answers_of(event, one, gathered.contacts.get(one.id, Contact())),
            deadlines.editing(case, running, one),
        )
        for one in known_now(running, gathered.mine)
    ]
    return Facts(running, columns_of(case, event), known, gathered.others, gathered.given, gathered.counted)


async def _given(desk: Desk, mine: Sequence[Application]) -> dict[str, object]:
    """What the same teacher has said the last time."""
    last = next((one for one in reversed(mine) if one.applicant_role == "teacher"), None)
    if last is None:
        return {"contact": {}}
    contact = await desk.storage.applications.contact(last.id) or Contact()
    phone = {"phone": contact.phone} if contact.phone else {}
    email = {"email": contact.email} if contact.email else {}
    return {
        "school": {"code": last.organisation_code, "name": last.organisation_name},
        "supervisor": last.supervisor.split(", ") if last.supervisor else [],
        "contact": phone | email,
        **({"phone": phone} if phone else {}),
        **({"email": email} if email else {}),
    }


def _think(case: Case, running: Running, gathered: _Gathered, kept: Import) -> Thought:
    rows, facts = kept.content["rows"], _facts(case, running, gathered)
    heading = find_heading(rows, facts.columns, needed(running.event))
    if heading is None:
        return Thought({"import_id": kept.id, "items": []})
    plan = planned(case, facts, lines_of(rows, heading, facts.columns))
    result = {
        "import_id": kept.id,
        "items": [_told(item) for item in plan.items],
        "wrong": [_told_wrong(case, facts.columns, one) for one in plan.wrong],
        "ignored": list(heading.ignored),
        "other_schools": _other_schools(gathered.mine, plan),
        "known": revisions(running, gathered.mine),
        "rules": rules_passed(running, case.incoming.said_at),
    }
    marked = _marked(case, running, facts, rows, heading, plan) if plan.wrong and possible(running.event) else None
    return Thought(result, marked)


def _other_schools(mine: Sequence[Application], plan: Plan) -> list[str]:
    """Another school than ever before is more often a slip than a new job."""
    before = {one.organisation_code or one.organisation_name for one in mine if one.applicant_role == "teacher"}
    new = {form.organisation_name: form.organisation_code for item in plan.of(Fate.NEW) if (form := item.form)}
    return sorted(name for name, code in new.items() if before and (code or name) not in before)


def _told(item: Item) -> dict[str, Any]:
    carried = item.fate in (Fate.NEW, Fate.CHANGED)
    return {
        "fate": item.fate.value,
        "line": item.line,
        "who": item.who,
        "answers": item.answers if carried else None,
        "id": item.application.id if item.application else None,
        "changes": [[one.title, one.before, one.after] for one in item.changes],
        "twice": item.twice,
    }


def _told_wrong(case: Case, columns: Sequence[Column], wrong: Wrong) -> dict[str, Any]:
    title = next((column.title for column in columns if column.key == wrong.key), "")
    return {"line": wrong.line, "title": title, "why": why(case, wrong)}


def why(desk: Desk, wrong: Wrong) -> str:
    """What is wrong with a cell."""
    return desk.say(wrong.refusal.key, **wrong.refusal.values)


def _marked(
    case: Case, running: Running, facts: Facts, rows: Sequence[Sequence[str | None]], heading: Heading, plan: Plan
) -> File:
    """The same table with what is wrong marked in its cells."""
    by_place = {heading.places[column.key]: column for column in facts.columns if column.key in heading.places}
    width = max((len(row) for row in rows), default=0)
    titles = {column.key: column.title for column in facts.columns}
    first = heading.places.get("name", min(heading.places.values()))
    cells: dict[tuple[int, int], list[str]] = {}
    for one in plan.wrong:
        place = heading.places.get(one.key)
        said = why(case, one) if place is not None else f"{titles.get(one.key, '')}: {why(case, one)}"
        cells.setdefault((one.line - 1, first if place is None else place), []).append(said)
    wrong = [WrongCell(row, column, "\n".join(said)) for (row, column), said in cells.items()]
    columns = [by_place.get(place) for place in range(width)]
    school = cast("Mapping[str, Any]", facts.given.get("school") or {})
    until = running.until(case.person.id, school.get("code")).at
    form = form_for(case, running, columns, rows, until=until, heading=heading.row, wrong=wrong)
    name = case.say("bulk_marked_name", title=running.event.short_title)
    return File(f"{name}.xlsx", draw(form))
