"""Filling in an application from the cells of a table: the same questions as in the chat, answered by what they say.

Each question reads its cell and takes or refuses it by itself, so that a table can do nothing that the chat can't, and
is told what is wrong in the same words. Rows are looked at outside of any transaction: nothing here asks the storage.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from bot.contest.bulk import Entry
from bot.contest.event import Event
from bot.contest.event.fields import ChoiceField
from bot.contest.names import read_full_name
from bot.contest.refusal import Refusal
from bot.contest.roster import twin_of
from bot.contest.text import fold, too_long
from bot.talk.model import Option, Step
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.participant import members, units
from handlers.participant.common_steps import common_steps
from handlers.participant.filled import Filled, keep_name, nth
from handlers.participant.grade_steps import grade_steps
from handlers.participant.own_steps import key_of, member_steps
from handlers.participant.questions import questions
from handlers.participant.roles import ForWhom
from handlers.participant.roster_reading import asks_grade
from handlers.participant.roster_steps import DONE, ROSTER
from handlers.participant.unit_steps import unit_steps
from handlers.participant.wording import refused
from handlers.teacher.columns import CAPTAIN, TITLE

#: Questions with which an application ends: a table is looked through before it is sent.
LAST = "review"
#: What is asked once, for all children of a table.
_ASIDE = ("role", "unit", "consent_processing", "consent_publication", "under_age")
_ABOUT_PEOPLE = ("name_check", "_birth_date_check", "experience_check", ROSTER)
#: Where numbers have lost their last digits: «8,9E+10» says no telephone.
_ROUNDED = "e+"
_BETWEEN = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that can't be taken: row, column's key, and why."""

    line: int
    key: str
    refusal: Refusal


