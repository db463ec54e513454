"""Several children, a line each, where one name was asked for."""

from __future__ import annotations

from typing import Any

from bot.contest.event import Event
from bot.contest.roster import read_roster
from bot.contest.text import clean
from bot.talk.model import Open
from bot.talk.position import Answers
from handlers.participant.applying import units
from handlers.participant.applying.filled import Filled, keep_grade, keep_name
from handlers.participant.applying.roles import ForWhom

TALK = "list"
#: A list has at least two lines with people in them.
SHORTEST = 2
#: Further cells of a line, which are let pass here.
MOST_CELLS = 9


def takes_list(event: Event, answers: Answers) -> bool:
    """Whether a list may stand where the name of the first participant is asked for."""
    filled = Filled(event, answers)
    return filled.role is ForWhom.PUPILS and not filled.several


def is_list(text: str) -> bool:
    """Whether this looks like several people, a line each; a line with a class may be somebody misspelt."""
    found = read_roster(text, needs_grade=False, columns=MOST_CELLS)
    misspelt = [wrong for wrong in found.mistakes if any(char.isdigit() for char in wrong.text)]
    return bool(found.people) and len(found.people) + len(misspelt) >= SHORTEST


def begun(event: Event, answers: Answers, text: str) -> Open:
    """The list was pasted where one name was asked for; what was said of consents holds for all."""
    consents = {name: value for name, value in answers.items() if name.startswith("consent_")}
    return Open(TALK, event.code, answers={**answers_of_list(event, text), **consents}, resume=False)


def answers_of_list(event: Event, text: str) -> dict[str, Any]:
    """The list, and its first child, by whom the further questions go."""
    roster = read_roster(text, needs_grade=False, columns=MOST_CELLS)
    first = next((one for one in roster.people if one.grade is not None), None)
    person: dict[str, Any] = {}
    if first is not None and first.grade is not None:
        person = {"name": keep_name(first.name), "grade": keep_grade(first.grade), "letter": first.grade.letter}
    alone = next(unit for unit in units.choices(event, ForWhom.PUPILS) if not isinstance(unit, units.OF_SEVERAL))
    return {
        "role": ForWhom.PUPILS.value,
        "unit": alone.kind.value,
        "people": clean(text),
        "roster": "done",
        "authors_done": True,
        **person,
    }
