"""The end of an application: «Так будет в дипломе», corrections, and a warning of a double.

A correction asks one question anew and keeps everything else: each question has a twin that stands before the
review and writes into the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.contest.event import Event
from bot.contest.event.fields import AskedOf, EventField
from bot.contest.own_fields import is_frozen
from bot.contest.refusal import Refusal
from bot.talk.model import Accept, Aside, Open, Option, Step, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying import own_steps
from handlers.participant.applying.diploma import diploma
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.form import form_of
from handlers.participant.applying.roster_steps import ROSTER
from handlers.participant.applying.unit_steps import helper_key
from handlers.participant.own import ALIVE
from handlers.participant.wording import moment

SEND, FIX, GO, STOP = "send", "fix", "go", "stop"
TWIN = "again:"
#: What is asked of each of several.
_OF_AUTHOR = re.compile(r"(name|grade|_position|_subject|_age|_birth_date|_gender|_experience|m_.+?)(\d*)")
#: One more author than were named.
MORE = "more_authors"
#: Says in a correction that an organizer has asked for changes.
REOPENED = "_reopened"


def review_steps(event: Event, asked: Sequence[Step], *, editing: bool) -> list[Step]:
    """What follows the questions `asked`."""
    fixable = [step for step in asked if step.counted or _OF_AUTHOR.fullmatch(step.name)]
    twins = [_twin(step) for step in fixable if step.name != ROSTER]
    end = [_review(event, editing=editing), _fix(event, fixable, editing=editing), *twins]
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


def _fix(event: Event, fixable: Sequence[Step], *, editing: bool) -> Step:
    async def options(case: Case, answers: Answers) -> Sequence[Option]:
        filled = Filled(event, answers)
        shut = {own_steps.key_of(field) for field in _frozen(case, event, answers, editing=editing)}
        named = [
            Option(_label(case, filled, step.name), step.name)
            for step in fixable
            if step.name in answers and step.name not in shut and (step.when(answers) or _is_named(filled, step.name))
        ]
        more = not filled.listed and 0 < filled.count < filled.most
        return [*named, *([Option(case.say("button.one_more_author"), MORE)] if more else [])]

    async def accept(_case: Case, answers: Answers, value: str) -> Answers:
        """The list is shown again as it stands; another question is asked by its twin."""
        if value == ROSTER:
            return without(answers, "review", ROSTER)
        if value == MORE:
            return without(answers, "review", "authors_done")
        return {**answers, "fix": value}

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        shut = _frozen(case, event, answers, editing=editing)
        lines = [
            case.say("fix_frozen", title=Trusted(field.title), at=moment(case, field.frozen_after))
            for field in shut
            if field.frozen_after is not None
        ]
        return {"frozen": Trusted("".join(f"\n{line}" for line in lines))}

    return Step(
        "fix",
        options=options,
        accept=accept,
        values=values,
        when=lambda answers: answers.get("review") == FIX,
        columns=2,
        counted=False,
        text="apply.fix",
    )


def _frozen(case: Case, event: Event, answers: Answers, *, editing: bool) -> list[EventField]:
    """What can't be changed any more; an organizer who asks for changes opens it again."""
    if not editing or answers.get(REOPENED):
        return []
    now = case.incoming.said_at
    asked = [field for field in event.fields if field.asked_of is AskedOf.APPLICATION]
    return [field for field in asked if own_steps.key_of(field) in answers and is_frozen(field, now)]


def _is_named(filled: Filled, name: str) -> bool:
    """Whether this is a question about an author who is named already, though no more are asked for."""
    author = _OF_AUTHOR.fullmatch(name)
    return author is not None and not filled.listed and 1 < int(author[2] or "1") <= filled.most


def _label(case: Case, filled: Filled, name: str) -> str:
    """«Школа»; of one of several «Автор 2: класс», «Наставник: должность»."""
    titles, author = _titles(filled.event), _OF_AUTHOR.fullmatch(name)
    if name == "team" and filled.titled == "project":
        return case.say("fix.topic")
    if author is None:
        return titles.get(name) or case.say(f"fix.{name.removeprefix('_')}")
    number = int(author[2] or "1")
    what = titles.get(author[1]) or case.say(f"fix.{author[1].removeprefix('_')}")
    member = filled.member(number)
    if filled.count < 2 and member is None:  # noqa: PLR2004 - one is not numbered
        return what
    who = member.title if member else case.say("fix_author", number=number)
    return case.say("fix_of_author", who=Trusted(who), what=Trusted(what[:1].lower() + what[1:]))


def _titles(event: Event) -> dict[str, str]:
    """Labels that the event's file gives: own fields, helpers."""
    helpers = {helper_key(one.code): one.title for unit in event.units for one in getattr(unit, "helpers", ())}
    return {own_steps.key_of(field): field.title for field in event.fields} | helpers


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
