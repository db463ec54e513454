"""An application as the cells of a table: what the same questions would be answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.contest.event import Event
from bot.contest.event.fields import AskedOf, ChoiceField, EventField
from bot.contest.grades import Grade
from bot.talk.position import Answers
from handlers.kinds import Desk
from handlers.participant.applying.contact_steps import read_contact
from handlers.participant.applying.filled import Filled, nth, read_kept_grade
from handlers.participant.applying.own_steps import applies, key_of, shown_value
from handlers.participant.applying.unit_steps import helper_key
from handlers.teacher.columns import CAPTAIN, NUMBER, TITLE

Cells = dict[str, str]
_COMMON = ("_position", "_subject", "_age", "_birth_date", "_gender")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one application: those of the whole, and those of each person."""

    common: Mapping[str, str]
    people: tuple[Mapping[str, str], ...]

    @property
    def flat(self) -> dict[str, str]:
        """All cells by key; those of the second person have its number."""
        people = {nth(key, n): value for n, cells in enumerate(self.people, start=1) for key, value in cells.items()}
        return {**self.common, **people}

    @property
    def rows(self) -> list[dict[str, str]]:
        """A row a person, each with the cells of the whole."""
        return [{**self.common, **cells} for cells in (self.people or ({},))]


def table_of(desk: Desk, event: Event, answers: Answers, *, number: str = "") -> Table:
    """The cells that would give these answers again."""
    filled = Filled(event, answers)
    people = tuple(_filled(_person(desk, event, answers, one)) for one in filled.numbers)
    return Table(_filled({**_whole(event, filled), NUMBER: number}), people)


def _whole(event: Event, filled: Filled) -> dict[str, str]:
    answers = filled.answers
    contact = read_contact(answers)
    eldest = read_kept_grade(answers.get("_eldest"))
    return {
        TITLE: str(answers.get(TITLE) or ""),
        "form": filled.form.title if filled.form else "",
        "headcount": str(answers.get("headcount") or ""),
        "_eldest": _grade(eldest),
        "school": str((answers.get("school") or {}).get("name") or ""),
        "supervisor": ", ".join(answers.get("supervisor") or ()),
        "phone": contact.phone or "",
        "email": contact.email or "",
        "nomination": event.nomination_title(filled.nomination.code) if filled.nomination else "",
        **{
            key_of(field): _value(field, answers.get(key_of(field)))
            for field in event.fields
            if field.asked_of is AskedOf.APPLICATION and applies(event, field, answers)
        },
        **{
            helper_key(one.code): ", ".join(answers.get(helper_key(one.code)) or ())
            for one in getattr(filled.unit, "helpers", ())
        },
    }


def _person(desk: Desk, event: Event, answers: Answers, number: int) -> dict[str, str]:
    filled = Filled(event, answers)
    name = filled.name(number)
    return {
        "name": name.formal if name else "",
        "grade": _grade(filled.grade(number)),
        CAPTAIN: desk.say("button.yes") if answers.get(CAPTAIN) == number else "",
        **{key: _common(desk, key, answers.get(nth(key, number))) for key in _COMMON},
        **{
            key_of(field): _value(field, answers.get(key_of(field, number)))
            for field in event.fields
            if field.asked_of is AskedOf.MEMBER and applies(event, field, answers, number)
        },
    }


def _filled(cells: Mapping[str, str]) -> Cells:
    return {key: value for key, value in cells.items() if value}


def _grade(grade: Grade | None) -> str:
    if grade is None:
        return ""
    return grade.group.label if grade.group else f"{grade.number}{grade.letter}"


def _common(desk: Desk, key: str, value: object) -> str:
    match key, value:
        case _, None:
            return ""
        case "_gender", str():
            return desk.say(f"button.{value}")
        case "_birth_date", str():
            return f"{date.fromisoformat(value):%d.%m.%Y}"
    return str(value)


def _value(field: EventField, value: Any) -> str:
    if isinstance(field, ChoiceField) and isinstance(value, list):
        return "; ".join(one.title for one in field.options if one.code in value)
    return shown_value(field, value)
