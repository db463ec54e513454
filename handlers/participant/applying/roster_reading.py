"""What a line of a roster says: the person, the class, and what else the event asks of each member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.contest.event import Category, Event
from bot.contest.event.fields import AskedOf, ChoiceField, EventField, Need, YesNoField
from bot.contest.refusal import Refusal
from bot.contest.roster import Listed, read_roster, twin_of
from bot.contest.text import fold
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import members
from handlers.participant.applying.common_steps import age_refusal
from handlers.participant.applying.filled import Filled, keep_grade, keep_name
from handlers.participant.applying.grade_steps import audience_refusal_of
from handlers.participant.applying.own_steps import key_of
from handlers.participant.applying.own_values import birth_date, parser
from handlers.participant.wording import refused

_GENDERS = {
    fold(word): gender
    for gender, words in {
        "female": ("ж", "жен", "женский", "девочка", "девушка"),
        "male": ("м", "муж", "мужской", "мальчик", "юноша"),
    }.items()
    for word in words
}
TOO_MANY = "roster.too_many"
#: So many of those who found no place are named.
MOST_OVER = 5
_WORDS = {"да": True, "нет": False}


@dataclass(slots=True)
class Read:
    """What was understood of a message."""

    #: The draft with those who were understood.
    answers: Answers
    added: int = 0
    #: What is wrong, a line of text each.
    mistakes: list[str] = field(default_factory=list)
    #: Who found no place any more, in a sentence.
    over: str = ""


def read(case: Case, event: Event, answers: Answers, text: str, *, at: int | None = None) -> Read | Refusal:
    """Add the people of `text` to the draft, or put the only one in the place of number `at`.

    A message of one line that can't be read is refused; of several, the lines that can are kept.
    """
    filled = Filled(event, answers)
    found = read_roster(text, needs_grade=asks_grade(filled), columns=len(_columns(event)))
    alone = len(found.people) + len(found.mistakes) == 1 or at is not None
    result = Read(answers)
    told = [(one.line, case.say("roster_shown", text=one.text), one.refusal) for one in found.mistakes]
    over = []
    for listed in found.people[: 1 if at else None]:
        kept = _with(case, event, result.answers, listed, at)
        if not isinstance(kept, Refusal):
            result.answers, result.added = kept, result.added + 1
        elif kept.key == TOO_MANY:
            over.append(listed.name.formal)
        else:
            told.append((listed.line, "", kept))
    if alone and not result.added:
        return refused(case, told[0][2] if told else Refusal(TOO_MANY, {"most": filled.most}))
    result.mistakes = [_mistake(case, *one) for one in sorted(told, key=lambda one: one[0])]
    if over:
        more = case.say("roster_over_more", count=len(over) - MOST_OVER) if len(over) > MOST_OVER else ""
        result.over = case.say("roster_over", most=filled.most, names=", ".join(over[:MOST_OVER]), more=more)
    return result if result.added or result.mistakes or over else Refusal("name.expected")


def _mistake(case: Case, line: int, shown: str, refusal: Refusal) -> str:
    """«строка 3, «Орлова»: Вижу только…»; where the refusal names the person, the line need not be repeated."""
    told = refused(case, refusal)
    shown = "" if "name" in refusal.values else shown
    return case.say("roster_mistake", line=line, shown=Trusted(shown), why=Trusted(case.say(told.key, **told.values)))


def asks_grade(filled: Filled) -> bool:
    """Whether each line must have a class: not of grown-ups, and not where names are a courtesy."""
    hidden = filled.event.common_fields.grade is Need.HIDDEN
    return not (hidden or filled.adult or filled.headcount is not None)


def columns(case: Case, event: Event, filled: Filled) -> str:
    """«фамилия, имя, отчество, класс, дата рождения, пол»."""
    who = filled.event.audience.categories
    group = "group" if Category.PUPIL not in who else "grade_or_group" if Category.PRESCHOOLER in who else "grade"
    grade = [case.say(f"roster_column.{group}")] if asks_grade(filled) else []
    further = _columns(event)
    asked = [case.say(f"roster_column.{one}") if isinstance(one, str) else one.title.lower() for one in further]
    return ", ".join([case.say("roster_column.name"), *grade, *asked])


def _columns(event: Event) -> Sequence[str | EventField]:
    """What a line may say beside the name and the class, in its order."""
    common = event.common_fields
    asked = (("birth_date", common.birth_date), ("gender", common.gender))
    own = (one for one in event.fields if one.asked_of is AskedOf.MEMBER and not (one.shown_if or one.nominations))
    return [*(name for name, need in asked if need is not Need.HIDDEN), *own]


def _with(case: Case, event: Event, answers: Answers, listed: Listed, at: int | None) -> Answers | Refusal:
    filled = Filled(event, answers)
    number = at or filled.count + 1
    if number > filled.most:
        return Refusal(TOO_MANY, {"most": filled.most})
    others = [name for one in filled.numbers if one != number and (name := filled.name(one))]
    if (twin := twin_of(listed.name, others)) is not None:
        return Refusal("roster.twice", {"name": twin.formal})
    facts = _facts(case, event, listed)
    if isinstance(facts, Refusal):
        return facts
    kept = members.with_member(event, answers, number, {**_person(listed, filled), **facts})
    refusal = audience_refusal_of(event, Filled(event, kept), number) or age_refusal(event, kept, number)
    if refusal is None and _lacks_letter(event, listed):
        return Refusal("roster.letter_missing", {"name": listed.name.formal})
    return refusal or kept


def _person(listed: Listed, filled: Filled) -> dict[str, Any]:
    person: dict[str, Any] = {"name": keep_name(listed.name)}
    if listed.grade is None or filled.adult:
        return person
    return {**person, "grade": keep_grade(listed.grade), "letter": listed.grade.letter}


def _lacks_letter(event: Event, listed: Listed) -> bool:
    needed = event.common_fields.grade_letter is Need.REQUIRED
    return needed and listed.grade is not None and listed.grade.number is not None and not listed.grade.letter


def _facts(case: Case, event: Event, listed: Listed) -> dict[str, Any] | Refusal:
    """The further cells: a date and a gender wherever they stand, the rest in the order of the fields."""
    facts: dict[str, Any] = {}
    left = list(_columns(event))
    for cell in listed.rest:
        kind = _kind(cell, left)
        if not cell or kind is None:
            continue
        left.remove(kind)
        found = _value(case, kind, cell)
        if isinstance(found, Refusal):
            return found
        facts[f"_{kind}" if isinstance(kind, str) else key_of(kind)] = found
    return facts


def _kind(cell: str, left: Sequence[str | EventField]) -> str | EventField | None:
    if "gender" in left and fold(cell) in _GENDERS:
        return "gender"
    if "birth_date" in left and cell[:1].isdigit() and sum(char in "./-" for char in cell) > 1:
        return "birth_date"
    return next((one for one in left if not isinstance(one, str)), None) or next(iter(left), None)


def _value(case: Case, kind: str | EventField, cell: str) -> Any:
    if kind == "gender":
        return _GENDERS.get(fold(cell)) or Refusal("roster_gender")
    if isinstance(kind, str):
        found = birth_date(case, cell)
        return Refusal("roster_birth_date", {"years": found["years"]}) if isinstance(found, dict) else found
    return _own_value(case, kind, cell)


def _own_value(case: Case, asked: EventField, cell: str) -> Any:
    if isinstance(asked, YesNoField):
        value = _WORDS.get(fold(cell))
        return Refusal("roster_yes_no", {"title": asked.title}) if value is None else value
    if isinstance(asked, ChoiceField):
        code = next((one.code for one in asked.options if fold(one.title) == fold(cell)), None)
        if code is None:
            options = ", ".join(one.title for one in asked.options)
            return Refusal("roster_choice", {"title": asked.title, "options": options})
        return [code] if asked.several else code
    return parser(asked)(case, cell)
