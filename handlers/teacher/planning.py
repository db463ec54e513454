"""What a table would do: each entry filled in, compared with what is there already, and judged.

Everything here is worked out from values gathered before; a row never stops the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.contest.applications import ApplicationState
from bot.contest.bulk import Entry, Line, contradictions, entries_of
from bot.contest.bulk_matching import Fate, Key, matched
from bot.contest.entry_limits import Tally
from bot.contest.own_fields import is_frozen
from bot.contest.refusal import Refusal
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applying.entry_limits import count_in, limits_of
from handlers.participant.applying.form import form_of
from handlers.participant.applying.missing import missing_of
from handlers.participant.applying.own_steps import key_of
from handlers.participant.wording import refused
from handlers.teacher.answering import Wrong
from handlers.teacher.cells import table_of
from handlers.teacher.columns import NUMBER, TITLE, alone, common_keys, grouped
from handlers.teacher.comparing import changed_cells, frozen, laid_over, unasked
from handlers.teacher.filling import Filling, filled_in
from handlers.teacher.identity import key_of_application, key_of_entry, key_of_form, one_each, same
from handlers.teacher.plan import Facts, Item, Known, Plan
from storage.application_rows import Form


def planned(case: Case, facts: Facts, lines: Sequence[Line]) -> Plan:
    """Judge the lines. Takes a millisecond or two each: not to be done within a transaction."""
    plan = asyncio.run(_judged(case, facts, lines))
    _hold_to_limits(case, facts, plan)
    plan.wrong.sort(key=lambda one: (one.line, one.key))
    return plan


async def _judged(case: Case, facts: Facts, lines: Sequence[Line]) -> Plan:
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
            judging.refuse(entry, [_twin_in_table(entry.number, twin)])
        else:
            await judging.judge(entry, None if index is None else facts.known[index])
    return judging.plan


@dataclass(slots=True)
class _Judging:
    """Entries, one after another."""

    case: Case
    facts: Facts
    plan: Plan = field(default_factory=Plan)
    #: The applications that entries are about already.
    used: set[int] = field(default_factory=set)
    #: Which lines have entered what already, by whom it names.
    seen: dict[str, list[tuple[Key, int]]] = field(default_factory=dict)
    #: Who of the table is new.
    new: set[str] = field(default_factory=set)

    async def judge(self, entry: Entry, known: Known | None) -> None:
        """Fill in an entry, and say what becomes of it."""
        common = entry.common(common_keys(self.facts.columns))
        wrong = self._contradicting(entry)
        if common.get(NUMBER) and (known is None or known.application.number != common[NUMBER]):
            wrong.append(Wrong(entry.number, NUMBER, Refusal("bulk.number_unknown")))
        whole, given = entry, {**self.facts.given}
        if known is not None:
            before = table_of(self.case, self.facts.event, known.answers, number=known.application.number)
            whole, common = laid_over(before, entry, common)
            given |= unasked(self.facts, known)
        filling = await filled_in(self.case, self.facts.event, Entry(whole.lines, given), common)
        wrong += filling.wrong
        if not wrong:
            found = self._changed(filling, known) if known else self._new(filling)
            if isinstance(found, Known):
                await self.judge(entry, found)
                return
            if isinstance(found, Item):
                self.plan.items.append(found)
                return
            wrong = found
        self.refuse(entry, wrong)

    def refuse(self, entry: Entry, wrong: Sequence[Wrong]) -> None:
        """Nothing becomes of the entry, and why."""
        who = entry.common([TITLE]).get(TITLE) or entry.lines[0].cells.get("name", "")
        self.plan.items.append(Item(Fate.WRONG, entry.number, who))
        self.plan.wrong += wrong

    def _contradicting(self, entry: Entry) -> list[Wrong]:
        """A team has one school and one nomination: rows that say otherwise."""
        keys = [key for key in common_keys(self.facts.columns) if key not in (TITLE, NUMBER)]
        return [
            Wrong(line, key, Refusal("bulk.contradicts", {"first": entry.number}))
            for line, key in contradictions(entry, keys)
        ]

    def _new(self, filling: Filling) -> Item | Known | list[Wrong]:
        """A new application; what is there already turns up here at the latest."""
        facts, line = self.facts, filling.entry.number
        form = form_of(facts.event, filling.answers)
        key = key_of_form(form)
        seen = self.seen.setdefault(key.who, [])
        twin = next((other for one, other in seen if same(key, one)), None)
        if twin is not None:
            return [_twin_in_table(line, twin)]
        there = (one for one in facts.known if same(key, key_of_application(one.application)))
        free = next((one for one in there if one.application.id not in self.used), None)
        if free is not None:
            return free
        wrong = self._lacking(filling, form, None)
        if (closed := deadlines.applying(self.case, facts.running, form.organisation_code)) is not None:
            wrong.append(Wrong(line, "school", refused(self.case, closed)))
        if wrong:
            return wrong
        seen.append((key, line))
        twice = self._twice(form)
        self.new.add(form.duplicate_key)
        return Item(Fate.NEW, line, _who(form), filling.answers, form, twice=twice)

    def _changed(self, filling: Filling, known: Known) -> Item | list[Wrong]:
        """The application that is there, as it would be."""
        facts, line = self.facts, filling.entry.number
        form = form_of(facts.event, filling.answers, known.application.answers)
        number = known.application.number
        before = table_of(self.case, facts.event, known.answers, number=number)
        after = table_of(self.case, facts.event, filling.answers, number=number)
        changed = changed_cells(facts, before, after)
        if changed:
            said_at = self.case.incoming.said_at
            wrong = [Wrong(line, "name", refused(self.case, known.refusal))] if known.refusal else []
            stands = frozen(facts, known, before, after, line=line, said_at=said_at)
            wrong += [stands] if stands else []
            if wrong := wrong or self._lacking(filling, form, known):
                return wrong
        self.used.add(known.application.id)
        key = key_of_form(form)
        self.seen.setdefault(key.who, []).append((key, line))
        fate = Fate.CHANGED if changed else Fate.SAME
        return Item(fate, line, _who(form), filling.answers, form, known.application, changed)

    def _lacking(self, filling: Filling, form: Form, known: Known | None) -> list[Wrong]:
        """Answers that could wait, and can't any more; what is frozen is let be."""
        now = self.case.incoming.said_at
        let_be = known is not None and known.application.state is not ApplicationState.CHANGES_ASKED
        return [
            Wrong(filling.rows.get(one.member or 0, filling.entry.number), key_of(one.field), Refusal("bulk.needed"))
            for one in missing_of(self.facts.event, form, now)
            if one.is_due and not (let_be and is_frozen(one.field, now))
        ]

    def _twice(self, form: Form) -> bool:
        """Whether they seem to be entered already, by this account in another nomination, or by another."""
        key = form.duplicate_key
        if key in self.facts.others or any(one.application.duplicate_key == key for one in self.facts.known):
            return True
        return one_each(self.facts.event) and key in self.new


def _who(form: Form) -> str:
    return form.title or (form.participants[0].name.formal if form.participants else "")


def _twin_in_table(line: int, other: int) -> Wrong:
    return Wrong(line, "name", Refusal("bulk.twice", {"line": other}))


def _hold_to_limits(case: Case, facts: Facts, plan: Plan) -> None:
    """What would be one too many from a school or in a nomination is wrong: counted as it will be carried out."""
    limits = limits_of(facts.event)
    if not limits:
        return
    tally = Tally(limits, facts.counted.values())
    for place, item in sorted(enumerate(plan.items), key=lambda one: one[1].fate is Fate.NEW):
        if item.form is None or item.fate not in (Fate.NEW, Fate.CHANGED):
            continue
        before = facts.counted.get(item.application.id) if item.application else None
        if (refusal := count_in(tally, item.form, before)) is not None:
            plan.items[place] = replace(item, fate=Fate.WRONG)
            plan.wrong.append(Wrong(item.line, "name", refused(case, refusal)))