@dataclass(slots=True)
class Filling:
    """An application on its way from cells to answers."""

    case: Case
    event: Event
    entry: Entry
    common: Mapping[str, str]
    answers: Answers
    wrong: list[Wrong] = field(default_factory=list)

    async def fill(self) -> None:
        """Answer all questions, as far as the cells go."""
        await self._play(unit_steps(self.event), self.common, self.entry.number)
        await self._people()
        self.answers = {**self.answers, ROSTER: DONE, "authors_done": True}
        asked = takewhile(lambda step: step.name != LAST, questions(self.event))
        of_the_whole = [step for step in asked if step.name not in _ASIDE and not self._is_personal(step.name)]
        await self._play(of_the_whole, self.common, self.entry.number)

    def _is_personal(self, step: str) -> bool:
        """Whether the question is about one person: it has been asked of each."""
        return _column(step) in members.keys(self.event) or step.startswith(_ABOUT_PEOPLE)

    async def _people(self) -> None:
        """Each row that names somebody is a person."""
        filled = Filled(self.event, self.answers)
        lines = [line for line in self.entry.lines if line.cells.get("name")]
        if not lines and not filled.headcount:
            self._refuse(self.entry.number, "name", Refusal("bulk.needed"))
        if len(lines) > max(filled.most, 1):
            self._refuse(lines[filled.most].number, "name", Refusal("bulk.too_many", {"most": filled.most}))
            return
        for number, line in enumerate(lines, start=1):
            if not self._name(number, line.number, line.cells["name"]):
                continue
            cells = {nth(key, number): value for key, value in line.cells.items() if key != "name"}
            await self._member(number, cells, line.number)
            if fold(line.cells.get(CAPTAIN, "")) in ("да", "капитан", "+"):
                self.answers = {**self.answers, CAPTAIN: number}
        if self.entry.lines and lines and len(lines) < filled.people.least:
            self._refuse(self.entry.number, "name", Refusal("bulk.too_few", {"least": filled.people.least}))

    def _name(self, number: int, line: int, text: str) -> bool:
        name = read_full_name(text)
        if isinstance(name, Refusal):
            self._refuse(line, "name", name)
            return False
        filled = Filled(self.event, self.answers)
        if (twin := twin_of(name, [one for other in filled.numbers if (one := filled.name(other))])) is not None:
            self._refuse(line, "name", Refusal("author_twice", {"name": twin.formal}))
        self.answers = {**self.answers, nth("name", number): keep_name(name)}
        return True

    async def _member(self, number: int, cells: Mapping[str, str], line: int) -> None:
        grades = grade_steps(self.event, number) if asks_grade(Filled(self.event, self.answers)) else []
        for step in grades:
            if step.name.startswith("grade") or step.when(self.answers):
                await self._answer(step, cells.get(step.name, ""), line)
        for step in (*common_steps(self.event, number), *member_steps(self.event, number)):
            if cells.get(step.name) or step.when(self.answers):
                await self._take_or_ask(step, cells, line)

    async def _play(self, steps: Sequence[Step], cells: Mapping[str, str], line: int) -> None:
        for step in steps:
            if step.name not in self.answers and step.when(self.answers):
                await self._take_or_ask(step, cells, line)

    async def _take_or_ask(self, step: Step, cells: Mapping[str, str], line: int) -> None:
        if (settle := self._side_question(step.name)) is not None:
            await settle(step, line)
        elif not self._is_wrong(step.name, line):
            await self._answer(step, cells.get(_column(step.name), cells.get(step.name, "")), line)

    async def _answer(self, step: Step, text: str, line: int) -> None:
        key = _column(step.name)
        if key == "nomination":
            if {"name", "grade"} & {one.key for one in self.wrong}:
                return
            text = self._whole_nomination(text)
        if text and (several := self._several(step.name)):
            await self._tick(step, several, text, line)
            return
        value = await self._value(step, text)
        if isinstance(value, Refusal) and key == "nomination" and value.key == "bulk.not_in_list":
            value = Refusal(value.key, {"choices": "; ".join(self._fitting_nominations())})
        if isinstance(value, Refusal):
            self._refuse(line, key, value)
        else:
            await self._accept(step, value, line, key)

    def _whole_nomination(self, text: str) -> str:
        """«Эстрадный» as «Вокал: Эстрадный», where no other branch has such a leaf."""
        leaves = self.event.leaves
        named = [
            leaf for leaf in leaves if fold(text) in (fold(leaf.title), fold(self.event.nomination_title(leaf.code)))
        ]
        return self.event.nomination_title(named[0].code) if len(named) == 1 else text

    def _fitting_nominations(self) -> list[str]:
        filled = Filled(self.event, self.answers)
        if filled.category is None:
            return []
        number = filled.eldest.number if filled.eldest else None
        leaves = self.event.nominations_for(filled.category, number, filled.age_group)
        return [self.event.nomination_title(leaf.code) for leaf in leaves]

    def _several(self, step: str) -> ChoiceField | None:
        """The field of which several options may be chosen."""
        found = next((one for one in self.event.fields if step.startswith(key_of(one))), None)
        return found if isinstance(found, ChoiceField) and found.several else None

    async def _tick(self, step: Step, asked: ChoiceField, text: str, line: int) -> None:
        options = [Option(one.title, one.code) for one in asked.options]
        ticked = [_chosen(options, part) for part in _BETWEEN.split(text) if part.strip()]
        refusal = next((one for one in ticked if isinstance(one, Refusal)), None)
        if refusal is not None:
            self._refuse(line, _column(step.name), refusal)
        else:
            self.answers = {**self.answers, step.name: list(dict.fromkeys(ticked))}

    async def _accept(self, step: Step, value: Any, line: int, key: str) -> None:
        taken: Any = {**self.answers, step.name: value}
        if step.accept is not None:
            taken = await step.accept(self.case, self.answers, value)
        if isinstance(taken, Mapping):
            self.answers = dict(taken)
        else:
            self._refuse(line, key, taken if isinstance(taken, Refusal) else Refusal("bulk.ask_in_chat"))

    async def _value(self, step: Step, text: str) -> Any:
        """What the cell says, by the question's own rules."""
        if text and (refusal := too_long(text, step.limit)):
            return refusal
        if not text:
            return await self._nothing(step)
        if step.parse is not None:
            value = await step.parse(self.case, self.answers, text)
            lost = isinstance(value, Refusal) and _ROUNDED in text.casefold()
            return Refusal("bulk.number_lost") if lost else value
        return _chosen(await self._options(step), text)

    async def _nothing(self, step: Step) -> Any:
        """An empty cell: the way past the question, if there is one."""
        if step.parse is not None and not step.name.startswith(("name", "grade", "school", "f_", "m_", "team")):
            value = await step.parse(self.case, self.answers, "нет")
            if not isinstance(value, Refusal):
                return value
        if step.parse is None or step.name.startswith(("f_", "m_", "team")):
            options = await self._options(step)
            skip = [one for one in options if one.value is None]
            if skip:
                return None
        return Refusal("bulk.needed")

    async def _options(self, step: Step) -> Sequence[Option]:
        return await step.options(self.case, self.answers) if step.options else ()

    def _side_question(self, name: str) -> Callable[[Step, int], Awaitable[None]] | None:
        """Questions about an answer just given: nobody is there to be asked."""
        if name.startswith(("name_check", "experience_check")):
            return self._agree
        if name.startswith("_birth_date_check"):
            return self._unlikely
        sides = {
            "school_pick": self._school_found,
            "school_name": self._school_unknown,
            "contact_check": self._misspelt,
            "email_check": self._misspelt,
        }
        return sides.get(name)

    async def _agree(self, step: Step, line: int) -> None:
        await self._accept(step, True, line, _column(step.name))

    async def _unlikely(self, step: Step, line: int) -> None:
        key = step.name.replace("_check", "")
        years = self.answers[key]["years"]
        self._refuse(line, "_birth_date", Refusal("bulk.birth_unlikely", {"years": years}))

    async def _school_found(self, step: Step, line: int) -> None:
        found = self.answers["school"]["found"]
        if len(found) == 1:
            await self._accept(step, found[0], line, "school")
            return
        names = "; ".join(self.case.facts.directory.get(code).name_short for code in found)
        self._refuse(line, "school", Refusal("bulk.school_which", {"names": names}))

    async def _school_unknown(self, step: Step, line: int) -> None:
        """Not in the directory: taken as it stands if it can be a name, an organizer settles it."""
        typed = self.answers["school"]["unknown"]
        if step.parse is None:
            raise ValueError("the question takes no words")
        value = await step.parse(self.case, self.answers, typed)
        if isinstance(value, Refusal):
            self._refuse(line, "school", value)
        else:
            await self._accept(step, value, line, "school")

    async def _misspelt(self, step: Step, line: int) -> None:
        name = step.name.removesuffix("_check")
        self._refuse(line, name, Refusal("bulk.email_meant", {"meant": self.answers[name]["meant"]}))

    def _refuse(self, line: int, key: str, refusal: Refusal) -> None:
        if not self._is_wrong(key, line):
            self.wrong.append(Wrong(line, key, refused(self.case, refusal)))

    def _is_wrong(self, key: str, line: int) -> bool:
        return any(one.key == _column(key) and one.line == line for one in self.wrong)


