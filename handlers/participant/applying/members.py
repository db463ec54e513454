"""The people of a team in a draft: each has a number, and answers that bear it (`name3`, `grade3`, `m_size3`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.event import Event
from bot.contest.event.fields import AskedOf, Need
from bot.talk.model import without
from bot.talk.position import Answers
from handlers.participant.applying.filled import Filled, nth
from handlers.participant.applying.own_steps import applies, key_of

#: Common questions without a column of their own.
COMMON = ("_position", "_subject", "_age", "_birth_date", "_gender", "_experience")
PERSON = ("name", "grade", "letter")
#: The members' own field whose answer is the years of work, where the event's file asks for them itself.
EXPERIENCE = "experience"
#: The years of work that were asked about and confirmed.
SURE = "experience_sure"
#: What a captain is among the participants.
CAPTAIN = "captain"


def keys(event: Event) -> tuple[str, ...]:
    """What is known of the first of them; the others have the same with their number."""
    own = (key_of(field) for field in event.fields if field.asked_of is AskedOf.MEMBER)
    return (*PERSON, *COMMON, *own)


def member(event: Event, answers: Answers, number: int) -> dict[str, Any]:
    """What is known of one."""
    return {key: answers[nth(key, number)] for key in keys(event) if nth(key, number) in answers}


def with_member(event: Event, answers: Answers, number: int, known: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with this one in the place of whoever had the number."""
    rest = without(answers, *(nth(key, number) for key in keys(event)))
    return rest | {nth(key, number): value for key, value in known.items()}


def without_member(event: Event, answers: Answers, number: int) -> dict[str, Any]:
    """The answers without this one; those behind move up, and the captain stays who it was."""
    count = max(Filled(event, answers).numbers, default=0)
    left = dict(answers)
    for later in range(number, count + 1):
        left = with_member(event, left, later, member(event, left, later + 1))
    captain = left.pop(CAPTAIN, None)
    if captain is None or captain == number:
        return left
    return {**left, CAPTAIN: captain - (captain > number)}


def own_answers(event: Event, answers: Answers, number: int, *, several: bool = True) -> dict[str, Any]:
    """What is kept with one: the members' fields by their codes; of `several` the common answers too."""
    asked = COMMON if several else ()
    common = {key: answers[nth(key, number)] for key in asked if answers.get(nth(key, number)) is not None}
    fields = [field for field in event.fields if field.asked_of is AskedOf.MEMBER]
    return common | {
        field.code: answers[key_of(field, number)]
        for field in fields
        if key_of(field, number) in answers and applies(event, field, answers, number)
    }


def skipped(event: Event, number: int) -> dict[str, Any]:
    """The common questions that may be passed over, as if they had been."""
    asked = event.common_fields
    return {nth(key, number): None for key in COMMON if getattr(asked, key.removeprefix("_"), None) is Need.OPTIONAL}


def known_answers(event: Event, kept: Mapping[str, object], number: int) -> dict[str, Any]:
    """The answers of a draft that would be kept so."""
    known: dict[str, Any] = {nth(key, number): kept[key] for key in COMMON if key in kept}
    for field in event.fields:
        if field.asked_of is AskedOf.MEMBER and field.code in kept:
            known[key_of(field, number)] = kept[field.code]
    years = kept.get("_experience", kept.get(EXPERIENCE))
    return known if years is None else {**known, nth(SURE, number): years}
