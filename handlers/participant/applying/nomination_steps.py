"""The choice of a nomination, a level of the tree after another, and only of what fits the class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.contest.event import Event, Nomination
from bot.talk.model import Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying.filled import MOST_LEVELS, Filled, nth
from handlers.participant.labels import MOST, label


def nomination_steps(event: Event) -> list[Step]:
    """A question for each level of the tree; where one alone fits, it is taken without asking."""
    return [_level(event, number) for number in range(1, _depth(event.nominations) + 1)]


def _level(event: Event, number: int) -> Step:
    name = nth("nomination", number)

    async def options(_case: Case, answers: Answers) -> Sequence[Option]:
        return [Option(label(one.title), one.code) for one in Filled(event, answers).level(number)]

    async def accept(_case: Case, answers: Answers, value: str) -> Answers:
        below = (nth("nomination", deeper) for deeper in range(number + 1, MOST_LEVELS + 1))
        return {**without(answers, *below), name: value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        offered = Filled(event, answers).level(number)
        lines = [_line(case, one) for one in offered if one.description or len(one.title) > MOST]
        return {"about": Trusted("\n".join(["", *lines]))}

    return Step(
        name,
        options=options,
        accept=accept,
        values=values,
        when=_has_choice(event, number),
        counted=number == 1,
        text="apply.nomination",
    )


def _line(case: Case, one: Nomination) -> str:
    """What the button does not say: the description, or the whole of a long title."""
    if not one.description:
        return case.say("nomination_whole", title=Trusted(one.title))
    return case.say("nomination_line", title=Trusted(one.title), about=Trusted(one.description))


def _has_choice(event: Event, number: int) -> Callable[[Answers], bool]:
    """Whether something is to be chosen; before the class is known, whether it may come to that."""

    def has(answers: Answers) -> bool:
        filled = Filled(event, answers)
        if filled.category is None:
            return number == 1 and len(event.nominations) > 1
        return bool(filled.level(number))

    return has


def _depth(nominations: Sequence[Nomination]) -> int:
    return max((1 + _depth(one.children) for one in nominations), default=0)
