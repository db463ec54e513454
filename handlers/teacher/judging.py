"""Judging a table that was read: from what the storage knew, without it; in a thread, or in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.contest.bulk import Column, Heading, find_heading, lines_of
from bot.contest.bulk_matching import Fate
from bot.contest.entry_limits import Entry
from bot.documents.file import File
from bot.documents.tables.sheet import Wrong as WrongCell
from bot.documents.tables.sheet import draw
from handlers.events import Running
from handlers.kinds import Case, Desk, Thought
from handlers.participant import deadlines
from handlers.participant.applying.form import answers_of
from handlers.teacher.answering import Wrong
from handlers.teacher.blank import form_for
from handlers.teacher.columns import columns_of, needed, possible
from handlers.teacher.plan import Facts, Item, Known, Plan
from handlers.teacher.planning import planned
from handlers.teacher.standing import known_now, revisions, rules_passed
from storage.application_rows import Application, Contact, matched
from storage.imports import Import


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the storage knows; it is read within a transaction, so nothing is made of it there."""

    mine: Sequence[Application]
    contacts: Mapping[int, Contact]
    others: frozenset[str]
    given: Mapping[str, object]
    counted: Mapping[int, Entry]


def judged(case: Case, running: Running, gathered: Gathered, kept: Import) -> Thought:
    """What the table would do, with the same table marked where something is wrong in it."""
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
        "other_people": _other_people(item),
    }


def _other_people(item: Item) -> list[str]:
    """Who stands in somebody else's place now: what was decided about that one is not theirs."""
    if item.fate is not Fate.CHANGED or item.application is None or item.form is None:
        return []
    after = item.form.participants
    kept = matched(item.application.participants, after)
    return [f"{one.name.surname} {one.name.name}" for one, id_ in zip(after, kept, strict=True) if id_ is None]


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


def _facts(case: Case, running: Running, gathered: Gathered) -> Facts:
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
