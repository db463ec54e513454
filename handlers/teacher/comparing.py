"""An entry beside the application that is there: what it leaves, what it changes, what it may not change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.contest.applications import ApplicationState
from bot.contest.bulk import Entry, Line
from bot.contest.bulk_matching import Change, changes
from bot.contest.own_fields import is_frozen
from bot.contest.refusal import Refusal
from handlers.participant.applying.own_steps import key_of
from handlers.teacher.answering import Wrong
from handlers.teacher.cells import Table
from handlers.teacher.identity import person_key
from handlers.teacher.plan import Facts, Known

#: What a table need not ask.
_CONTACTS = ("contact", "phone", "email")


def laid_over(before: Table, entry: Entry, common: Mapping[str, str]) -> tuple[Entry, dict[str, str]]:
    """The cells laid over those that are there: an empty one changes nothing. `common`: the entry's of the whole."""
    by_name = {person_key(cells): cells for cells in before.people}
    alone = before.people[0] if len(before.people) == len(entry.lines) == 1 else {}
    lines = [Line(line.number, {**by_name.get(person_key(line.cells), alone), **line.cells}) for line in entry.lines]
    return Entry(tuple(lines), entry.given), {**before.common, **common}


def unasked(facts: Facts, known: Known) -> dict[str, object]:
    """What the table does not ask about an application that is there: it stays."""
    asked = {column.key for column in facts.columns}
    return {key: known.answers[key] for key in _CONTACTS if key in known.answers and key not in asked}


def changed_cells(facts: Facts, before: Table, after: Table) -> tuple[Change, ...]:
    """What is not as it was; of several people, whose it is."""
    whole = {column.key: column.title for column in facts.columns if not column.of_member}
    of_person = {column.key: column.title for column in facts.columns if column.of_member}
    found = list(changes(before.common, after.common, whole))
    if len(before.people) == len(after.people) == 1:
        return (*changes(before.people[0], after.people[0], of_person), *found)
    old, new = ({person_key(one): one for one in table.people} for table in (before, after))
    gone = [cells["name"] for key, cells in old.items() if key not in new]
    come = [cells["name"] for key, cells in new.items() if key not in old]
    if gone or come:
        found.append(Change("Состав", ", ".join(gone), ", ".join(come)))
    for key in new:
        if key in old:
            titles = {column: f"{title} ({new[key]['name']})" for column, title in of_person.items()}
            found += changes(old[key], new[key], titles)
    return tuple(found)


def frozen(facts: Facts, known: Known, before: Table, after: Table, *, line: int, said_at: datetime) -> Wrong | None:
    """An answer that is nobody's to change any more but the organizer's."""
    if known.application.state is ApplicationState.CHANGES_ASKED:
        return None
    for one in facts.event.fields:
        key = key_of(one)
        if is_frozen(one, said_at) and before.flat.get(key) != after.flat.get(key):
            return Wrong(line, key, Refusal("bulk.frozen", {"title": one.title}))
    return None
