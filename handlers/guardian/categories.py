"""What of a child may be published, each thing by itself: questions that a parent and a paper answer alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.contest.consent_states import Category
from bot.contest.event import Event
from bot.talk.model import Option, Step
from bot.talk.position import Answers
from handlers.kinds import Case

ALL, SOME, NONE = "all", "some", "none"
YES, NO = "yes", "no"
#: The step that asks for all of it at once.
PUBLISH = "publish"


def category_steps(event: Event, talk: str, when: Callable[[Answers], bool]) -> list[Step]:
    """A yes or a no for each category; `when` they are asked at all."""
    return [_step(category, talk, when) for category in categories_of(event)]


def categories_of(event: Event) -> Sequence[Category]:
    """What can be published at all: where no works are handed in, none is."""
    return [one for one in Category if one is not Category.WORK or event.submission is not None]


def granted(event: Event, answers: Answers) -> Collection[Category]:
    """What was allowed."""
    said = answers.get(PUBLISH)
    if said == ALL:
        return list(categories_of(event))
    if said != SOME:
        return []
    return [one for one in categories_of(event) if answers.get(_name(one)) == YES]


def _name(category: Category) -> str:
    return f"may_{category}"


def _step(category: Category, talk: str, when: Callable[[Answers], bool]) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.may_publish"), YES), Option(case.say("button.may_not_publish"), NO)]

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        return {"what": case.say(f"publication_categories.{category}")}

    return Step(
        _name(category),
        options=options,
        values=values,
        when=lambda answers: answers.get(PUBLISH) == SOME and when(answers),
        counted=False,
        columns=2,
        text=f"{talk}.category",
    )
