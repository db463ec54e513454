"""Raw results of trials, entered in the chat: a team after the other, put right with a reason, shown as places.

Organizers enter anybody's, a host those of its own teams; where each school holds the stage at home, the teacher who
applied enters those of the own team (the protocol of the school's own judge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.contest.event.scoring import Measure, Tie
from bot.contest.refusal import Refusal
from bot.contest.trials import Trial, read_result, sum_of_places, written
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.host.course import Course, course_of, keep, refusal_of
from handlers.host.heats import Heat, named, of_heat
from handlers.host.reading import read_lines
from handlers.host.scope import place
from handlers.kinds import Case
from handlers.organizer.results.comparing import Field, field_of, field_title
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import MENU, lines
from handlers.paging import paged
from storage.application_rows import Application

ENTER, FIX = "trial_enter", "trial_fix"
PAGE = 4
REASON_LIMIT = 300
#: What «Пропустить» gives.
SKIPPED = ""


@of_heat
async def trials(case: Case, heat: Heat, page: str) -> Outcome:
    """The teams with how many results each has."""
    return team_list(case, heat, whole(page))


def team_list(case: Case, heat: Heat, page: int = 0) -> Reply:
    """A page of the teams, a button each, and the way to the table and the files."""
    _, shown, turns = paged(heat.teams, page, PAGE, f"trials:{heat.where}/")
    if len(heat.teams) > 1:
        turns.append(Button("trials.table", f"trial_table:{heat.where}"))
    files = [Button("trials.file", f"trial_file:{heat.where}"), Button("trials.upload", f"trial_upload:{heat.where}")]
    return Reply(
        "trials.list" if heat.teams else "trials.none",
        stage=heat.stage.title,
        title=heat.running.event.short_title,
        lines=lines(
            case.say(
                "trials.team",
                number=one.number,
                who=named(one),
                filled=len(heat.results.get(one.id, {})),
                all=len(heat.trials),
            )
            for one in shown
        ),
        buttons=[
            *([Button(label=f"{one.number} · {named(one)}", go=f"trial:{one.id}/{heat.number}")] for one in shown),
            turns,
            [*(files if heat.teams else []), _back(heat)],
        ],
    )


async def trial(case: Case, argument: str) -> Outcome:
    """One team's results: entering what is missing, putting right what is wrong."""
    course = await course_of(case, argument)
    return not_available() if course is None else screen(case, course)


async def enter(case: Case, argument: str) -> Outcome:
    """Ask for every result that is missing."""
    course = await course_of(case, argument)
    if course is None:
        return not_available()
    if refusal := refusal_of(case, course):
        return Reply(refusal, buttons=[[Button("trials.back", f"trial:{course.mark}")]])
    return Open(ENTER, course.mark, answers={code: str(value) for code, value in course.results.items()}, resume=False)


async def fix(case: Case, argument: str) -> Outcome:
    """Ask which result is wrong, what it should be, and why."""
    course = await course_of(case, argument)
    if course is None:
        return not_available()
    if refusal := refusal_of(case, course):
        return Reply(refusal, buttons=[[Button("trials.back", f"trial:{course.mark}")]])
    return Open(FIX, course.mark, resume=False)


@of_heat
async def table(case: Case, heat: Heat, _more: str) -> Outcome:
    """The sum of places of each team, the leagues apart; a host's own teams among themselves."""
    theory = await _theory(case, heat)
    fields: dict[Field, list[Application]] = {}
    for one in heat.teams:
        if one.id in heat.results:
            fields.setdefault(field_of(heat.running.event, one), []).append(one)
    parts = [_league(case, heat, field, found, theory) for field, found in fields.items()]
    return Reply(
        "trials.no_results" if not parts else "trials.places" if heat.of_all else "trials.places_own",
        stage=heat.stage.title,
        lines=lines(parts),
        buttons=[[Button("trials.back_to_list", f"trials:{heat.where}"), _back(heat)]],
    )


