"""The end of an application: «Так будет в дипломе», corrections, and a warning of a double.

A correction asks one question anew and keeps everything else: each question has a twin that stands before the
review and writes into the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.contest.event import Event
from bot.contest.refusal import Refusal
from bot.talk.model import Accept, Aside, Open, Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant import own_steps
from handlers.participant.filled import Filled
from handlers.participant.form import diploma, form_of
from handlers.participant.own import ALIVE

SEND, FIX, GO, STOP = "send", "fix", "go", "stop"
TWIN = "again:"
_OF_AUTHOR = re.compile(r"(name|grade)(\d*)")


def review_steps(event: Event, asked: Sequence[Step], *, editing: bool) -> list[Step]:
    """What follows the questions `asked`."""
    fixable = [step for step in asked if step.counted or _OF_AUTHOR.fullmatch(step.name)]
    end = [_review(event, editing=editing), _fix(event, fixable), *(_twin(step) for step in fixable)]
    return end if editing else [*end, _double()]


def said_no(answers: Answers) -> bool:
    """Whether the person left it at the earlier application."""
    return answers.get("double") == STOP


def _review(event: Event, *, editing: bool) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        label = "button.save" if editing else "button.send"
        return [Option(case.say(label), SEND, "positive"), Option(case.say("button.correct"), FIX)]

    async def accept(case: Case, answers: Answers, value: object) -> Answers:
        earlier = await _earlier(case, event, answers) if value == SEND and not editing else {}
        return {**without(answers, "earlier", "double"), **earlier, "review": value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        shown = diploma(case, event, answers)
        if editing or not event.regulation_url:
            return shown
        confirms = case.say("review_regulation", url=Trusted(event.regulation_url))
        return {**shown, "lines": Trusted(f"{shown['lines']}\n\n{confirms}")}

    return Step(
        "review",
        options=options,
        accept=accept,
        values=values,
        columns=2,
        counted=False,
        text="apply.review",
    )


def _fix(event: Event, fixable: Sequence[Step]) -> Step:
    titles = {own_steps.key_of(field): field.title for field in event.fields}

    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        return [
            Option(titles.get(step.name) or _label(case, Filled(event, answers), step.name), step.name)
            for step in fixable
            if step.name in answers and (step.when(answers) or _is_named(Filled(event, answers), step.name))
        ]

    return Step(
        "fix",
        options=options,
        when=lambda answers: answers.get("review") == FIX,
        columns=2,
        counted=False,
        text="apply.fix",
    )


def _is_named(filled: Filled, name: str) -> bool:
    """Whether this is a question about an author who is named already, though no more are asked for."""
    author = _OF_AUTHOR.fullmatch(name)
    return author is not None and 1 < int(author[2] or "1") <= filled.most


def _label(case: Case, filled: Filled, name: str) -> str:
    author = _OF_AUTHOR.fullmatch(name)
    if author and filled.count > 1:
        return case.say(f"fix.author_{author[1]}", number=author[2] or "1")
    return case.say(f"fix.{name.removeprefix('_')}")


def _twin(step: Step) -> Step:
    accept = step.accept or _plain(step.name)

    async def again(case: Case, answers: Answers, value: object) -> Answers | Refusal | Aside | Open:
        taken = await accept(case, answers, value)
        return without(taken, "review", "fix", TWIN + step.name) if isinstance(taken, Mapping) else taken

    return replace(
        step,
        name=TWIN + step.name,
        accept=again,
        when=_asked_again(step),
        counted=False,
    )


def _asked_again(step: Step) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("fix") == step.name


def _plain(name: str) -> Accept:
    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        return {**answers, name: value}

    return accept


async def _earlier(case: Case, event: Event, answers: Answers) -> dict[str, object]:
    """An application that may be of the same participant: its number if it is this person's own."""
    form = form_of(event, answers)
    found = await case.storage.applications.duplicates(event.code, form.duplicate_key)
    found = [one for one in found if one.state in ALIVE]
    if not found:
        return {}
    own = next((one for one in found if one.person_id == case.person.id), None)
    return {"earlier": {"id": own.id, "number": own.number, "state": own.state.label} if own else {}}


def _double() -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.send_anyway"), GO), Option(case.say("button.do_not_send"), STOP)]

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        own = answers["earlier"]
        about = case.say("double_own", number=own["number"], state=own["state"]) if own else case.say("double_other")
        return {"about": about}

    return Step(
        "double",
        options=options,
        values=values,
        when=lambda answers: "earlier" in answers and answers.get("review") == SEND,
        counted=False,
        text="apply.double",
    )
