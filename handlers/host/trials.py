"""Raw results of trials, entered in the chat: a team after the other, put right with a reason, shown as places.

Organizers enter anybody's, a host those of its stage; where each school holds the stage at home, the teacher who
applied enters those of the own team (the protocol of the school's own judge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.trials import Trial, places, read_result, sum_of_places, trials_of, written
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.host.course import Course, competing, course_of, entering_refusal, keep, measured_stage, named
from handlers.host.reading import read_lines
from handlers.kinds import Case
from handlers.organizer.comparing import Field, field_of, field_title
from handlers.organizer.scope import not_available, of_event, whole
from handlers.organizer.wording import back_to_event, lines
from storage.application_rows import Application

ENTER, FIX = "trial_enter", "trial_fix"
PAGE = 4
REASON_LIMIT = 300
#: What «Пропустить» gives.
SKIPPED = ""


@of_event(Action.ENTER_RESULTS)
async def trials(case: Case, running: Running, more: str) -> Outcome:
    """The teams with how many results each has; `more`: the stage's number and the page."""
    number, _, page_text = more.partition("/")
    stage = measured_stage(running, number)
    if stage is None:
        return not_available()
    taking = await competing(case, running)
    results = await case.storage.trials.results(running.code, stage.code)
    page = whole(page_text) if whole(page_text) * PAGE < len(taking) else 0
    shown = taking[page * PAGE : (page + 1) * PAGE]
    all_ = len(trials_of(running.event, stage))
    turns = [
        Button(key, f"trials:{running.code}/{number}/{to}")
        for key, to in (("org.before", page - 1), ("org.after", page + 1))
        if 0 <= to * PAGE < len(taking)
    ]
    where = f"{running.code}/{number}"
    return Reply(
        "trials.list" if taking else "trials.none",
        stage=stage.title,
        lines=lines(
            case.say("trials.team", number=one.number, who=named(one), filled=len(results.get(one.id, {})), all=all_)
            for one in shown
        ),
        buttons=[
            *([Button(label=f"{one.number} · {named(one)}", go=f"trial:{one.id}/{number}")] for one in shown),
            [*turns, Button("trials.table", f"trial_table:{where}")],
            [Button("trials.file", f"trial_file:{where}"), Button("trials.upload", f"trial_upload:{where}"),
             Button("stages.to_stage", f"stage:{where}")],
        ],
    )  # fmt: skip


async def trial(case: Case, argument: str) -> Outcome:
    """One team's results: entering what is missing, putting right what is wrong."""
    course = await course_of(case, argument)
    return not_available() if course is None else screen(case, course)


async def enter(case: Case, argument: str) -> Outcome:
    """Ask for every result that is missing."""
    course = await course_of(case, argument)
    if course is None:
        return not_available()
    if refusal := entering_refusal(case, course):
        return Reply(refusal, buttons=[[Button("trials.back", f"trial:{course.mark}")]])
    return Open(ENTER, course.mark, answers={code: str(value) for code, value in course.results.items()}, resume=False)


async def fix(case: Case, argument: str) -> Outcome:
    """Ask which result is wrong, what it should be, and why."""
    course = await course_of(case, argument)
    if course is None:
        return not_available()
    if refusal := entering_refusal(case, course):
        return Reply(refusal, buttons=[[Button("trials.back", f"trial:{course.mark}")]])
    return Open(FIX, course.mark, resume=False)


@of_event(Action.ENTER_RESULTS)
async def table(case: Case, running: Running, number: str) -> Outcome:
    """Places in each trial and their sum, the leagues apart."""
    stage = measured_stage(running, number)
    if stage is None:
        return not_available()
    measured = trials_of(running.event, stage)
    results = await case.storage.trials.results(running.code, stage.code)
    theory = await case.storage.attempts.points(running.code)
    fields: dict[Field, list[Application]] = {}
    for one in await competing(case, running):
        if one.id in results:
            fields.setdefault(field_of(running.event, one), []).append(one)
    parts = [_league(case, running, field, found, results, measured, theory) for field, found in fields.items()]
    return Reply(
        "trials.places" if parts else "trials.no_results",
        stage=stage.title,
        lines=lines(parts),
        buttons=[[Button("trials.back_to_list", f"trials:{running.code}/{number}"), back_to_event(running.code)]],
    )


def screen(case: Case, course: Course) -> Reply:
    """What is there, and what is missing."""
    rows = []
    if any(one.code not in course.results for one in course.trials):
        rows.append([Button("trials.enter", f"trial_enter:{course.mark}", colour="primary")])
    if course.results:
        rows.append([Button("trials.fix", f"trial_fix:{course.mark}")])
    last = Button("open_application", f"application:{course.application.id}")
    if not course.as_owner:
        last = Button("trials.back_to_list", f"trials:{course.running.code}/{course.number}")
    return Reply(
        "trials.one",
        number=course.application.number,
        who=named(course.application),
        stage=course.stage.title,
        lines=lines(_result(case, one, course.results.get(one.code)) for one in course.trials),
        buttons=[*rows, [last]],
    )