def _back(heat: Heat) -> Button:
    if heat.of_all:
        return Button("stages.to_stage", f"stage:{heat.running.code}/{heat.number}")
    if heat.stage.is_cut:
        return Button("host.back", f"hosted:{place(heat.running, heat.number, heat.host)}")
    return MENU


async def _theory(case: Case, heat: Heat) -> Mapping[int, Decimal]:
    """The points of the tests by which equal sums are told apart; {} where the event settles ties otherwise."""
    event = heat.running.event
    settling = [one for one in event.criteria if one.code in event.scoring.tie_criteria]
    tests = [stage for stage in event.stages if stage.questions and any(stage.code in one.stages for one in settling)]
    if event.scoring.tie is not Tie.CRITERIA or not tests:
        return {}
    return await case.storage.attempts.points(heat.running.code, tests[0].code)


def screen(case: Case, course: Course) -> Reply:
    """What is there, and what is missing."""
    rows = []
    if any(one.code not in course.results for one in course.trials):
        rows.append([Button("trials.enter", f"trial_enter:{course.mark}", colour="primary")])
    if course.results:
        rows.append([Button("trials.fix", f"trial_fix:{course.mark}")])
    last = Button("open_application", f"application:{course.application.id}")
    if course.host is not None:
        last = Button("trials.back_to_list", f"trials:{course.running.code}/{course.number}/{course.host}")
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


def _league(case: Case, heat: Heat, field: Field, found: Sequence[Application], theory: Mapping[int, Decimal]) -> str:
    by_id = {one.id: one for one in found}
    categories = {key: case.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    title = field_title(heat.running.event, field, categories=categories, units={})
    rows = [
        case.say(
            "trials.place",
            place=ranked.place,
            tied=case.say("org.tied") if ranked.tied else "",
            who=named(by_id[ranked.work]),
            sum=f"{ranked.points:f}",
            theory=case.say("trials.theory", points=written(theory[ranked.work], Measure.POINTS))
            if ranked.work in theory
            else "",
        )
        for ranked in sum_of_places({id_: heat.results[id_] for id_ in by_id}, heat.trials, theory=theory)
    ]
    return lines([f"\n{title}" if title else "", *rows])


async def _enter_steps(case: Case, subject: str) -> Sequence[Step]:
    course = await course_of(case, subject)
    if course is None or refusal_of(case, course) is not None:
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
        if now is None or refusal_of(case, now) is not None:
            return {**answers, **{each.code: SKIPPED for each in course.trials if each.code not in answers}}
        if value == SKIPPED:
            return {**answers, one.code: SKIPPED}
        read: dict[str, Decimal] = value if isinstance(value, dict) else {one.code: value}
        fresh = {code: found for code, found in read.items() if code not in now.results}
        if not fresh:
            return Refusal("trial.entered_already")
        await keep(case, now, fresh)
        return {**answers, **{code: str(found) for code, found in fresh.items()}}

    async def about(_case: Case, _answers: Answers) -> dict[str, object]:
        return {"who": named(course.application), "title": one.title, "example": one.example}

    return Step(one.code, parse=parse, options=skip, accept=accept, values=about, text="trials.ask", limit=1000)


async def _entered(case: Case, subject: str, _answers: Answers) -> Outcome:
    course = await course_of(case, subject)
    return not_available() if course is None else screen(case, course)


async def _fix_steps(case: Case, subject: str) -> Sequence[Step]:
    course = await course_of(case, subject)
    if course is None or refusal_of(case, course) is not None:
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
    if refusal := refusal_of(case, course):
        return [Reply(refusal), screen(case, course)]
    put_right = {str(answers["which"]): Decimal(str(answers["value"]))}
    await keep(case, course, put_right, reason=str(answers["why"]))
    again = await course_of(case, subject)
    return not_available() if again is None else [Reply("trials.fixed"), screen(case, again)]


TALKS = (
    Talk(ENTER, _enter_steps, _entered, cancelled=trial),
    Talk(FIX, _fix_steps, _fixed, cancelled=trial),
)
