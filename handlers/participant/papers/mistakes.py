"""«Ошибка в документе»: what is wrong, how it is right, and off to the organizers with old and new."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.contest.authorize import Action
from bot.contest.grades import GRADE_LIMIT, read_grade
from bot.contest.names import NAME_LIMIT, read_full_name
from bot.contest.papers.correcting import Wrong
from bot.contest.refusal import Refusal
from bot.contest.text import clean, picture
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk, Values, without
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.applying.filled import keep_grade, keep_name
from handlers.participant.applying.school_steps import school_steps
from handlers.participant.organizers import tell_organizers
from handlers.participant.papers.own_papers import MINE, gone, own_paper
from handlers.participant.papers.wrongs import Printed, answer, is_hidden, printed, unchanged, wording
from handlers.participant.wording import MENU, refused
from handlers.teacher.supervisors import read_names
from storage.paper_rows import Paper

TALK = "mistake"
TITLE_LIMIT, WORDS_LIMIT = 150, 500
SUPERVISORS_LIMIT = 3 * NAME_LIMIT
_SCHOOL_ANSWERS = ("school", "school_pick", "school_name")


async def mistake(case: Case, argument: str) -> Outcome:
    """Ask what is wrong on a paper of one's own that holds."""
    paper = await _reportable(case, argument)
    return await gone(case) if paper is None else Open(TALK, str(paper.id), resume=False)


async def _reportable(case: Case, written_id: str) -> Paper | None:
    """A paper of one's own that holds and whose people may be named to the organizers."""
    paper = await own_paper(case, written_id, Action.REPORT_PAPER_MISTAKE)
    if paper is None or not paper.is_valid or paper.content is None:
        return None
    return None if await is_hidden(case, paper) else paper


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    paper = await _reportable(case, subject)
    if paper is None:
        return ()
    one = await printed(case, paper)
    return [
        _wrong(one),
        *_whose(one),
        _value(one, Wrong.NAME, _name, NAME_LIMIT),
        _value(one, Wrong.GRADE, _grade, GRADE_LIMIT),
        *_schools(one),
        _value(one, Wrong.SUPERVISOR, _supervisors, SUPERVISORS_LIMIT),
        _value(one, Wrong.TITLE, _title, TITLE_LIMIT),
        _value(one, Wrong.OTHER, _words, WORDS_LIMIT),
        _confirm(one),
    ]


def _wrong(one: Printed) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say(f"mistake.wrong.{wrong}"), wrong.value) for wrong in one.possible]

    async def values(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"number": Trusted(one.paper.number), "kind": one.paper.label}

    return Step("wrong", options=options, values=values, columns=2, counted=False, text="mistake.ask")


def _whose(one: Printed) -> list[Step]:
    """Which of several; not asked where there is one."""
    if len(one.people) < 2:  # noqa: PLR2004 - several
        return []

    async def options(_case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(person.name.formal, person.id) for person in one.people]

    return [
        Step(
            "whose",
            options=options,
            when=lambda answers: answers.get("wrong") in (Wrong.NAME, Wrong.GRADE),
            counted=False,
            text="mistake.whose",
        )
    ]


Parse = Callable[[Case, str], Any]


def _value(one: Printed, wrong: Wrong, read: Parse, limit: int) -> Step:
    """The right wording, read as the application's own question reads it."""

    async def parse(case: Case, answers: Answers, text: str) -> object:
        found = read(case, text)
        if isinstance(found, Refusal):
            return refused(case, found)
        return unchanged(wrong, one.was(case, wrong, answers), found) or found

    return Step(
        wrong.value,
        parse=parse,
        values=_as_it_is(one, wrong),
        when=lambda answers: answers.get("wrong") == wrong,
        counted=False,
        text=f"mistake.right.{wrong}",
        limit=limit,
    )


def _as_it_is(one: Printed, wrong: Wrong) -> Values:
    """What is there now, below the question."""

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        was = one.was(case, wrong, answers)
        return {"was": Trusted("\n" + case.say("mistake.was", was=was)) if was else ""}

    return values


