"""A teacher with many children: the event's XLSX form is filled in and sent, the works come in one message."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from bot.commands.year.crowd import Person, StuckError
from bot.commands.year.desk import starting
from bot.commands.year.entries import Entry
from bot.commands.year.form import form_title, grade_of
from bot.commands.year.handing_in import leaf_of, link_of
from bot.commands.year.values import own_answer
from bot.contest.event.fields import AskedOf
from bot.contest.event.model import Event
from bot.documents.tables.child import read
from bot.sandbox.objects import doc_object

#: The sheet by which the bot knows its form again stands behind the first two.
VISIBLE = 2
_NUMBERS = re.compile(r"([А-ЯЁ]+-\d{4}-)(\d{4})(?: — [А-ЯЁ]+-\d{4}-(\d{4}))?")
Rows = Sequence[Sequence[str | None]]


async def applies_by_file(person: Person, entries: Sequence[Entry], event: Event) -> None:
    """Ask for the form, fill it in, send it, confirm. Raises StuckError where a row is not taken."""
    await person.starts(event.slug)
    await person.presses("Скачать бланк")
    if "Ваша школа" in await person.sees("Ваша школа", "Бланк для"):
        await person.presses("Школы у детей разные")
        await person.sees("Бланк для")
    data = await asyncio.to_thread(_filled, _file(person), entries, event)
    thing = doc_object(person.crowd.world, data, "список.xlsx", owner_id=person.id)
    attachment = person.crowd.world.media.register({"type": "doc", "doc": thing})
    await person.writes(attachments=[attachment])
    preview = await person.sees("таблица прочитана", "не открою", "не читается", "Не получилось", "ни одной")
    if "с ошибками" in preview or "таблица прочитана" not in preview:
        raise StuckError(f"{person.id}: the table is not taken: {preview}")
    await starting(person, "Подать")
    await person.presses("Подтверждаю, хранится в школе")
    await person.presses("Родители разрешили публиковать")
    _number(entries, await person.sees("Готово"))


async def hands_in_links(person: Person, entries: Sequence[Entry], event: Event) -> None:
    """All links of an applicant in one message, each beside its application's number."""
    lines = []
    for entry in entries:
        submission = event.submission_for(leaf_of(event, entry))
        if submission is not None and submission.links:
            lines.append(f"{entry.number} {link_of(submission.links[0], entry)}")
    await person.writes("\n".join(lines))
    await starting(person, "Сдать")
    if not any(f"Сдано: {len(lines)} " in said for said, _ in person.spoken):
        raise StuckError(f"{person.id}: {len(lines)} works, but: {person.last}")


def _file(person: Person) -> bytes:
    """The newest document that the bot has sent."""
    for message in reversed(person.dialog.messages):
        for attachment in message.content.attachments if message.out else ():
            if attachment["type"] == "doc":
                name = str(attachment["doc"]["url"]).rpartition("/")[2]
                return person.crowd.world.media.files[name].data
    raise StuckError(f"{person.id}: no file has come: {person.last}")


def _filled(form: bytes, entries: Sequence[Entry], event: Event) -> bytes:
    """The form with the entries in it, a row a person; what makes it the bot's own stays."""
    sheets = read(form)
    heading = [str(title) for title in sheets[0].rows[0]]
    cells = [row for entry in entries for row in _rows(entry, event)]
    rows: Rows = [heading, *([row.get(title) for title in heading] for row in cells)]
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        for place, (name, written) in enumerate([("Участники", rows), *((one.name, one.rows) for one in sheets[1:])]):
            sheet = book.add_worksheet(name)
            if place >= VISIBLE:
                sheet.hide()
            for number, row in enumerate(written):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write_string(number, column, value)
    return made.getvalue()


def _rows(entry: Entry, event: Event) -> Sequence[Mapping[str, str]]:
    """One application by the titles of the columns; what is the same for all stands in the first row."""
    fields = {
        field.title: ", ".join(own_answer(field, entry))
        for field in event.fields
        if field.asked_of is AskedOf.APPLICATION and _fits(field.nominations, event, entry)
    }
    leaf = leaf_of(event, entry)
    common = {
        "Школа, сад или кружок": entry.school.name,
        event.common_fields.supervisor.title: entry.supervisor.name if entry.supervisor else "",
        "Номинация": event.nomination_title(leaf) if leaf else "",
        "Форма": form_title(entry, event),
        **fields,
    }
    names = {"Команда": entry.title, "Коллектив": entry.title, "Тема проекта": entry.title}
    people = [{"Фамилия, имя, отчество": one.name, "Класс": grade_of(one), **names} for one in entry.people]
    return [{**people[0], **common}, *people[1:]]


def _fits(nominations: Sequence[str], event: Event, entry: Entry) -> bool:
    leaf = leaf_of(event, entry)
    return not nominations or bool(leaf and {part.code for part in event.nomination_path(leaf)} & set(nominations))


def _number(entries: Sequence[Entry], said: str) -> None:
    """The numbers of the applications, in the order of the rows. Raises StuckError where there are fewer."""
    given = [
        f"{start}{number:04d}"
        for start, first, last in _NUMBERS.findall(said)
        for number in range(int(first), int(last or first) + 1)
    ]
    if len(given) != len(entries):
        raise StuckError(f"{len(entries)} rows, but: {said}")
    for entry, number in zip(entries, given, strict=True):
        entry.number = number
