"""Questions that an event's file asks: its own fields, and the common ones that have no column of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.contest.event import Event
from bot.contest.event.fields import (
    AskedOf,
    ChoiceField,
    Condition,
    DateField,
    EventField,
    Need,
    TextField,
    YesNoField,
)
from bot.contest.refusal import Refusal
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.filled import Filled
from handlers.participant.own_values import LINE, Parse, birth_date, parser, read_age, says_no, words
from handlers.participant.wording import refused

DONE = "="


def own_steps(event: Event, asked_of: AskedOf) -> list[Step]:
    """The event's own questions of this kind."""
    return [_step(event, field) for field in event.fields if field.asked_of is asked_of]


def common_steps(event: Event) -> list[Step]:
    """Position, subject, age, birth date, gender: where the event asks for them."""
    common = event.common_fields
    asked = (
        ("_position", common.position, words),
        ("_subject", common.subject, words),
        ("_age", common.age, read_age),
        ("_birth_date", common.birth_date, birth_date),
    )
    steps = [_common(name, need, parse) for name, need, parse in asked if need is not Need.HIDDEN]
    steps += [_birth_date_check()] if common.birth_date is not Need.HIDDEN else []
    return steps if common.gender is Need.HIDDEN else [*steps, _gender()]


def shown(event: Event, answers: Answers) -> list[tuple[str, str]]:
    """Titles and values of the application's own fields, for reviewing."""
    fields = [field for field in event.fields if field.asked_of is AskedOf.APPLICATION]
    told = [field for field in fields if _asked(event, field, answers)]
    lines = [(field.title, _value(field, answers.get(key_of(field)))) for field in told]
    return [(title, value) for title, value in lines if value]


def key_of(field: EventField) -> str:
    """The step of an own field."""
    return f"f_{field.code}"


def applies(event: Event, field: EventField, answers: Answers) -> bool:
    """Whether the field is asked of such a participant, after such earlier answers."""
    filled = Filled(event, answers)
    if field.categories and filled.category not in field.categories:
        return False
    if field.nominations:
        path = event.nomination_path(filled.nomination.code) if filled.nomination else ()
        if not {one.code for one in path} & set(field.nominations):
            return False
    return field.shown_if is None or _holds(event, field.shown_if, answers)


def _asked(event: Event, field: EventField, answers: Answers) -> bool:
    return key_of(field) in answers and applies(event, field, answers)


def _holds(event: Event, condition: Condition, answers: Answers) -> bool:
    """Whether the earlier field is shown itself and holds one of the values."""
    earlier = next(field for field in event.fields if field.code == condition.field)
    value = answers.get(key_of(earlier))
    given = value if isinstance(value, list) else [value]
    return applies(event, earlier, answers) and any(one in condition.equals for one in given)


def _step(event: Event, field: EventField) -> Step:
    async def parse(case: Case, _answers: Answers, text: str) -> object:
        found = parser(field)(case, text)
        return refused(case, found) if isinstance(found, Refusal) else found

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        skip = [] if field.required else [Option(case.say("button.skip"), None)]
        return [*_options(case, field, answers), *skip]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers | Refusal:
        if isinstance(field, ChoiceField) and field.several:
            return _ticked(field, answers, value)
        if isinstance(field, YesNoField) and field.must_be_yes and value is False:
            return Refusal("field_must_be_yes")
        return {**answers, key_of(field): value}

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        question = field.question or case.say("field_question", title=Trusted(field.title))
        example = case.say("field_example", example=Trusted(field.example)) if field.example else ""
        return {"question": Trusted(question), "example": Trusted(example)}

    typed = not isinstance(field, ChoiceField | YesNoField)
    return Step(
        key_of(field),
        parse=parse if typed else None,
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: applies(event, field, answers),
        columns=2 if isinstance(field, YesNoField) else 1,
        text="apply.field",
        limit=field.max_length if isinstance(field, TextField) else LINE,
    )


def _options(case: Case, field: EventField, answers: Answers) -> list[Option]:
    match field:
        case ChoiceField(several=True):
            ticked = answers.get(f"{key_of(field)}_ticked") or []
            marked = [Option(f"{'✓ ' if one.code in ticked else ''}{one.title}", one.code) for one in field.options]
            return [*marked, *([Option(case.say("button.done"), DONE, "positive")] if ticked else [])]
        case ChoiceField():
            return [Option(one.title, one.code) for one in field.options]
        case YesNoField():
            return [Option(case.say("button.yes"), True), Option(case.say("button.no"), False)]
    return []


def _ticked(field: ChoiceField, answers: Answers, value: object) -> Answers:
    """Each press ticks or unticks one; «Готово» makes the answer of them."""
    key = f"{key_of(field)}_ticked"
    ticked: list[object] = list(answers.get(key) or [])
    if value is None or value == DONE:
        kept = {name: one for name, one in answers.items() if name != key}
        return {**kept, key_of(field): ticked if value == DONE else None}
    ticked = [one for one in ticked if one != value] if value in ticked else [*ticked, value]
    return {**answers, key: ticked}


def _common(name: str, need: Need, parse_text: Parse) -> Step:
    async def parse(case: Case, _answers: Answers, text: str) -> object:
        if need is Need.OPTIONAL and says_no(text):
            return None
        found = parse_text(case, text)
        return refused(case, found) if isinstance(found, Refusal) else found

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.skip"), None)] if need is Need.OPTIONAL else []

    return Step(name, parse=parse, options=options, text=f"apply.{name.removeprefix('_')}", limit=LINE)


def _gender() -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say(f"button.{value}"), value) for value in ("female", "male")]

    return Step("_gender", options=options, columns=2, text="apply.gender")


def _birth_date_check() -> Step:
    """A birth date that is possible, but more often a slip."""

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.yes"), True), Option(case.say("button.correct"), False)]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        born = answers["_birth_date"]
        return {**answers, "_birth_date": born["date"]} if value else without(answers, "_birth_date")

    async def values(_case: Case, answers: Answers) -> dict[str, object]:
        return {"years": answers["_birth_date"]["years"]}

    return Step(
        "_birth_date_check",
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: isinstance(answers.get("_birth_date"), dict),
        columns=2,
        counted=False,
        text="apply.birth_date_check",
    )


def _value(field: EventField, value: object) -> str:
    match field, value:
        case _, None | []:
            return ""
        case ChoiceField(options=options), _:
            codes = value if isinstance(value, list) else [value]
            return ", ".join(one.title for one in options if one.code in codes)
        case YesNoField(), _:
            return "да" if value else "нет"
        case DateField(), str():
            return f"{date.fromisoformat(value):%d.%m.%Y}"
    return str(value)