def _schools(one: Printed) -> list[Step]:
    """The application's own questions; the school of the last application is the wrong one, so it is not offered."""
    first, *rest = (
        replace(
            step,
            accept=_other_school(one, step.accept) if step.accept else None,
            when=_only_school(step),
            counted=False,
        )
        for step in school_steps()
    )
    return [replace(first, options=None, values=_as_it_is(one, Wrong.SCHOOL), text="mistake.right.school"), *rest]


def _only_school(step: Step) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("wrong") == Wrong.SCHOOL and step.when(answers)


def _other_school(one: Printed, accept: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def other(case: Case, answers: Answers, value: Any) -> Any:
        accepted = await accept(case, answers, value)
        chosen = accepted.get("school") if isinstance(accepted, dict) else None
        if chosen and "name" in chosen:
            was = one.was(case, Wrong.SCHOOL, answers)
            return unchanged(Wrong.SCHOOL, was, chosen) or accepted
        return accepted

    return other


def _confirm(one: Printed) -> Step:
    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        return [
            Option(case.say("button.mistake.send"), True, "positive"),
            Option(case.say("button.correct"), False),
        ]

    async def accept(_case: Case, answers: Answers, value: object) -> Answers:
        if value:
            return {**answers, "confirm": True}
        return without(answers, str(answers["wrong"]), *_SCHOOL_ANSWERS)

    async def values(case: Case, answers: Answers) -> dict[str, object]:
        wrong = Wrong(answers["wrong"])
        return {
            "number": Trusted(one.paper.number),
            "what": Trusted(case.say(f"mistake.wrong.{wrong}")),
            "was": one.was(case, wrong, answers) or case.say("mistake.nothing"),
            "wanted": wording(wrong, answers[wrong.value]),
        }

    return Step(
        "confirm", options=options, accept=accept, values=values, columns=2, counted=False, text="mistake.confirm"
    )


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    paper = await _reportable(case, subject)
    if paper is None or "confirm" not in answers:
        return await gone(case)
    one, wrong = await printed(case, paper), Wrong(answers["wrong"])
    was, wanted = one.was(case, wrong, answers), wording(wrong, answers[wrong.value])
    mistake_id = await case.storage.paper_mistakes.report(
        paper.id,
        subject=one.subject(wrong, answers),
        field=wrong,
        was=was,
        wanted=wanted,
        answer=answer(wrong, answers, one.person(answers)),
        person_id=case.person.id,
        at=case.now,
    )
    if mistake_id is None:
        return Reply("mistake.already", number=Trusted(paper.number), buttons=[[MINE, MENU]])
    asked = Reply(
        "mistake.told",
        number=Trusted(paper.number),
        kind=paper.label,
        what=Trusted(case.say(f"mistake.wrong.{wrong}")),
        was=was or case.say("mistake.nothing"),
        wanted=wanted,
        buttons=[
            [Button("mistake.look", f"paper_mistake:{mistake_id}", colour="primary")],
            [Button("mistake.queue", f"paper_mistakes:{paper.event_code}")],
        ],
    )
    await tell_organizers(case, paper.event_code, asked, key=f"paper_mistake:{mistake_id}")
    return Reply("mistake.sent", number=Trusted(paper.number), buttons=[[MINE, MENU]])


async def _cancelled(_case: Case, _subject: str) -> Reply:
    """Nothing was said; the paper stays as it is."""
    return Reply("mistake.cancelled", buttons=[[MINE, MENU]])


def _name(_case: Case, text: str) -> object:
    found = read_full_name(text)
    return found if isinstance(found, Refusal) else keep_name(found)


def _grade(_case: Case, text: str) -> object:
    found = read_grade(text)
    return found if isinstance(found, Refusal) else {**keep_grade(found), "letter": found.letter}


def _supervisors(_case: Case, text: str) -> object:
    return read_names(text)


def _title(_case: Case, text: str) -> object:
    line = " ".join(clean(text).split()).strip('«»"')
    if refusal := picture(line):
        return refusal
    return line if any(char.isalnum() for char in line) else Refusal("title_expected")


def _words(_case: Case, text: str) -> object:
    return text if any(char.isalnum() for char in text) else Refusal("field_text_expected")


MISTAKE = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