def _result(case: Case, one: Trial, value: Decimal | None) -> str:
    told = case.say("trials.missing") if value is None else written(value, one.measure)
    return case.say("trials.result", title=one.title, result=told)


def _league(
    case: Case,
    running: Running,
    field: Field,
    found: Sequence[Application],
    results: Mapping[int, Mapping[str, Decimal]],
    measured: Sequence[Trial],
    theory: Mapping[int, Decimal],
) -> str:
    mine = {one.id: results[one.id] for one in found}
    by_id = {one.id: one for one in found}
    by_trial = places(mine, measured)
    categories = {key: case.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    title = field_title(running.event, field, categories=categories, units={})
    rows = [
        case.say(
            "trials.place",
            place=ranked.place,
            tied=case.say("org.tied") if ranked.tied else "",
            who=named(by_id[ranked.work]),
            sum=f"{ranked.points:f}",
            theory=case.say("trials.theory", points=written(theory[ranked.work], measured[0].measure))
            if ranked.work in theory
            else "",
            parts="; ".join(_part(case, one, mine[ranked.work].get(one.code), by_trial[one.code][ranked.work])
                            for one in measured),
        )
        for ranked in sum_of_places(mine, measured, theory=theory)
    ]  # fmt: skip
    return lines([f"\n{title}" if title else "", *rows])


def _part(case: Case, one: Trial, value: Decimal | None, place: int) -> str:
    told = case.say("trials.missing") if value is None else written(value, one.measure)
    return case.say("trials.part", title=one.title, result=told, place=place)


async def _enter_steps(case: Case, subject: str) -> Sequence[Step]:
    course = await course_of(case, subject)
    if course is None or entering_refusal(case, course) is not None:
        return ()
    return tuple(_entering(course, one) for one in course.trials)


def _entering(course: Course, one: Trial) -> Step:
    async def parse(_case: Case, _answers: Answers, text: str) -> Any:
        named_too = read_lines(text, course.trials)
        return named_too if named_too is not None else read_result(text, one)

    async def skip(case: Case, _answers: Answers) -> Sequence[Option]:
        return [Option(case.say("button.skip"), SKIPPED)]

    async def accept(case: Case, answers: Answers, value: Any) -> Answers | Refusal:
        now = await course_of(case, course.mark)
        if now is None or entering_refusal(case, now) is not None:
            return {**answers, **{each.code: SKIPPED for each in course.trials if each.code not in answers}}
        if value == SKIPPED:
            return {**answers, one.code: SKIPPED}
        read: dict[str, Decimal] = value if isinstance(value, dict) else {one.code: value}
        fresh = {code: found for code, found in read.items() if code not in now.results}
        if not fresh:
            return Refusal("trial.entered_already")
        for code, found in fresh.items():
            await keep(case, now, code, found)
        return {**answers, **{code: str(found) for code, found in fresh.items()}}

    async def about(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"who": named(course.application), "title": one.title, "example": one.example}

    return Step(one.code, parse=parse, options=skip, accept=accept, values=about, text="trials.ask", limit=1000)


async def _entered(case: Case, subject: str, _answers: Answers) -> Outcome:
    course = await course_of(case, subject)
    return not_available() if course is None else screen(case, course)


async def _fix_steps(case: Case, subject: str) -> Sequence[Step]:
    course = await course_of(case, subject)
    if course is None or entering_refusal(case, course) is not None:
        return ()
    by_code = {one.code: one for one in course.trials}

    async def which(_case: Case, _answers: Answers) -> Sequence[Option]:
        return [
            Option(f"{one.title}: {written(course.results[one.code], one.measure)}", one.code)
            for one in course.trials
            if one.code in course.results
        ]

    async def parse(_case: Case, answers: Answers, text: str) -> Any:
        value = read_result(text, by_code[str(answers["which"])])
        return value if isinstance(value, Refusal) else str(value)

    async def about(_case: Case, answers: Answers) -> dict[str, object]:
        one = by_code[str(answers["which"])]
        return {"title": one.title, "example": one.example}

    return (
        Step("which", options=which),
        Step("value", parse=parse, values=about, limit=100),
        Step("why", parse=_read_reason, limit=REASON_LIMIT),
    )


async def _read_reason(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text.strip() or Refusal("org.reason_expected")


async def _fixed(case: Case, subject: str, answers: Answers) -> Outcome:
    course = await course_of(case, subject)
    if course is None:
        return not_available()
    if refusal := entering_refusal(case, course):
        return [Reply(refusal), screen(case, course)]
    await keep(case, course, str(answers["which"]), Decimal(str(answers["value"])), reason=str(answers["why"]))
    again = await course_of(case, subject)
    return not_available() if again is None else [Reply("trials.fixed"), screen(case, again)]


TALKS = (
    Talk(ENTER, _enter_steps, _entered, cancelled=trial),
    Talk(FIX, _fix_steps, _fixed, cancelled=trial),
)
