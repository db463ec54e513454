"""Answers to an event's own fields, by the type of the field."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.year.entries import Entry
from bot.contest.event.fields import (
    AskedOf,
    ChoiceField,
    DateField,
    DurationField,
    NumberField,
    OwnField,
    YesNoField,
)

#: Years of work of the first and of the second of a pair.
EXPERIENCE = (18, 2)
LONG_MINUTES = 2


def own_answer(field: OwnField, entry: Entry, about: int = 0) -> Sequence[str]:
    """What is written or pressed, one after another: what the plan says, or what the field takes.

    `about`: which of the entry's people a member's field asks about.
    """
    if isinstance(field, NumberField) and field.asked_of is AskedOf.MEMBER:
        return (str(EXPERIENCE[about % len(EXPERIENCE)]),)
    if field.code in entry.fields:
        return (entry.fields[field.code],)
    return _by_type(field, entry)


def _by_type(field: OwnField, entry: Entry) -> Sequence[str]:
    answer = field.example or f"{entry.title}: {field.title.lower()}"
    match field:
        case ChoiceField(options=options, several=several):
            chosen = options[entry.serial % len(options)].title
            return (chosen, "Готово") if several else (chosen,)
        case YesNoField(must_be_yes=must):
            answer = "Да" if must else "Нет"
        case NumberField(least=least, most=most):
            answer = str(_number(int(least or 0), int(most) if most is not None else None, entry.serial))
        case DateField(earliest=earliest, latest=latest):
            day = latest or earliest
            answer = f"{day:%d.%m.%Y}" if day else "01.03.2021"
        case DurationField(most=most):
            answer = "2:30" if most is None or int(most.split(":")[0]) > LONG_MINUTES else "1:00"
    return (answer,)


def _number(least: int, most: int | None, serial: int) -> int:
    span = 7 if most is None else most - least + 1
    return least + serial % min(span, 7)
