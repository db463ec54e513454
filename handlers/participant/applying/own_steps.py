"""Questions that an event's file asks: its own fields, and the common ones that have no column of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.contest.event import Event
from bot.contest.event.fields import (
    AskedOf,
    ChoiceField,
    DateField,
    EventField,
    TextField,
    YesNoField,
)
from bot.contest.own_fields import is_asked, is_needed
from bot.contest.refusal import Refusal
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying.filled import Filled, nth
from handlers.participant.applying.own_values import LINE, parser
from handlers.participant.wording import due, refused

DONE = "="


def own_steps(event: Event, asked_of: AskedOf) -> list[Step]:
    """The event's own questions of this kind."""
    return [_step(event, field) for field in event.fields if field.asked_of is asked_of]


def member_steps(event: Event, number: int) -> list[Step]:
    """The event's own questions about one member."""
    return [_step(event, field, number) for field in event.fields if field.asked_of is AskedOf.MEMBER]


def shown(event: Event, answers: Answers) -> list[tuple[str, str]]:
    """Titles and values of the application's own fields, for reviewing."""
    fields = [field for field in event.fields if field.asked_of is AskedOf.APPLICATION]
    told = [field for field in fields if _asked(event, field, answers)]
    lines = [(field.title, shown_value(field, answers.get(key_of(field)))) for field in told]
    return [(title, value) for title, value in lines if value]


def shown_of_member(event: Event, answers: Answers, number: int) -> list[tuple[str, str]]:
    """The same of one member."""
    fields = [field for field in event.fields if field.asked_of is AskedOf.MEMBER]
    told = [field for field in fields if applies(event, field, answers, number)]
    lines = [(field.title, shown_value(field, answers.get(key_of(field, number)))) for field in told]
    return [(title, value) for title, value in lines if value]


def key_of(field: EventField, number: int = 1) -> str:
    """The step of an own field; of a member's field, that of the member of this number."""
    return nth(f"m_{field.code}", number) if field.asked_of is AskedOf.MEMBER else f"f_{field.code}"


def applies(event: Event, field: EventField, answers: Answers, number: int = 1) -> bool:
    """Whether the field is asked of such a participant, or member, after such earlier answers."""
    filled = Filled(event, answers)
    return is_asked(
        event,
        field,
        category=filled.category,
        nomination=filled.nomination.code if filled.nomination else None,
        value_of=lambda earlier: answers.get(key_of(earlier, number)),
    )


def _asked(event: Event, field: EventField, answers: Answers) -> bool:
    return key_of(field) in answers and applies(event, field, answers)


def _step(event: Event, field: EventField, number: int = 1) -> Step:
    name = key_of(field, number)

    async def parse(case: Case, _answers: Answers, text: str) -> object:
        found = parser(field)(case, text)
        return refused(case, found) if isinstance(found, Refusal) else found

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        return [*_options(case, field, answers.get(f"{name}_ticked") or []), *_skip(case, field)]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers | Refusal:
        if isinstance(field, ChoiceField) and field.several:
            return _ticked(name, answers, value)
        if isinstance(field, YesNoField) and field.must_be_yes and value is False:
            return Refusal("field_must_be_yes")
        return {**answers, name: value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        question = field.question or case.say("field_question", title=Trusted(field.title))
        example = case.say("field_example", example=Trusted(field.example)) if field.example else ""
        who = Filled(event, answers).name(number) if field.asked_of is AskedOf.MEMBER else None
        whose = case.say("apply_whose", name=who.formal) if who else ""
        return {"question": Trusted(f"{whose}{question}"), "example": Trusted(f"{example}{_later(case, field)}")}

    def when(answers: Answers) -> bool:
        if field.asked_of is AskedOf.MEMBER:
            filled = Filled(event, answers)
            expected = filled.several and not filled.listed and number <= filled.people.least
            if not expected and number not in filled.numbers:
                return False
        return applies(event, field, answers, number)

    typed = not isinstance(field, ChoiceField | YesNoField)
    return Step(
        name,
        parse=parse if typed else None,
        options=options,
        accept=accept,
        values=values,
        when=when,
        columns=2 if isinstance(field, YesNoField) else 1,
        text="apply.field",
        limit=field.max_length if isinstance(field, TextField) else LINE,
    )


def _skip(case: Case, field: EventField) -> list[Option]:
    """The way past a question that needs no answer, or none yet."""
    if is_needed(field, case.incoming.said_at):
        return []
    return [Option(case.say("button.answer_later" if field.required_from else "button.skip"), None)]


def _later(case: Case, field: EventField) -> str:
    """Until when the answer may wait."""
    if field.required_from is None or is_needed(field, case.incoming.said_at):
        return ""
    return "\n" + case.say("field_later", at=due(case, field.required_from))


def _options(case: Case, field: EventField, ticked: Sequence[object]) -> list[Option]:
    match field:
        case ChoiceField(several=True):
            marked = [Option(f"{'✓ ' if one.code in ticked else ''}{one.title}", one.code) for one in field.options]
            return [*marked, *([Option(case.say("button.done"), DONE, "positive")] if ticked else [])]
        case ChoiceField():
            return [Option(one.title, one.code) for one in field.options]
        case YesNoField():
            return [Option(case.say("button.yes"), True), Option(case.say("button.no"), False)]
    return []


def _ticked(name: str, answers: Answers, value: object) -> Answers:
    """Each press ticks or unticks one; «Готово» makes the answer of them."""
    key = f"{name}_ticked"
    ticked: list[object] = list(answers.get(key) or [])
    if value is None or value == DONE:
        return {**without(answers, key), name: ticked if value == DONE else None}
    ticked = [one for one in ticked if one != value] if value in ticked else [*ticked, value]
    return {**answers, key: ticked}


def shown_value(field: EventField, value: object) -> str:
    """An answer in words; empty where there is none."""
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
