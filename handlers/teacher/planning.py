"""What a table would do: each entry filled in, compared with what is there already, and judged.

Everything here is worked out from values gathered before; a row never stops the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.contest.applications import ApplicationState
from bot.contest.bulk import Column, Entry, Heading, Line, contradictions, entries_of, lines_of
from bot.contest.bulk_matching import Change, Fate, Key, changes, matched
from bot.contest.event import Event
from bot.contest.names import read_full_name
from bot.contest.own_fields import is_frozen
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.participant import units
from handlers.participant.filled import Filled
from handlers.participant.form import form_of
from handlers.participant.own_steps import key_of
from handlers.participant.roles import ForWhom
from handlers.teacher.cells import Table, table_of
from handlers.teacher.columns import NUMBER, TITLE, alone, common_keys, grouped, leaves
from handlers.teacher.filling import Filling, Wrong, filled_in
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Known:
    """An application of the same account for the same event."""

    application: Application
    answers: Answers
    #: Why it may not be changed any more, or None.
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that rows are judged by."""

    event: Event
    columns: Sequence[Column]
    known: Sequence[Known]
    #: What participants are told apart by, whom others have entered.
    others: frozenset[str]
    #: What is the same for all rows that don't say otherwise: school, supervisor, contact.
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes of one entry."""

    fate: Fate
    line: int
    who: str
    answers: Answers
    application: Application | None = None
    changes: tuple[Change, ...] = ()
    #: Somebody else has entered them, or this account has, in another nomination.
    twice: str = ""


@dataclass(slots=True)
class Plan:
    """What becomes of all of them."""

    items: list[Item] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def of(self, fate: Fate) -> list[Item]:
        """Those of this fate."""
        return [item for item in self.items if item.fate is fate]


def planned(case: Case, facts: Facts, lines: Sequence[Line]) -> Plan:
    """Judge the lines. Takes a millisecond or two each: not to be done within a transaction."""
    return asyncio.run(_planned(case, facts, lines))


def lines_in(rows: Sequence[Sequence[str | None]], heading: Heading, columns: Sequence[Column]) -> list[Line]:
    """The filled lines of a sheet."""
    return lines_of(rows, heading, columns)


async def _planned(case: Case, facts: Facts, lines: Sequence[Line]) -> Plan:
    event = facts.event
    title = TITLE if grouped(event) else None
    entries = entries_of(lines, title=title, alone=alone(event))
    keys = common_keys(facts.columns)
    keyed = [_key(case, event, entry, entry.common(keys)) for entry in entries]
    found = matched(keyed, [_key_of(one) for one in facts.known], one_each=_one_each(event))
    plan, seen = Plan(), dict[str, int]()
    for entry, index in zip(entries, found, strict=True):
        known = None if index is None else facts.known[index]
        await _judge(case, facts, plan, seen, entry, known)
    return plan


async def _judge(case: Case, facts: Facts, plan: Plan, seen: dict[str, int], entry: Entry, known: Known | None) -> None:
    common = entry.common(common_keys(facts.columns))
    who = common.get(TITLE) or entry.lines[0].cells.get("name", "")
    wrong = _contradicting(facts, entry)
    if common.get(NUMBER) and (known is None or known.application.number != common[NUMBER]):
        wrong.append(Wrong(entry.number, NUMBER, Refusal("bulk.number_unknown")))
    before = None
    if known is not None:
        before = table_of(case, facts.event, known.answers, number=known.application.number)
        entry, common = _over(before, entry, common)
    given = {**facts.given, **_unasked(facts, known)}
    filling = await filled_in(case, facts.event, Entry(entry.lines, given), common)
    wrong += filling.wrong
    item = None if wrong else _item(case, facts, filling, known, before, entry.number)
    if isinstance(item, Item) and (twin := _seen(facts.event, item, seen)) is not None:
        item = Wrong(entry.number, "name", Refusal("bulk.twice", {"line": twin}))
    if isinstance(item, Item):
        plan.items.append(item)
    else:
        plan.items.append(Item(Fate.WRONG, entry.number, who, filling.answers))
        plan.wrong += [*wrong, *([item] if item else [])]


def _item(
    case: Case, facts: Facts, filling: Filling, known: Known | None, before: Table | None, line: int
) -> Item | Wrong:
    form = form_of(facts.event, filling.answers)
    who = form.title or (form.participants[0].name.formal if form.participants else "")
    if known is None or before is None:
        return Item(Fate.NEW, line, who, filling.answers, twice=_twice(facts, form.duplicate_key))
    after = table_of(case, facts.event, filling.answers, number=known.application.number)
    changed = _changes(facts, before, after)
    if not changed:
        return Item(Fate.SAME, line, who, filling.answers, known.application)
    frozen = _frozen(case, facts.event, known, before, after)
    if known.refusal is not None:
        return Wrong(line, "name", known.refusal)
    return frozen or Item(Fate.CHANGED, line, who, filling.answers, known.application, changed)


def _contradicting(facts: Facts, entry: Entry) -> list[Wrong]:
    """A team has one school and one nomination: rows that say otherwise."""
    keys = [key for key in common_keys(facts.columns) if key not in (TITLE, NUMBER)]
    return [
        Wrong(line, key, Refusal("bulk.contradicts", {"first": entry.number}))
        for line, key in contradictions(entry, keys)
    ]


def _over(before: Table, entry: Entry, common: Mapping[str, str]) -> tuple[Entry, dict[str, str]]:
    """The cells laid over those that are there: an empty one changes nothing."""
    by_name = {_person(cells): cells for cells in before.people}
    alone = before.people[0] if len(before.people) == len(entry.lines) == 1 else {}
    lines = [Line(line.number, {**by_name.get(_person(line.cells), alone), **line.cells}) for line in entry.lines]
    return Entry(tuple(lines), entry.given), {**before.common, **common}


def _person(cells: Mapping[str, str]) -> str:
    name = read_full_name(cells.get("name", ""))
    return fold(cells.get("name", "")) if isinstance(name, Refusal) else name.key


def _unasked(facts: Facts, known: Known | None) -> dict[str, object]:
    """What the table does not ask about an application that is there: it stays."""
    asked = {column.key for column in facts.columns}
    kept = ("contact", "phone", "email")
    return (
        {} if known is None else {key: known.answers[key] for key in kept if key in known.answers and key not in asked}
    )


def _changes(facts: Facts, before: Table, after: Table) -> tuple[Change, ...]:
    """What is not as it was; of several people, whose it is."""
    titles = {column.key: column.title for column in facts.columns if not column.of_member}
    of_person = {column.key: column.title for column in facts.columns if column.of_member}
    found = [*changes(before.common, after.common, titles)]
    if len(before.people) == len(after.people) == 1:
        return (*changes(before.people[0], after.people[0], of_person), *found)
    old, new = ({_person(one): one for one in table.people} for table in (before, after))
    gone = [cells["name"] for key, cells in old.items() if key not in new]
    come = [cells["name"] for key, cells in new.items() if key not in old]
    if gone or come:
        found.append(Change("Состав", ", ".join(gone), ", ".join(come)))
    for key in new:
        if key in old:
            found += changes(old[key], new[key], {k: f"{title} ({new[key]['name']})" for k, title in of_person.items()})
    return tuple(found)


def _frozen(case: Case, event: Event, known: Known, before: Table, after: Table) -> Wrong | None:
    """An answer that is nobody's to change any more but the organizer's."""
    if known.application.state is ApplicationState.CHANGES_ASKED:
        return None
    for one in event.fields:
        key = key_of(one)
        if is_frozen(one, case.incoming.said_at) and before.flat.get(key) != after.flat.get(key):
            return Wrong(0, key, Refusal("bulk.frozen", {"title": one.title}))
    return None


def _twice(facts: Facts, key: str) -> str:
    """Whether they seem to be entered already: «own» or «others»."""
    if any(one.application.duplicate_key == key for one in facts.known):
        return "own"
    return "others" if key in facts.others else ""


def _seen(event: Event, item: Item, seen: dict[str, int]) -> int | None:
    """The line that has entered the same before."""
    form = form_of(event, item.answers)
    key = f"{form.duplicate_key}|{form.nomination}|{fold(form.title or '')}"
    if key in seen:
        return seen[key]
    seen[key] = item.line
    return None


def _key(case: Case, event: Event, entry: Entry, common: Mapping[str, str]) -> Key:
    titled = _is_titled(event, common)
    who = f"«{fold(common[TITLE])}" if titled else _person(entry.lines[0].cells)
    return Key(
        who, _organisation(case, common.get("school")), _nomination(event, common.get("nomination")), common.get(NUMBER)
    )


def _key_of(known: Known) -> Key:
    one = known.application
    who = f"«{fold(one.title)}" if one.title else (one.participants[0].name.key if one.participants else "")
    return Key(who, one.organisation_code or fold(one.organisation_name), one.nomination, one.number)


def _is_titled(event: Event, common: Mapping[str, str]) -> bool:
    """Whether the title is kept: of some forms it only holds the rows together."""
    if not common.get(TITLE):
        return False
    offered = [unit for unit in units.choices(event, ForWhom.PUPILS) if isinstance(unit, units.OF_SEVERAL)]
    forms = [
        one.code for unit in offered for one in units.forms(unit) if fold(one.title) == fold(common.get("form", ""))
    ]
    answers = {"role": ForWhom.PUPILS.value, "unit": offered[0].kind.value, **({"form": forms[0]} if forms else {})}
    return Filled(event, answers).titled is not None


def _organisation(case: Case, text: str | None) -> str | None:
    if text is None:
        return None
    found = case.facts.directory.find(text)
    return found[0].organisation.code if found and found[0].certain else fold(text)


def _nomination(event: Event, text: str | None) -> str | None:
    if text is None:
        return None
    titles = {fold(event.nomination_title(leaf.code)): leaf.code for leaf in leaves(event)}
    titles |= {fold(leaf.title): leaf.code for leaf in leaves(event)}
    return titles.get(fold(text), fold(text))


def _one_each(event: Event) -> bool:
    """Whether nobody takes part twice."""
    return not event.nominations or (event.submission is not None and event.submission.most_per("participant") == 1)
