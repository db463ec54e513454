"""Questions about the participants: who applies, names, classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.contest.event import Event
from bot.contest.event.fields import Need
from bot.contest.grades import Grade
from bot.contest.names import NAME_LIMIT, FullName, read_full_name
from bot.contest.refusal import Refusal
from bot.contest.roster import is_put_right, twin_of
from bot.contest.text import too_long
from bot.talk.model import Open, Option, Parser, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import members, roles, units
from handlers.participant.applying.filled import Filled, keep_name, nth, read_name
from handlers.participant.applying.grade_steps import grade_steps
from handlers.participant.applying.roles import ForWhom
from handlers.participant.applying.unit_choice import UNIT, other_units
from handlers.participant.wording import refused
from handlers.teacher.pasted import begun, is_list, takes_list

ENOUGH = "enough"
#: Several children, pasted where one name was asked for.
LIST, LIST_LIMIT = "list", 9000


def role_step(event: Event) -> Step:
    """Who applies; not asked where there is only one possibility. A child or a parent does not enter a team."""
    offered, possible = roles.offered(event), units.possible(event)

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say(f"apply_roles.{role}"), role.value) for role in offered]

    async def accept(_case: Case, answers: Answers, value: str) -> Answers | Refusal:
        return {**answers, "role": value} if ForWhom(value) in possible else Refusal("apply_with_teacher")

    return Step(
        "role", options=options, accept=accept, when=lambda _: len(offered) > 1, counted=False, text="apply.role"
    )


def author_steps(event: Event, number: int, *, counted: bool = True) -> list[Step]:
    """The questions about one author; the first of several authors is asked as a single one is."""
    steps = [_name(event, number, counted=counted), _name_check(event, number)]
    if event.common_fields.grade is not Need.HIDDEN:
        steps += grade_steps(event, number)
    return steps


def _name(event: Event, number: int, *, counted: bool) -> Step:
    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        filled = Filled(event, answers)
        if number == 1:
            return other_units(case, filled) if filled.titled is None else []
        enough = number > filled.people.least
        return [Option(case.say("button.no_more_authors"), ENOUGH)] if enough else []

    async def accept(_case: Case, answers: Answers, value: Any) -> Answers | Refusal | Open:
        if value == ENOUGH:
            return without(_with_fewer(event, answers, number), _misread(number))
        if UNIT in value:
            return {**answers, **value}
        if LIST in value:
            return begun(event, answers, value[LIST])
        if (twin := _twin(Filled(event, answers), number, value)) is not None:
            return Refusal("author_twice", {"name": twin.formal})
        return {**without(_of_whom(event, answers, number, value), _misread(number)), nth("name", number): value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        filled = Filled(event, answers)
        whose = "self" if filled.adult or filled.role is ForWhom.PUPIL else "other"
        if filled.most > 1:
            whose = "author"
        member = filled.member(number)
        whose = "member" if member else whose
        return {"ask": Trusted(case.say(f"apply_name.{whose}", number=number, title=member.title if member else ""))}

    return Step(
        nth("name", number),
        parse=_parser(event, number),
        options=options,
        accept=accept,
        values=values,
        when=_is_asked(event, number),
        counted=counted,
        text="apply.name",
        limit=LIST_LIMIT if number == 1 else NAME_LIMIT,
    )


def _parser(event: Event, number: int) -> Parser:
    """Reads a name; a teacher may paste a whole list where the first one is asked for."""

    async def parse(case: Case, answers: Answers, text: str) -> object:
        if number == 1 and takes_list(event, answers) and is_list(text):
            return {LIST: text}
        return too_long(text, NAME_LIMIT) or await _parse_name(case, answers, text)

    return parse


async def _parse_name(case: Case, _answers: Answers, text: str) -> object:
    found = read_full_name(text)
    if isinstance(found, Refusal):
        return refused(case, found)
    changed = found.formal != " ".join(text.split())
    return {**keep_name(found), "check": changed or found.patronymic is None}


def _is_asked(event: Event, number: int) -> Callable[[Answers], bool]:
    """The first author always; others while more may follow and the applicant has not said «больше нет»."""

    def asked(answers: Answers) -> bool:
        filled = Filled(event, answers)
        more = not answers.get("authors_done") or _misread(number) in answers
        return not filled.listed and (number == 1 or (number <= filled.most and more))

    return asked


def _misread(number: int) -> str:
    """Marks an author who is to be named again, though all have been named."""
    return nth("misread", number)


def _twin(filled: Filled, number: int, value: Mapping[str, Any]) -> FullName | None:
    """Another author who seems to be the same person."""
    named = read_name(value)
    others = [name for one in filled.numbers if one != number and (name := filled.name(one))]
    return twin_of(named, others) if named else None


def _of_whom(event: Event, answers: Answers, number: int, value: Mapping[str, Any]) -> Answers:
    """The answers; without what was told of whoever had the number, if the new name is somebody else's."""
    before, after = Filled(event, answers).name(number), read_name(value)
    if before is None or after is None or before.key == after.key or is_put_right(before, after):
        return answers
    return without(answers, *(nth(key, number) for key in members.keys(event)), nth(members.SURE, number))


def _with_fewer(event: Event, answers: Answers, number: int) -> Answers:
    most = Filled(event, answers).most
    gone = [nth(one, later) for later in range(number, most + 1) for one in members.keys(event)]
    return {**without(answers, *gone), "authors_done": True}


def _name_check(event: Event, number: int) -> Step:
    name = nth("name", number)

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.yes"), True, "positive"), Option(case.say("button.correct"), False)]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        if value:
            return {**answers, name: {**answers[name], "check": False}}
        return {**without(answers, name), _misread(number): True}

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


def full_names(event: Event, answers: Answers) -> list[tuple[FullName, Grade | None]]:
    """All authors so far with their classes."""
    filled = Filled(event, answers)
    return [(name, filled.grade(number)) for number in filled.numbers if (name := filled.name(number)) is not None]
