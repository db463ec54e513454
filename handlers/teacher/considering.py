"""Thinking a table over, aside: what is known is gathered in one short look, the rows are judged in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from bot.contest.bulk import Column, Heading, find_heading
from bot.contest.bulk_matching import Fate
from bot.contest.people import Person
from bot.documents.file import File
from bot.documents.tables.sheet import Wrong as WrongCell
from bot.documents.tables.sheet import draw
from bot.talk.incoming import Act, Incoming
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk, Think, Thought
from handlers.participant import deadlines
from handlers.participant.form import answers_of
from handlers.participant.own import ALIVE
from handlers.teacher.blank import form_for
from handlers.teacher.columns import columns_of, needed, possible
from handlers.teacher.filling import Wrong
from handlers.teacher.planning import Facts, Item, Known, Plan, lines_in, planned
from storage.application_rows import Application, Contact
from storage.imports import Import
from storage.storage import Storage


async def consider(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Gather what the rows are judged by."""
    kept = await desk.storage.imports.get(int(about["import_id"]))
    running = await event_of(desk, kept.event_code or "") if kept else None
    person = await desk.storage.people.get(kept.person_id) if kept else None
    if kept is None or running is None or person is None or kept.state != "preview":
        return None
    case = _case(desk, person, kept)
    facts = await _facts(desk, case, running, kept)
    return lambda: _think(case, running, facts, kept)


def _case(desk: Desk, person: Person, kept: Import) -> Case:
    """What questions may know of whoever answers them. There is no storage to ask: it is a thread's."""
    said_at = datetime.fromisoformat(kept.content["said_at"])
    return Case(
        now=desk.now,
        storage=cast("Storage", None),
        texts=desk.texts,
        facts=desk.facts,
        person=person,
        incoming=Incoming(Act.WROTE, person.id, said_at),
    )


async def _facts(desk: Desk, case: Case, running: Running, kept: Import) -> Facts:
    mine = await desk.storage.applications.of_person(kept.person_id)
    contacts = await desk.storage.applications.contacts_of(kept.person_id, running.code)
    here = [one for one in mine if one.event_code == running.code and one.state in ALIVE and one.participants]
    known = [
        Known(
            one,
            answers_of(running.event, one, contacts.get(one.id, Contact())),
            deadlines.editing(case, running, one),
        )
        for one in here
    ]
    others = await desk.storage.applications.keys_of_others(running.code, kept.person_id)
    given = kept.content.get("given") or await _given(desk, mine)
    return Facts(running.event, columns_of(desk, running.event), known, others, given)


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


def _think(case: Case, running: Running, facts: Facts, kept: Import) -> Thought:
    rows = kept.content["rows"]
    heading = find_heading(rows, facts.columns, needed(running.event))
    if heading is None:
        return Thought({"import_id": kept.id, "items": [], "wrong": [], "ignored": []})
    plan = planned(case, facts, lines_in(rows, heading, facts.columns))
    plan.wrong.sort(key=lambda one: (one.line, one.key))
    result = {
        "import_id": kept.id,
        "items": [_told(item) for item in plan.items],
        "wrong": [_told_wrong(case, facts.columns, one) for one in plan.wrong],
        "ignored": list(heading.ignored),
        "known": sorted([one.application.id, one.application.revision] for one in facts.known),
    }
    marked = _marked(case, running, facts, rows, heading, plan) if plan.wrong and possible(running.event) else None
    return Thought(result, marked)


def _told(item: Item) -> dict[str, Any]:
    application = item.application
    carried = item.fate in (Fate.NEW, Fate.CHANGED)
    return {
        "fate": item.fate.value,
        "line": item.line,
        "who": item.who,
        "answers": item.answers if carried else None,
        "id": application.id if application else None,
        "revision": application.revision if application else None,
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
    cells: dict[tuple[int, int], list[str]] = {}
    for one in plan.wrong:
        place = heading.places.get(one.key)
        said = why(case, one) if place is not None else f"{titles.get(one.key, '')}: {why(case, one)}"
        cells.setdefault((one.line - 1, heading.places["name"] if place is None else place), []).append(said)
    wrong = [WrongCell(row, column, "\n".join(said)) for (row, column), said in cells.items()]
    columns = [by_place.get(place) for place in range(width)]
    form = form_for(case, running, columns, rows, heading=heading.row, wrong=wrong)
    name = case.say("bulk_marked_name", title=running.event.short_title)
    return File(f"{name}.xlsx", draw(form))
