"""What is asked of those who take part together: the form, how many they are, their title, who helps them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.contest.event import Event
from bot.contest.event.fields import Need
from bot.contest.event.units import Collective, ItemForm
from bot.contest.grades import GRADE_LIMIT, read_grade
from bot.contest.names import NAME_LIMIT
from bot.contest.refusal import Refusal
from bot.contest.text import picture
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import units
from handlers.participant.applying.filled import Filled, keep_grade, read_kept_grade
from handlers.participant.applying.grade_steps import fitting_only, grade_refusal
from handlers.participant.applying.own_values import says_no
from handlers.participant.applying.unit_choice import other_units
from handlers.participant.wording import refused
from handlers.teacher.supervisors import read_names

#: Teams' titles, projects' topics.
TITLE_LIMIT = 150
_QUOTED = re.compile("[«\"']+([^«»\"']+)[»\"']+")
#: What another form or another number lets stand or not.
_OF_PEOPLE = ("roster", "authors_done")


def unit_steps(event: Event) -> list[Step]:
    """Before the people are named."""
    offered = units.supported(event)
    steps = [_form(event)] if any(units.forms(unit) for unit in offered) else []
    if any(units.by_number(unit) for unit in offered):
        steps += [_headcount(event), _eldest(event)]
    return [*steps, _title(event)] if any(isinstance(unit, units.OF_SEVERAL) for unit in offered) else steps


def helper_steps(event: Event) -> list[Step]:
    """Grown-ups beside the teacher: the accompanist, the choreographer."""
    found = {helper.code: helper.title for unit in event.units for helper in getattr(unit, "helpers", ())}
    return [_helper(event, code, title) for code, title in found.items()]


def helper_key(code: str) -> str:
    """The step of a helper."""
    return f"helpers_{code}"


def _form(event: Event) -> Step:
    async def options(_case: Case, answers: Answers) -> Sequence[Option]:
        return [Option(one.title, one.code) for one in Filled(event, answers).forms]

    async def accept(_case: Case, answers: Answers, value: str) -> Answers:
        """Another number of people may be meant: the list is shown again."""
        return {**without(answers, *_OF_PEOPLE, "headcount"), "form": value}

    return Step(
        "form",
        options=options,
        accept=accept,
        when=lambda answers: bool(Filled(event, answers).forms),
        columns=2,
        text="apply.form",
    )


def _headcount(event: Event) -> Step:
    async def parse(_case: Case, answers: Answers, text: str) -> object:
        filled = Filled(event, answers)
        span = _span(filled)
        typed = text.strip().casefold().removesuffix("человека").removesuffix("человек").strip()
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else -1  # noqa: PLR2004 - digits
        return number if number in span else Refusal("headcount_expected", {"least": span.start, "most": span.stop - 1})

    async def accept(_case: Case, answers: Answers, value: int) -> Answers:
        return {**without(answers, *_OF_PEOPLE), "headcount": value}

    async def values(_case: Case, answers: Answers) -> dict[str, object]:
        span = _span(Filled(event, answers))
        return {"least": span.start, "most": span.stop - 1}

    def when(answers: Answers) -> bool:
        filled = Filled(event, answers)
        return units.by_number(filled.unit) and Filled(event, without(answers, "headcount")).headcount is None

    return Step("headcount", parse=parse, accept=accept, values=values, when=when, text="apply.headcount")


def _span(filled: Filled) -> range:
    of_form: ItemForm | None = filled.form
    count = (of_form.people if of_form else None) or units.authors(filled.unit)
    return range(max(count.least, 1), count.most + 1)


def _eldest(event: Event) -> Step:
    """Nobody need be named, but the age group is that of the eldest."""

    async def parse(case: Case, _answers: Answers, text: str) -> object:
        found = read_grade(text)
        return refused(case, found) if isinstance(found, Refusal) else keep_grade(found)

    async def accept(case: Case, answers: Answers, value: dict[str, object]) -> Answers | Refusal:
        if refusal := grade_refusal(event, read_kept_grade(value)):
            return refused(case, refusal)
        return fitting_only(event, {**answers, "_eldest": value})

    def when(answers: Answers) -> bool:
        filled = Filled(event, answers)
        hidden = event.common_fields.grade is Need.HIDDEN
        return units.by_number(filled.unit) and filled.listed and not filled.adult and not hidden

    return Step("_eldest", parse=parse, accept=accept, when=when, text="apply.eldest", limit=GRADE_LIMIT)


def _unquoted(title: str) -> str:
    """«Ракета» without its own quotation marks; those inside «ансамбль «Росинка»» stay."""
    whole = _QUOTED.fullmatch(title)
    return whole[1].strip() if whole else title


def _title(event: Event) -> Step:
    async def parse(_case: Case, _answers: Answers, text: str) -> object:
        line = _unquoted(" ".join(text.split()))
        return picture(line) or (line if any(char.isalnum() for char in line) else Refusal("team_expected"))

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        filled = Filled(event, answers)
        optional = filled.titled == "collective" and filled.headcount is None
        skip = [Option(case.say("button.skip"), None)] if optional else []
        return [*other_units(case, filled), *skip]

    async def accept(_case: Case, answers: Answers, value: str | dict[str, str] | None) -> Answers:
        if isinstance(value, dict):
            return {**without(answers, *_OF_PEOPLE), **value}
        return {**answers, "team": value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        return {"ask": Trusted(case.say(f"ask_title.{Filled(event, answers).titled}"))}

    return Step(
        "team",
        parse=parse,
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: Filled(event, answers).titled is not None,
        text="apply.team",
        limit=TITLE_LIMIT,
    )


def _helper(event: Event, code: str, title: str) -> Step:
    async def parse(case: Case, _answers: Answers, text: str) -> object:
        if says_no(text):
            return []
        names = read_names(text)
        return refused(case, names) if isinstance(names, Refusal) else names

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.no_helper"), [])]

    async def values(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"title": Trusted(title)}

    def when(answers: Answers) -> bool:
        unit = Filled(event, answers).unit
        return isinstance(unit, Collective) and code in {helper.code for helper in unit.helpers}

    return Step(
        helper_key(code),
        parse=parse,
        options=options,
        values=values,
        when=when,
        text="apply.helper",
        limit=NAME_LIMIT * 3,
    )
