"""Filling in an application from the cells of a table: the same questions as in the chat, answered by what they say.

Each question reads its cell and takes or refuses it by itself, so that a table can do nothing that the chat can't, and
is told what is wrong in the same words. Rows are looked at outside of any transaction: nothing here asks the storage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from bot.contest.bulk import Entry
from bot.contest.event import Event
from bot.contest.event.fields import ChoiceField
from bot.contest.names import read_full_name
from bot.contest.refusal import Refusal
from bot.contest.roster import twin_of
from bot.contest.text import fold
from bot.talk.model import Step
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.participant.applying import members, units
from handlers.participant.applying.common_steps import common_steps
from handlers.participant.applying.filled import Filled, keep_name, nth
from handlers.participant.applying.grade_steps import grade_steps
from handlers.participant.applying.own_steps import key_of, member_steps
from handlers.participant.applying.questions import questions
from handlers.participant.applying.roles import ForWhom
from handlers.participant.applying.roster_reading import asks_grade
from handlers.participant.applying.roster_steps import DONE, ROSTER
from handlers.participant.applying.unit_steps import unit_steps
from handlers.participant.wording import refused
from handlers.teacher.answering import Wrong, column_of, ticked, value_of
from handlers.teacher.columns import CAPTAIN, TITLE

#: Questions with which an application ends: a table is looked through before it is sent.
LAST = "review"
#: What is asked once, for all children of a table.
_ASIDE = ("role", "unit", "consent_processing", "consent_publication", "under_age")
_ABOUT_PEOPLE = ("name_check", "_birth_date_check", "experience_check", ROSTER)
_YES = ("да", "капитан", "+")


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


@dataclass(slots=True)
class Filling:
    """An application on its way from cells to answers."""

    case: Case
    event: Event
    entry: Entry
    common: Mapping[str, str]
    answers: Answers
    wrong: list[Wrong] = field(default_factory=list)
    #: In which row each person stands, by their number.
    rows: dict[int, int] = field(default_factory=dict)

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
        return column_of(step) in members.keys(self.event) or step.startswith(_ABOUT_PEOPLE)

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
            self.rows[number] = line.number
            if self._name(number, line.cells["name"]):
                await self._member(number, line.cells)
        if 0 < len(lines) < filled.people.least:
            self._refuse(self.entry.number, "name", Refusal("bulk.too_few", {"least": filled.people.least}))

    def _name(self, number: int, text: str) -> bool:
        """Whether the person has a name to go on with; namesakes without patronymics are one person twice."""
        name, line = read_full_name(text), self.rows[number]
        if isinstance(name, Refusal):
            self._refuse(line, "name", name)
            return False
        filled = Filled(self.event, self.answers)
        if (twin := twin_of(name, [one for other in filled.numbers if (one := filled.name(other))])) is not None:
            self._refuse(line, "name", Refusal("author_twice", {"name": twin.formal}))
        self.answers = {**self.answers, nth("name", number): keep_name(name)}
        return True

    async def _member(self, number: int, row: Mapping[str, str]) -> None:
        """What is asked of each person, from their own row."""
        cells = {nth(key, number): value for key, value in row.items() if key != "name"}
        line = self.rows[number]
        for step in grade_steps(self.event, number) if asks_grade(Filled(self.event, self.answers)) else ():
            if step.name.startswith("grade") or step.when(self.answers):
                await self._answer(step, cells.get(step.name, ""), line)
        for step in (*common_steps(self.event, number), *member_steps(self.event, number)):
            if cells.get(step.name) or step.when(self.answers):
                await self._take_or_ask(step, cells, line)
        if fold(row.get(CAPTAIN, "")) in _YES:
            self.answers = {**self.answers, CAPTAIN: number}

    async def _play(self, steps: Sequence[Step], cells: Mapping[str, str], line: int) -> None:
        for step in steps:
            if step.name not in self.answers and step.when(self.answers):
                await self._take_or_ask(step, cells, line)

    async def _take_or_ask(self, step: Step, cells: Mapping[str, str], line: int) -> None:
        """A question about an answer just given is settled as nobody is there to be asked; others get their cell."""
        match step.name.rstrip("0123456789"):
            case "name_check" | "experience_check":
                await self._accept(step, True, line)
            case "_birth_date_check":
                years = self.answers[step.name.replace("_check", "")]["years"]
                self._refuse(line, "_birth_date", Refusal("bulk.birth_unlikely", {"years": years}))
            case "contact_check" | "email_check" as name:
                asked = name.removesuffix("_check")
                meant = self.answers[asked]["meant"]
                self._refuse(line, column_of(asked), Refusal("bulk.email_meant", {"meant": meant}))
            case "school_pick":
                await self._pick_school(step, line)
            case "school_name":
                # Not in the directory: taken as it stands if it can be a name, an organizer settles it.
                await self._answer(step, self.answers["school"]["unknown"], line, key="school")
            case _ if not self._is_wrong(step.name, line):
                await self._answer(step, cells.get(column_of(step.name), cells.get(step.name, "")), line)

    async def _pick_school(self, step: Step, line: int) -> None:
        found = self.answers["school"]["found"]
        if len(found) == 1:
            await self._accept(step, found[0], line, key="school")
            return
        names = "; ".join(self.case.facts.directory.get(code).name_short for code in found)
        self._refuse(line, "school", Refusal("bulk.school_which", {"names": names}))

    async def _answer(self, step: Step, text: str, line: int, *, key: str = "") -> None:
        key = key or column_of(step.name)
        if key == "nomination":
            if any(one.key in ("name", "grade") for one in self.wrong):
                return  # which of them fit is not known
            text = self._whole_nomination(text)
        several = self._several(step.name) if text else None
        if several is not None:
            chosen = ticked(several, text)
            if isinstance(chosen, Refusal):
                self._refuse(line, key, chosen)
            else:
                self.answers = {**self.answers, step.name: chosen}
            return
        value = await value_of(self.case, step, self.answers, text)
        if isinstance(value, Refusal) and key == "nomination" and value.key == "bulk.not_in_list":
            value = Refusal(value.key, {"choices": "; ".join(self._fitting_nominations())})
        if isinstance(value, Refusal):
            self._refuse(line, key, value)
        else:
            await self._accept(step, value, line, key=key)

    async def _accept(self, step: Step, value: Any, line: int, *, key: str = "") -> None:
        taken: Any = {**self.answers, step.name: value}
        if step.accept is not None:
            taken = await step.accept(self.case, self.answers, value)
        if isinstance(taken, Mapping):
            self.answers = dict(taken)
        else:
            refusal = taken if isinstance(taken, Refusal) else Refusal("bulk.ask_in_chat")
            self._refuse(line, key or column_of(step.name), refusal)

    def _whole_nomination(self, text: str) -> str:
        """«Эстрадный» as «Вокал: Эстрадный», where no other branch has such a leaf."""
        titles = {leaf.code: self.event.nomination_title(leaf.code) for leaf in self.event.leaves}
        named = [one.code for one in self.event.leaves if fold(text) in (fold(one.title), fold(titles[one.code]))]
        return titles[named[0]] if len(named) == 1 else text

    def _fitting_nominations(self) -> list[str]:
        filled = Filled(self.event, self.answers)
        if filled.category is None:
            return []
        number = filled.eldest.number if filled.eldest else None
        leaves = self.event.nominations_for(filled.category, number, filled.age_group)
        return [self.event.nomination_title(leaf.code) for leaf in leaves]

    def _several(self, step: str) -> ChoiceField | None:
        """The field of which several options may be chosen."""
        found = next((one for one in self.event.fields if column_of(step) == key_of(one)), None)
        return found if isinstance(found, ChoiceField) and found.several else None

    def _refuse(self, line: int, key: str, refusal: Refusal) -> None:
        if not self._is_wrong(key, line):
            self.wrong.append(Wrong(line, key, refused(self.case, refusal)))

    def _is_wrong(self, key: str, line: int) -> bool:
        return any(one.key == column_of(key) and one.line == line for one in self.wrong)
