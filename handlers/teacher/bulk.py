"""A filled table is sent: read, recognised, thought over, shown, and carried out at its sender's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.contest.bulk import find_heading
from bot.documents.tables.sheet import MARK
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running, all_events, event_of
from handlers.everyone.tables import ask_table, is_table, refusal_of
from handlers.kinds import Case, Desk
from handlers.participant import deadlines
from handlers.participant.wording import MENU
from handlers.participant.works import hand_in, pieces
from handlers.teacher import considering
from handlers.teacher.blank import bulk_closed, one_by_one
from handlers.teacher.columns import columns_of, listed, needed, possible
from storage.imports import Import, Source

READER = "bulk"
#: So many events are offered where a table fits several.
MOST_OFFERED = 6
Rows = Sequence[Sequence[str | None]]


async def catch(case: Case) -> Outcome:
    """A table sent where nothing else wants it; None: it is something else."""
    tables = [one for one in case.incoming.attachments if is_table(one)]
    if not tables or case.person.is_left_to_a_human(case.now):
        return None
    kept = pieces.keep(case.incoming)
    if (refusal := await ask_table(case, READER, tables[0], {"kept": kept})) is not None:
        return Reply(refusal, buttons=[[MENU]])
    return Reply("bulk_reading_first" if len(tables) > 1 else "bulk_reading", name=tables[0].title)


async def read(case: Case, _argument: str) -> Outcome:
    """The table's rows, or why there are none."""
    result = case.incoming.result or {}
    if (refusal := refusal_of(result)) is not None:
        return Reply(refusal, buttons=[[Button("blanks", "blanks")], [MENU]])
    sheets, kept = result["sheets"], result["about"]["kept"]
    marked = await _marked(case, sheets)
    fitting = [marked] if marked else await _fitting(case, sheets)
    if not fitting:
        as_work = await hand_in.take_up(case, kept, only_fitting=True)
        return as_work or Reply("bulk_unknown", buttons=[[Button("blanks", "blanks", colour="primary")], [MENU]])
    content = {"rows": rows_of(case, fitting[0], sheets), "name": result["name"], "said_at": kept["said_at"]}
    if len(fitting) > 1:
        return await _ask_event(case, fitting, {**content, "sheets": _visible(sheets)})
    return await begin(case, fitting[0], "file", content)


async def begin(case: Case, running: Running, source: Source, content: Mapping[str, Any]) -> Outcome:
    """Keep what was read, and have it thought over."""
    if not (possible(running.event) if source == "file" else listed(running.event)):
        return one_by_one(running)
    if not deadlines.may_apply(case, running):
        return bulk_closed(running)
    import_id = await case.storage.imports.add(case.person.id, running.code, source, content, at=case.now)
    considering.ask(case, import_id, said_at=datetime.fromisoformat(content["said_at"]))
    return None


async def choose_event(case: Case, argument: str) -> Outcome:
    """The sender says what a table is for."""
    import_id, _, code = argument.partition(":")
    kept = await own_import(case, import_id)
    running = await event_of(case, code)
    if kept is None or running is None or "sheets" not in kept.content:
        return gone()
    rows = rows_of(case, running, kept.content["sheets"])
    content = {"rows": rows, "name": kept.content["name"], "said_at": kept.content["said_at"]}
    return await begin(case, running, "file", content) or Reply("bulk_looking")


async def blanks(case: Case, _argument: str) -> Reply:
    """For which event is a table wanted?"""
    offered = [one for one in await all_events(case) if possible(one.event) and deadlines.may_apply(case, one)]
    if not offered:
        return Reply("blanks_none", buttons=[[Button("events", "events")], [MENU]])
    rows = [[Button(label=one.event.short_title, go=f"blank:{one.code}")] for one in offered[:MOST_OFFERED]]
    return Reply("blanks", buttons=[*rows, [MENU]])


async def own_import(case: Case, argument: str) -> Import | None:
    """What waits for this person's word, under this id."""
    fits = argument.isascii() and argument.isdecimal() and len(argument) < 16  # noqa: PLR2004 - fits 64 bits
    found = await case.storage.imports.get(int(argument)) if fits else None
    return found if found and found.person_id == case.person.id and found.state == "preview" else None


def gone() -> Reply:
    """It was sent already, or dropped, or there was another one after it."""
    return Reply("bulk_gone", buttons=[[Button("teacher_desk", "teacher_desk")], [MENU]])


def rows_of(desk: Desk, running: Running, sheets: Sequence[Mapping[str, Any]]) -> Rows:
    """The rows of the first sheet in sight that has the event's columns; () where none has."""
    columns = columns_of(desk, running.event)
    for sheet in _visible(sheets):
        if find_heading(sheet["rows"], columns, needed(running.event)) is not None:
            rows: Rows = sheet["rows"]
            return rows
    return ()


def _visible(sheets: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [sheet for sheet in sheets if sheet["visible"]]


async def _marked(case: Case, sheets: Sequence[Mapping[str, Any]]) -> Running | None:
    """The event that our own table was made for."""
    rows = next((sheet["rows"] for sheet in sheets if sheet["name"] == MARK), ())
    said = {row[0]: row[1] for row in rows if len(row) > 1}
    running = await event_of(case, str(said.get("event", "")))
    return running if running is not None and rows_of(case, running, sheets) else None


async def _fitting(case: Case, sheets: Sequence[Mapping[str, Any]]) -> list[Running]:
    """The events that this may be for: those with most of its columns."""
    found: list[tuple[int, Running]] = []
    for running in await all_events(case):
        if not possible(running.event) or not deadlines.may_apply(case, running):
            continue
        columns = columns_of(case, running.event)
        headings = [find_heading(sheet["rows"], columns, needed(running.event)) for sheet in _visible(sheets)]
        most = max((len(one.places) for one in headings if one), default=0)
        if most > 1:
            found.append((most, running))
    best = max((most for most, _ in found), default=0)
    return [running for most, running in found if most == best][:MOST_OFFERED]


async def _ask_event(case: Case, fitting: Sequence[Running], content: Mapping[str, Any]) -> Reply:
    import_id = await case.storage.imports.add(case.person.id, None, "file", content, at=case.now)
    rows = [[Button(label=one.event.short_title, go=f"bulk_event:{import_id}:{one.code}")] for one in fitting]
    return Reply("bulk_which_event", buttons=[*rows, [MENU]])
