"""Questions of an event that could never be answered, and parts of its unit that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.contest.event.awards import Participation
from bot.contest.event.base import Category
from bot.contest.event.fields import AskedOf, ChoiceField, Condition, EventField, Need, NumberField, YesNoField
from bot.contest.event.model import ConsentKind, Event
from bot.contest.event.source import Place
from bot.contest.event.units import Attendance, Bundle

Found = Iterator[tuple[Place, str]]

#: The option of the field of roles that means somebody who speaks.
SPEAKER = "speaker"
#: What a parent event cannot have: one takes part in its children.
_NOT_OF_A_BUNDLE = ("stages", "nominations", "fields", "submission", "criteria", "jury", "seats", "meeting", "bulk")


def asking_faults(event: Event) -> Found:
    """What of the questions and of the way to take part cannot work."""
    fields = {field.code: field for field in event.fields}
    for index, field in enumerate(event.fields):
        yield from _bounds(field, ("fields", index))
        if field.shown_if is not None:
            yield from _condition(field, field.shown_if, fields, ("fields", index, "shown_if"))
    if ConsentKind.PROCESSING not in event.consents:
        yield ("consents",), "без processing данные участников хранить нельзя"
    yield from _unit(event)
    yield from _common(event)


def _bounds(field: EventField, place: Place) -> Found:
    if not isinstance(field, NumberField) or field.least is None or field.most is None:
        return
    if field.most < field.least:
        yield (*place, "most"), "most должно быть не меньше least"


def _condition(field: EventField, condition: Condition, fields: Mapping[str, EventField], place: Place) -> Found:
    """The values must be ones that the earlier field can hold, and it must be asked no later."""
    earlier = fields.get(condition.field)
    if earlier is None:
        return
    known: set[str | bool] | None = None
    if isinstance(earlier, ChoiceField):
        known = {option.code for option in earlier.options}
    if isinstance(earlier, YesNoField):
        known = {True, False}
    for index, value in enumerate(condition.equals):
        if known is not None and value not in known:
            words = ", ".join(sorted(str(one).lower() for one in known))
            yield (*place, "equals", index), f"такого ответа у поля {earlier.code} нет; есть: {words}"
    if earlier.asked_of is not field.asked_of and earlier.asked_of is not AskedOf.APPLICATION:
        yield (*place, "field"), f"поле {earlier.code} спрашивают в другом месте (asked_of), зависеть от него нельзя"


def _unit(event: Event) -> Found:
    match event.unit:
        case Attendance(role_field=role) if event.meeting is None:
            yield ("unit",), "у события с посещением должна быть встреча: meeting"
        case Bundle():
            for key in _NOT_OF_A_BUNDLE:
                if getattr(event, key):
                    yield (key,), "у общего события этого не бывает: участвуют в его частях (unit.children)"
            if event.other_units:
                yield ("other_units",), "у общего события этого не бывает: участвуют в его частях (unit.children)"
            if event.code in event.unit.children:
                yield ("unit", "children"), "событие не может быть частью самого себя"
    if isinstance(event.awards, Participation) and event.awards.speaker is not None:
        role = event.unit.role_field if isinstance(event.unit, Attendance) else None
        field = next((one for one in event.fields if one.code == role), None)
        if not isinstance(field, ChoiceField) or SPEAKER not in {option.code for option in field.options}:
            yield (
                ("awards", "speaker"),
                f"докладчиков не узнать: нужен unit.role_field — поле с выбором, где есть код {SPEAKER}",
            )


def _common(event: Event) -> Found:
    """What groups and nominations look at must be asked."""
    common = event.common_fields
    pupils = Category.PUPIL in event.audience.categories
    if pupils and common.grade is Need.HIDDEN and any(group.grades for group in event.age_groups):
        yield ("common_fields", "grade"), "возрастные группы заданы по классам, класс нужно спрашивать: required"
    if common.age is not Need.REQUIRED and common.birth_date is not Need.REQUIRED:
        for index, group in enumerate(event.age_groups):
            if group.ages is not None:
                yield ("age_groups", index, "ages"), "группа по возрасту: нужно common_fields.age: required"
    if event.audience.grades is not None and not pupils:
        yield ("audience", "grades"), "классы бывают только у школьников, а pupil среди categories нет"
