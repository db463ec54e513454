"""The common questions that have no column of their own: position, subject, age, birth date, gender, years of work.

Where several take part they are asked of each; of a long list only those that can't be done without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.contest.event import Category, Event
from bot.contest.event.fields import AskedOf, Need, NumberField
from bot.contest.refusal import Refusal
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying.filled import Filled, nth
from handlers.participant.applying.members import EXPERIENCE, SURE
from handlers.participant.applying.own_steps import key_of
from handlers.participant.applying.own_values import LINE, Parse, birth_date, read_age, read_years, says_no, words
from handlers.participant.wording import refused

GENDERS = ("female", "male")
#: Asked of nobody else where teachers may take part.
OF_TEACHERS = ("_position", "_subject")


def common_steps(event: Event, number: int = 1, *, counted: bool = True) -> list[Step]:
    """Where the event asks for them; of the person of this number."""
    common = event.common_fields
    asked = (
        ("_position", common.position, words),
        ("_subject", common.subject, words),
        ("_age", common.age, read_age),
        ("_birth_date", common.birth_date, birth_date),
    )
    steps = [_common(event, name, number, need, parse) for name, need, parse in asked if need is not Need.HIDDEN]
    steps += [_birth_date_check(number)] if common.birth_date is not Need.HIDDEN else []
    steps += [_gender(event, number)] if common.gender is not Need.HIDDEN else []
    if _own_experience(event) is None and number <= _most_experienced(event):
        steps.append(_common(event, "_experience", number, Need.REQUIRED, read_years))
    return [step if counted else replace(step, counted=False) for step in steps]


def experience_checks(event: Event) -> list[Step]:
    """More years of work than the event means are asked about, not refused."""
    return [_experience_check(event, number) for number in range(1, _most_experienced(event) + 1)]


def age_refusal(event: Event, answers: Answers, number: int) -> Refusal | None:
    """Why somebody of this age can't take part, by name."""
    filled = Filled(event, answers)
    years, ages, name = filled.age_of(number), event.audience.ages, filled.name(number)
    if years is None or ages is None or years in ages or filled.category is Category.TEACHER or name is None:
        return None
    return Refusal("roster.wrong_age", {"name": name.formal, "years": years, "ages": str(ages)})


def _ask(case: Case, event: Event, answers: Answers, name: str, number: int) -> dict[str, object]:
    """The question, about whom it is if there are several."""
    filled = Filled(event, answers)
    who = filled.name(number) if filled.most > 1 else None
    what = name.removeprefix("_")
    ask = case.say(f"ask_member.{what}", name=who.formal) if who else case.say(f"ask_own.{what}")
    return {"ask": Trusted(ask)}


def _is_asked(event: Event, number: int, need: Need) -> Callable[[Answers], bool]:
    def asked(answers: Answers) -> bool:
        filled = Filled(event, answers)
        if not filled.several:
            return number == 1
        if filled.listed:
            return need is Need.REQUIRED and nth("name", number) in answers
        return number <= filled.people.least or (number <= filled.most and nth("name", number) in answers)

    return asked


def _of_teachers(event: Event, asked: Callable[[Answers], bool]) -> Callable[[Answers], bool]:
    """Where teachers take part beside children, a child is not asked for a position."""
    if Category.TEACHER not in event.audience.categories:
        return asked
    return lambda answers: Filled(event, answers).category is Category.TEACHER and asked(answers)


def _common(event: Event, name: str, number: int, need: Need, parse_text: Parse) -> Step:
    key = nth(name, number)

    async def parse(case: Case, _answers: Answers, text: str) -> object:
        if need is Need.OPTIONAL and says_no(text):
            return None
        found = parse_text(case, text)
        return refused(case, found) if isinstance(found, Refusal) else found

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.skip"), None)] if need is Need.OPTIONAL else []

    async def accept(_case: Case, answers: Answers, value: object) -> Answers | Refusal:
        kept = {**answers, key: value}
        return age_refusal(event, kept, number) or kept

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        return _ask(case, event, answers, name, number)

    when = _is_asked(event, number, need)
    if name == "_experience":
        when = _is_limited(event, number)
    elif name in OF_TEACHERS:
        when = _of_teachers(event, when)
    text = f"apply.{name.removeprefix('_')}"
    return Step(key, parse=parse, options=options, accept=accept, values=values, when=when, text=text, limit=LINE)


def _gender(event: Event, number: int) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        skip = [Option(case.say("button.skip"), None)] if event.common_fields.gender is Need.OPTIONAL else []
        return [*(Option(case.say(f"button.{value}"), value) for value in GENDERS), *skip]

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        return _ask(case, event, answers, "_gender", number)

    return Step(
        nth("_gender", number),
        options=options,
        values=values,
        when=_is_asked(event, number, event.common_fields.gender),
        columns=2,
        text="apply.gender",
    )


def _birth_date_check(number: int) -> Step:
    """A birth date that is possible, but more often a slip."""
    key = nth("_birth_date", number)

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        return {**answers, key: answers[key]["date"]} if value else without(answers, key)

    async def values(_case: Case, answers: Answers) -> dict[str, object]:
        return {"years": answers[key]["years"]}

    return Step(
        nth("_birth_date_check", number),
        options=_yes_or_correct,
        accept=accept,
        values=values,
        when=lambda answers: isinstance(answers.get(key), dict),
        columns=2,
        counted=False,
        text="apply.birth_date_check",
    )


async def _yes_or_correct(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.yes"), True), Option(case.say("button.correct"), False)]


def _own_experience(event: Event) -> NumberField | None:
    """The members' own field that asks for the years of work."""
    fields = (field for field in event.fields if field.code == EXPERIENCE and field.asked_of is AskedOf.MEMBER)
    return next((field for field in fields if isinstance(field, NumberField)), None)


def _most_experienced(event: Event) -> int:
    """How many members of a pair there are whose years of work may matter."""
    limited = any(one.experience_most_years is not None for unit in event.units for one in getattr(unit, "members", ()))
    return 2 if limited else 0


def _is_limited(event: Event, number: int) -> Callable[[Answers], bool]:
    def limited(answers: Answers) -> bool:
        member = Filled(event, answers).member(number)
        return member is not None and member.experience_most_years is not None

    return limited


def _experience_check(event: Event, number: int) -> Step:
    own = _own_experience(event)
    key = key_of(own, number) if own else nth("_experience", number)
    sure = nth(SURE, number)

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        return {**answers, sure: answers[key]} if value else without(answers, key)

    async def values(_case: Case, answers: Answers) -> dict[str, object]:
        filled = Filled(event, answers)
        name, member = filled.name(number), filled.member(number)
        if name is None or member is None:
            raise ValueError("there is nobody whose years are to be checked")
        return {"name": name.formal, "years": answers[key], "most": member.experience_most_years}

    def when(answers: Answers) -> bool:
        member, years = Filled(event, answers).member(number), answers.get(key)
        most = member.experience_most_years if member else None
        return most is not None and isinstance(years, int) and years > most and answers.get(sure) != years

    return Step(
        nth("experience_check", number),
        options=_yes_or_correct,
        accept=accept,
        values=values,
        when=when,
        columns=2,
        counted=False,
        text="apply.experience_check",
    )
