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
from bot.contest.own_fields import is_frozen
from bot.contest.refusal import Refusal
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.participant.form import form_of
from handlers.participant.own_steps import key_of
from handlers.teacher.cells import Table, table_of
from handlers.teacher.columns import NUMBER, TITLE, alone, common_keys, grouped
from handlers.teacher.filling import Filling, Wrong, filled_in
from handlers.teacher.identity import key_of_application, key_of_entry, key_of_form, one_each, person_key, same
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
    entries = entries_of(lines, title=TITLE if grouped(event) else None, alone=alone(event))
    keys = common_keys(facts.columns)
    wanted = [key_of_entry(case, event, entry, entry.common(keys)) for entry in entries]
    found = matched(wanted, [key_of_application(one.application) for one in facts.known], one_each=one_each(event))
    judging, before = _Judging(case, facts), dict[str, list[tuple[Key, int]]]()
    for entry, key, index in zip(entries, wanted, found, strict=True):
        namesakes = before.setdefault(key.who, [])
        twin = next((line for other, line in namesakes if same(key, other)), None)
        namesakes.append((key, entry.number))
        if twin is not None:
            judging.refuse(entry, [_twice_in_file(entry.number, twin)])
        else:
            await judging.judge(entry, None if index is None else facts.known[index])
    return judging.plan


@dataclass(slots=True)
class _Judging:
    """Entries, one after another."""

    case: Case
    facts: Facts
    plan: Plan = field(default_factory=Plan)
    #: Which lines are about applications that are there, by the ids of these.
    used: dict[int, int] = field(default_factory=dict)
    #: Which lines have entered what already, by whom it names.
    seen: dict[str, list[tuple[Key, int]]] = field(default_factory=dict)

    async def judge(self, entry: Entry, known: Known | None) -> None:
        """Fill in an entry, and say what becomes of it."""
        facts = self.facts
        common = entry.common(common_keys(facts.columns))
        wrong = _contradicting(facts, entry)
        if common.get(NUMBER) and (known is None or known.application.number != common[NUMBER]):
            wrong.append(Wrong(entry.number, NUMBER, Refusal("bulk.number_unknown")))
        before, whole, cells = None, entry, common
        if known is not None:
            before = table_of(self.case, facts.event, known.answers, number=known.application.number)
            whole, cells = _over(before, entry, common)
        given = {**facts.given, **_unasked(facts, known)}
        filling = await filled_in(self.case, facts.event, Entry(whole.lines, given), cells)
        wrong += filling.wrong
        item = None if wrong else _item(self.case, facts, filling, known, before, entry.number)
        found = self._once(item) if isinstance(item, Item) else item
        if isinstance(found, Known):
            await self.judge(entry, found)
        elif isinstance(found, Item):
            self.plan.items.append(found)
        else:
            self.refuse(entry, [*wrong, *([found] if found else [])])

    def refuse(self, entry: Entry, wrong: Sequence[Wrong]) -> None:
        """Nothing becomes of the entry, and why."""
        who = entry.common([TITLE]).get(TITLE) or entry.lines[0].cells.get("name", "")
        self.plan.items.append(Item(Fate.WRONG, entry.number, who, {}))
        self.plan.wrong += wrong

    def _once(self, item: Item) -> Item | Wrong | Known:
        """The entry, if nothing else enters the same; what is there already turns up here at the latest."""
        key = key_of_form(form_of(self.facts.event, item.answers))
        seen = self.seen.setdefault(key.who, [])
        if item.fate is Fate.NEW:
            twin = next((line for other, line in seen if same(key, other)), None)
            if twin is not None:
                return _twice_in_file(item.line, twin)
            there = (one for one in self.facts.known if same(key, key_of_application(one.application)))
            free = next((one for one in there if one.application.id not in self.used), None)
            if free is not None:
                return free
        if item.application is not None:
            self.used[item.application.id] = item.line
        seen.append((key, item.line))
        return item


def _twice_in_file(line: int, other: int) -> Wrong:
    return Wrong(line, "name", Refusal("bulk.twice", {"line": other}))


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
    by_name = {person_key(cells): cells for cells in before.people}
    alone = before.people[0] if len(before.people) == len(entry.lines) == 1 else {}
    lines = [Line(line.number, {**by_name.get(person_key(line.cells), alone), **line.cells}) for line in entry.lines]
    return Entry(tuple(lines), entry.given), {**before.common, **common}


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
    old, new = ({person_key(one): one for one in table.people} for table in (before, after))
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
