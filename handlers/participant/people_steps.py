"""Questions about the participants: who applies, names, classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.contest.applications import Audience, audience_refusal
from bot.contest.consents import Applicant, who_may_consent
from bot.contest.event import Category, Event, Nomination, UnitKind
from bot.contest.event.fields import Need
from bot.contest.grades import GRADE_LIMIT, Grade, read_grade, read_letter
from bot.contest.names import NAME_LIMIT, FullName, read_full_name
from bot.contest.refusal import Refusal
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant import units
from handlers.participant.filled import MOST_LEVELS, Filled, keep_grade, keep_name, nth
from handlers.participant.roles import ForWhom
from handlers.participant.wording import refused

#: What only the applicant in question may have said: asked anew when somebody else turns out to apply.
CONSENTS = ("consent_processing", "consent_publication")
UNIT, ENOUGH = "unit:", "enough"


def role_step(event: Event) -> Step:
    """Who applies; not asked where there is only one possibility."""
    offered = units.possible(event)

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say(f"apply_roles.{role}"), role.value) for role in offered]

    return Step("role", options=options, when=lambda _: len(offered) > 1, counted=False, text="apply.role")


def author_steps(event: Event, number: int) -> list[Step]:
    """The questions about one author; the first of several authors is asked as a single one is."""
    steps = [_name(event, number), _name_check(event, number)]
    if event.common_fields.grade is not Need.HIDDEN:
        steps += [_grade(event, number), _letter(event, number)]
    return steps


def _name(event: Event, number: int) -> Step:
    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        filled = Filled(event, answers)
        if number == 1:
            return _other_units(case, filled)
        enough = number > units.authors(filled.unit).least
        return [Option(case.say("button.no_more_authors"), ENOUGH)] if enough else []

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        if value == ENOUGH:
            return _with_fewer(event, answers, number)
        if isinstance(value, str):
            return {**answers, "unit": value.removeprefix(UNIT)}
        return {**answers, nth("name", number): value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        filled = Filled(event, answers)
        whose = "self" if filled.adult or filled.role is ForWhom.PUPIL else "other"
        if filled.most > 1:
            whose = "author"
        return {"ask": Trusted(case.say(f"apply_name.{whose}", number=number))}

    return Step(
        nth("name", number),
        parse=_parse_name,
        options=options,
        accept=accept,
        values=values,
        when=_is_asked(event, number),
        counted=number == 1,
        text="apply.name",
        limit=NAME_LIMIT,
    )


async def _parse_name(case: Case, _answers: Answers, text: str) -> object:
    found = read_full_name(text)
    if isinstance(found, Refusal):
        return refused(case, found)
    changed = found.formal != " ".join(text.split())
    return {**keep_name(found), "check": changed or found.patronymic is None}


def _is_asked(event: Event, number: int) -> Callable[[Answers], bool]:
    """The first author always; others while more may follow and the applicant has not said «больше нет»."""

    def asked(answers: Answers) -> bool:
        most = Filled(event, answers).most
        return number == 1 or (number <= most and not answers.get("authors_done"))

    return asked


def _with_fewer(event: Event, answers: Answers, number: int) -> Answers:
    most = Filled(event, answers).most
    gone = [nth(one, later) for later in range(number, most + 1) for one in ("name", "grade", "letter")]
    return {**without(answers, *gone), "authors_done": True}


def _other_units(case: Case, filled: Filled) -> Sequence[Option]:
    """Several authors instead of one, or the other way round, where the event lets one choose."""
    others = [unit for unit in units.choices(filled.event, filled.role) if unit.kind != filled.unit.kind]
    return [
        Option(
            case.say("button.one_author")
            if unit.kind is UnitKind.PERSON
            else case.say("button.several_authors", most=units.authors(unit).most),
            f"{UNIT}{unit.kind}",
        )
        for unit in others
    ]


def _name_check(event: Event, number: int) -> Step:
    name = nth("name", number)

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.yes"), True, "positive"), Option(case.say("button.correct"), False)]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        return {**answers, name: {**answers[name], "check": False}} if value else without(answers, name)

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        found = Filled(event, answers).name(number)
        if found is None:
            raise ValueError("there is no name to check")
        return {"name": found.formal, "without": "" if found.patronymic else case.say("without_patronymic")}

    return Step(
        nth("name_check", number),
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: bool((answers.get(name) or {}).get("check")),
        columns=2,
        counted=False,
        text="apply.name_check",
    )


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
        if refusal := _audience_refusal(event, filled.grade(number)):
            return refused(case, refusal)
        if event.nominations and not filled.level(1) and filled.nomination is None:
            return Refusal("apply_no_nomination")
        return _fitting_only(event, kept)

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        author = Filled(event, answers).name(number)
        several = Filled(event, answers).most > 1 and author is not None
        return {"whose": case.say("apply_whose", name=author.formal) if several and author else ""}

    def when(answers: Answers) -> bool:
        return not Filled(event, answers).adult and nth("name", number) in answers

    return Step(
        name,
        parse=parse,
        accept=accept,
        values=values,
        when=when if number > 1 else lambda answers: not Filled(event, answers).adult,
        counted=number == 1,
        text="apply.grade",
        limit=GRADE_LIMIT,
    )


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
        return need is not Need.HIDDEN and grade is not None and grade["number"] is not None

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


def _audience_refusal(event: Event, grade: Grade | None) -> Refusal | None:
    audience = event.audience
    span = audience.grades
    categories = audience.categories
    numbers = range(span.first, span.last + 1) if span else range(1, 12)
    who = Audience(
        grades=frozenset(numbers) if Category.PUPIL in categories else frozenset(),
        preschool=Category.PRESCHOOLER in categories,
    )
    return audience_refusal(who, grade) if grade is not None else None


def _fitting_only(event: Event, answers: Answers) -> Answers:
    """The answers less the nominations that the class does not let one choose any more."""
    for number in range(1, MOST_LEVELS + 1):
        level: Sequence[Nomination] = Filled(event, answers).level(number)
        step = nth("nomination", number)
        if step in answers and answers[step] not in {one.code for one in level}:
            return without(answers, *(nth("nomination", below) for below in range(number, MOST_LEVELS + 1)))
    return answers


def full_names(event: Event, answers: Answers) -> list[tuple[FullName, Grade | None]]:
    """All authors so far with their classes."""
    filled = Filled(event, answers)
    numbers = range(1, filled.most + 1)
    return [(name, filled.grade(number)) for number in numbers if (name := filled.name(number)) is not None]
