"""Questions about the class: its number, its letter, and what follows for who may apply alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.applications import Audience, audience_refusal
from bot.contest.consents import Applicant, who_may_consent
from bot.contest.event import Category, Event, Nomination
from bot.contest.event.fields import Need
from bot.contest.grades import GRADE_LIMIT, Grade, read_grade, read_letter
from bot.contest.refusal import Refusal
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying.filled import MOST_LEVELS, Filled, keep_grade, nth
from handlers.participant.applying.own_values import says_no
from handlers.participant.applying.roles import ForWhom
from handlers.participant.wording import refused

#: What only the applicant in question may have said: asked anew when somebody else turns out to apply.
CONSENTS = ("consent_processing", "consent_publication")


def grade_steps(event: Event, number: int) -> list[Step]:
    """The class of an author, and its letter."""
    return [_grade(event, number), _letter(event, number)]


def _grade(event: Event, number: int) -> Step:
    name, letter = nth("grade", number), nth("letter", number)

    async def parse(case: Case, _answers: Answers, text: str) -> object:
        found = read_grade(text)
        return refused(case, found) if isinstance(found, Refusal) else {**keep_grade(found), "letter": found.letter}

    async def accept(case: Case, answers: Answers, value: dict[str, object]) -> Answers | Refusal:
        kept = {**without(answers, letter), name: without(value, "letter")}
        if value["letter"]:
            kept[letter] = value["letter"]
        filled = Filled(event, kept)
        if refusal := audience_refusal_of(event, filled, number):
            return refused(case, refusal)
        if event.nominations and not filled.level(1) and filled.nomination is None:
            return Refusal("apply_no_nomination")
        return fitting_only(event, kept)

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        author = Filled(event, answers).name(number)
        several = Filled(event, answers).most > 1 and author is not None
        whose = case.say("apply_whose", name=author.formal) if several and author else ""
        return {"whose": whose, "ask": case.say(f"apply_grade.{_asked_as(event)}")}

    def when(answers: Answers) -> bool:
        filled = Filled(event, answers)
        return not filled.adult and not filled.listed and (number == 1 or nth("name", number) in answers)

    return Step(
        name,
        parse=parse,
        accept=accept,
        values=values,
        when=when,
        counted=number == 1,
        text="apply.grade",
        limit=GRADE_LIMIT,
    )


def _asked_as(event: Event) -> str:
    """A class, a group of a kindergarten, or either."""
    who = event.audience.categories
    if Category.PRESCHOOLER not in who:
        return "grade"
    return "grade_or_group" if Category.PUPIL in who else "group"


def under_age_step(event: Event) -> Step:
    """A pupil who applies alone is too young to consent: a parent or a teacher may go on from here."""

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say(f"button.{value}"), value) for value in ("as_parent", "as_teacher", "other_grade")]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        if value == "other_grade":
            return without(answers, "grade", "letter", "_age", "_birth_date")
        role = ForWhom.CHILD if value == "as_parent" else ForWhom.PUPILS
        return {**without(answers, *CONSENTS), "role": role.value}

    def when(answers: Answers) -> bool:
        filled = Filled(event, answers)
        if filled.role is not ForWhom.PUPIL or (filled.grade() is None and filled.age is None):
            return False
        way = who_may_consent(Applicant.SELF, adult=False, age=filled.age, grade=filled.grade())
        return isinstance(way, Refusal)

    return Step("under_age", options=options, accept=accept, when=when, counted=False, text="apply.under_age")


def _letter(event: Event, number: int) -> Step:
    need = event.common_fields.grade_letter

    async def parse(case: Case, _answers: Answers, text: str) -> object:
        if need is Need.OPTIONAL and says_no(text):
            return ""
        found = read_letter(text)
        return refused(case, found) if isinstance(found, Refusal) else found

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.no_letter"), "")] if need is Need.OPTIONAL else []

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        filled = Filled(event, answers)
        grade, group = filled.grade(number), filled.age_group
        if grade is None:
            raise ValueError("there is no class to have a letter")
        shown = case.say("apply_group", group=Trusted(group.title)) if group and number == 1 else ""
        return {"grade": grade.label, "group": shown}

    def when(answers: Answers) -> bool:
        grade = answers.get(nth("grade", number))
        if need is Need.HIDDEN or grade is None or Filled(event, answers).listed:
            return False
        return grade["number"] is not None

    return Step(
        nth("letter", number),
        parse=parse,
        options=options,
        values=values,
        when=when,
        counted=False,
        text="apply.letter",
        limit=GRADE_LIMIT,
    )


def audience_refusal_of(event: Event, filled: Filled, number: int) -> Refusal | None:
    """Why the person of this number can't take part; of several, it is said who."""
    refusal, name = grade_refusal(event, filled.grade(number)), filled.name(number)
    if refusal is None or filled.most == 1 or name is None:
        return refusal
    return Refusal("roster.wrong_audience", {"name": name.formal, **refusal.values})


def grade_refusal(event: Event, grade: Grade | None) -> Refusal | None:
    """Why somebody of this class can't take part."""
    audience = event.audience
    span = audience.grades
    categories = audience.categories
    numbers = range(span.first, span.last + 1) if span else range(1, 12)
    who = Audience(
        grades=frozenset(numbers) if Category.PUPIL in categories else frozenset(),
        preschool=Category.PRESCHOOLER in categories,
    )
    return audience_refusal(who, grade) if grade is not None else None


def fitting_only(event: Event, answers: Answers) -> Answers:
    """The answers less the nominations that the class does not let one choose any more."""
    for number in range(1, MOST_LEVELS + 1):
        level: Sequence[Nomination] = Filled(event, answers).level(number)
        step = nth("nomination", number)
        if step in answers and answers[step] not in {one.code for one in level}:
            return without(answers, *(nth("nomination", below) for below in range(number, MOST_LEVELS + 1)))
    return answers