async def filled_in(case: Case, event: Event, entry: Entry, common: Mapping[str, str]) -> Filling:
    """The entry as answers, or with what is wrong in it; `common` are the cells of the whole."""
    given = {key: value for key, value in entry.given.items() if not common.get(key)}
    answers = {"role": ForWhom.PUPILS.value, "unit": _unit(event, entry, common), **given}
    filling = Filling(case, event, entry, common, answers)
    await filling.fill()
    return filling


def _unit(event: Event, entry: Entry, common: Mapping[str, str]) -> str:
    """In what form they take part: a title or several rows make several authors."""
    offered = units.choices(event, ForWhom.PUPILS)
    several = bool(common.get(TITLE)) or len(entry.lines) > 1
    fitting = [unit for unit in offered if isinstance(unit, units.OF_SEVERAL) is several]
    return (fitting or list(offered))[0].kind.value


def _column(step: str) -> str:
    """The column that answers a step: those of further people, and of lower levels, share it."""
    bare = step.rstrip("0123456789")
    numbered = bare in ("name", "grade", "letter", "nomination") or bare.startswith(("_", "m_"))
    return {"letter": "grade", "contact": "phone"}.get(bare, bare) if numbered or bare == "contact" else step


def _chosen(options: Sequence[Option], text: str) -> Any:
    """The option that the cell names: in full, or so that no other can be meant; the last level of a nomination too."""
    wanted = fold(text)
    exact = [one for one in options if fold(one.label.removeprefix("✓ ")) == wanted]
    parts = [
        one for one in options if wanted.startswith(f"{fold(one.label)}:") or wanted.endswith(f": {fold(one.label)}")
    ]
    near = [one for one in options if wanted and wanted in fold(one.label)]
    for found in (exact, parts, near):
        if len(found) == 1:
            return found[0].value
    return Refusal("bulk.not_in_list", {"choices": "; ".join(one.label for one in options if one.value is not None)})
