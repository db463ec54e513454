"""«Скачать бланк»: a table made for one event, with what is known of its sender already filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.contest.bulk import Column
from bot.contest.event import Event
from bot.documents.file import File
from bot.documents.tables.sheet import Field, Form, Wrong, draw
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.kinds import Case, Desk, Draw
from handlers.participant import deadlines
from handlers.participant.applying.form import answers_of
from handlers.participant.applying.school_steps import school_steps
from handlers.participant.events.events import no_event
from handlers.participant.own import ALIVE
from handlers.participant.wording import MENU, deadline
from handlers.teacher.cells import table_of
from handlers.teacher.columns import NUMBER, columns_of, grouped, grown_ups, possible
from storage.application_rows import Application, Contact

MAKER = TALK = "blank"
#: Rows in which school and teacher stand already.
READY_ROWS = 30
_WIDE, _USUAL, _NARROW = 34, 20, 12
_WIDTHS = {"name": _WIDE, "school": _WIDE, "supervisor": _WIDE, "team": 28, "nomination": 28, "grade": _NARROW}
#: Of a choice, with the arrow that drops it down.
_ARROW = 3


async def blank(case: Case, code: str) -> Outcome:
    """Have the table made."""
    running = await event_of(case, code)
    if running is None:
        return no_event()
    if not possible(running.event):
        return one_by_one(running)
    if not deadlines.may_apply(case, running):
        return bulk_closed(running)
    mine = await case.storage.applications.of_person(case.person.id)
    return Open(TALK, code, resume=False) if _last(mine) is None else _making(case, running, "")


def _making(case: Case, running: Running, school: str) -> Reply:
    about, title = {"event": running.code, "school": school}, running.event.short_title
    ask_file(case, MAKER, about, text="bulk_blank_ready", go=f"blank:{running.code}", title=title)
    return Reply("bulk_blank_making")


async def _steps(_case: Case, _subject: str) -> Sequence[Step]:
    """The school, which is not known yet: once, and not in each row."""
    asked, *more = school_steps()

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.blank_schools_differ"), {"code": None, "name": ""})]

    return [replace(asked, options=options, counted=False, text="blank_for.school"), *more]


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    running = await event_of(case, subject)
    return no_event() if running is None else _making(case, running, answers["school"]["name"])


async def _cancelled(_case: Case, subject: str) -> Reply:
    return Reply("blank_cancelled", buttons=[[Button("back_to_event", f"event:{subject}")]])


def _last(mine: Sequence[Application]) -> Application | None:
    """What the same teacher has entered last: school and supervisor are taken from it."""
    return next((one for one in reversed(mine) if one.applicant_role == "teacher"), None)


def one_by_one(running: Running) -> Reply:
    """Who takes part in pairs, in teams that are told apart, or for themselves, is entered in the chat."""
    rows = [[Button("apply", f"apply:{running.code}", colour="primary")], [MENU]]
    return Reply("bulk_one_by_one", title=Trusted(running.event.short_title), buttons=rows)


def bulk_closed(running: Running) -> Reply:
    """Nobody is entered now."""
    row = [Button("back_to_event", f"event:{running.code}")]
    return Reply("bulk_closed", title=Trusted(running.event.short_title), buttons=[row, [MENU]])


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """Gather what the table says already."""
    running = await event_of(desk, str(about["event"]))
    if running is None or not possible(running.event):
        return None
    person_id = int(about["person_id"])
    mine = await desk.storage.applications.of_person(person_id)
    contacts = await desk.storage.applications.contacts_of(person_id, running.code)
    columns = columns_of(desk, running.event)
    rows: list[list[str | None]] = [[column.title for column in columns]]
    last = _last(mine)
    known = {"school": last.organisation_name, "supervisor": last.supervisor} if last else {"school": about["school"]}
    rows += [*_known_rows(desk, running.event, columns, mine, contacts), *_ready_rows(columns, known)]
    until = running.until(person_id, last.organisation_code if last else None).at
    form = form_for(desk, running, columns, rows, until=until)
    name = desk.say("blank_name", title=running.event.short_title)
    return lambda: File(f"{name}.xlsx", draw(form))


def form_for(
    desk: Desk,
    running: Running,
    columns: Sequence[Column | None],
    rows: Sequence[Sequence[str | None]],
    *,
    until: datetime,
    heading: int = 0,
    wrong: Sequence[Wrong] = (),
) -> Form:
    """The workbook of these rows, by which the bot knows the event again; `until`: when its sender is late."""
    return Form(
        sheet=desk.say("blank_sheet"),
        fields=[None if column is None else field_of(column) for column in columns],
        rows=rows,
        heading=heading,
        wrong=wrong,
        help_sheet=desk.say("blank_help_sheet"),
        help_lines=_help(desk, running, [column for column in columns if column is not None], until),
        mark=(("event", running.code), ("revision", str(running.stored.revision))),
    )


def field_of(column: Column) -> Field:
    """The column as it is drawn."""
    longest = max((len(one) + _ARROW for one in column.choices), default=0)
    width = min(max(_WIDTHS.get(column.key, _USUAL), longest), _WIDE)
    return Field(column.title, width, column.choices, column.hint, required=column.required)


def _known_rows(
    desk: Desk,
    event: Event,
    columns: Sequence[Column],
    mine: Sequence[Application],
    contacts: Mapping[int, Contact],
) -> list[list[str | None]]:
    """Who is entered already, with their numbers: put right here, they are put right everywhere."""
    rows = []
    for one in mine:
        if one.event_code == event.code and one.state in ALIVE and one.participants:
            answers = answers_of(event, one, contacts.get(one.id, Contact()))
            table = table_of(desk, event, answers, number=one.number)
            rows += [[cells.get(column.key) for column in columns] for cells in table.rows]
    return rows


def _ready_rows(columns: Sequence[Column], known: Mapping[str, str | None]) -> list[list[str | None]]:
    """Empty rows in which stands what is the same for all."""
    if not any(known.values()):
        return []
    return [[known.get(column.key) or None for column in columns] for _ in range(READY_ROWS)]


def _help(desk: Desk, running: Running, columns: Sequence[Column], until: datetime) -> list[str]:
    lines = [
        desk.say("blank_help.title", title=running.event.title),
        desk.say("blank_help.how"),
        desk.say("blank_help.rows_together" if grouped(running.event) else "blank_help.rows"),
        desk.say("blank_help.empty"),
        desk.say("blank_help.number"),
        desk.say("blank_help.deadline", at=deadline(desk, until)),
        *([desk.say("blank_help.grown_ups")] if grown_ups(running.event) else []),
        desk.say("blank_help.columns"),
    ]
    for column in columns:
        if column.key == NUMBER:
            continue  # it has a line of its own
        needed = desk.say("blank_help.needed" if column.required else "blank_help.optional")
        hint = f" {column.hint}" if column.hint else ""
        lines.append(desk.say("blank_help.column", title=column.title, needed=needed, hint=hint))
    return lines


BLANK = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
