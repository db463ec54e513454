"""An event's own fields: of whom each is asked, until when its answer may wait, and from when it stands.

`required_from`: before that moment an answer may be left for later; from it on an application is not complete without
it. `frozen_after`: after that moment only an organizer opens the answer again, by asking for changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.contest.event import Category, Event
from bot.contest.event.fields import AskedOf, EventField

#: The answer to a field; None: there is none.
ValueOf = Callable[[EventField], object]


@dataclass(frozen=True, slots=True)
class Told:
    """What an application has told so far, by the codes of the fields."""

    category: Category | None
    #: The code of the nomination.
    nomination: str | None
    answers: Mapping[str, object]
    #: The answers of each member to the members' fields.
    members: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that is not there."""

    field: EventField
    #: Counts the people of the application from 1; None: a field of the application itself.
    member: int | None
    #: Since when the application is not complete without it; None: always.
    due_at: datetime | None
    #: Whether it can't wait any more.
    is_due: bool


def is_asked(
    event: Event, field: EventField, *, category: Category | None, nomination: str | None, value_of: ValueOf
) -> bool:
    """Whether the field is asked of such a participant after such earlier answers."""
    if field.categories and category not in field.categories:
        return False
    if field.nominations:
        path = event.nomination_path(nomination) if nomination else ()
        if not {one.code for one in path} & set(field.nominations):
            return False
    if field.shown_if is None:
        return True
    earlier = next(one for one in event.fields if one.code == field.shown_if.field)
    if not is_asked(event, earlier, category=category, nomination=nomination, value_of=value_of):
        return False
    value = value_of(earlier)
    given = value if isinstance(value, list) else [value]
    return any(one in field.shown_if.equals for one in given)


def is_needed(field: EventField, now: datetime) -> bool:
    """Whether an application can't be sent without the answer now."""
    return field.required if field.required_from is None else now >= field.required_from


def is_frozen(field: EventField, now: datetime) -> bool:
    """Whether the applicant can't change the answer any more."""
    return field.frozen_after is not None and now > field.frozen_after


def missing_fields(event: Event, told: Told, now: datetime) -> tuple[Missing, ...]:
    """What is not answered: what can't wait any more, and what will be needed later, in the order of the file.

    Fields of the work are asked with the work, so they are not missed here.
    """
    found: list[Missing] = []
    for field in event.fields:
        if field.asked_of is AskedOf.WORK or not (field.required or field.required_from):
            continue
        members = range(1, len(told.members) + 1) if field.asked_of is AskedOf.MEMBER else (None,)
        found += [
            Missing(field, member, field.required_from, is_needed(field, now))
            for member in members
            if _is_open(event, field, told, member)
        ]
    return tuple(found)


def _is_open(event: Event, field: EventField, told: Told, member: int | None) -> bool:
    own = told.members[member - 1] if member is not None else {}

    def value_of(one: EventField) -> object:
        return (own if one.asked_of is AskedOf.MEMBER else told.answers).get(one.code)

    if value_of(field) not in (None, "", []):
        return False
    return is_asked(event, field, category=told.category, nomination=told.nomination, value_of=value_of)
