"""«Год школы»: a school's events, participants and results, for its director."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.authorize import Action
from bot.contest.programme import Programme
from bot.contest.refusal import Refusal
from bot.contest.report.facts import year_title
from bot.documents.file import File
from bot.documents.own_xlsx import school_workbook
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.own import school_paper
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.everyone.files import ask_file
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Draw, Think, Thought
from handlers.organizer.report.school_scope import school_year, scope_of
from handlers.organizer.scope import detail, not_available
from handlers.organizer.wording import MENU
from handlers.participant.labels import label

TALK = MAKER = THINKER = "school_year"
WORDS = ("год школы",)
DOCX, XLSX = "docx", "xlsx"
#: Years of one screen.
MOST_YEARS = 3
QUERY_LIMIT = 200


async def ask_school(case: Case, _argument: str) -> Outcome:
    """Which school; who has one school of their own is not asked."""
    scope = await scope_of(case, case.person.id)
    if not scope.any_school and not scope.own_schools:
        return not_available()
    if not scope.any_school and len(scope.own_schools) == 1:
        return await _screen(case, scope.own_schools[0], "")
    return Open(TALK, resume=False)


async def phrase(case: Case, text: str) -> Outcome:
    """«год школы», typed where no question is open, by who may have one."""
    if text.strip().lower() not in WORDS:
        return None
    scope = await scope_of(case, case.person.id)
    return await ask_school(case, "") if scope.any_school or scope.own_schools else None


async def of_school(case: Case, argument: str) -> Outcome:
    """The year of a school: `<code>/<year>`; the latest year where none is named."""
    school, _, year = argument.partition("/")
    scope = await scope_of(case, case.person.id)
    if school not in case.facts.directory.codes or not scope.may_have(school):
        return not_available()
    return await _screen(case, school, year)


async def _screen(case: Case, school: str, wanted: str) -> Reply:
    """Have the figures gathered: a look at a whole year is no work for a step."""
    years = await case.storage.reports.years()
    if not years:
        return Reply("school_year.no_years", buttons=[[MENU]])
    year = wanted if wanted in years else years[0]
    ask_thought(case, THINKER, {"school": school, "year": year})
    return Reply("school_year.counting", school=case.facts.directory.get(school).name_short, year=year_title(year))


async def think(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """What the screen of a school shows."""
    scope, school = await scope_of(desk, int(about["person_id"])), str(about["school"])
    if not scope.may_have(school):
        return None
    found = await school_year(desk, scope, school, str(about["year"]))
    return lambda: Thought(
        {
            "events": len(found.events),
            "applications": len(found.lines),
            "participations": sum(one.participations for one in found.events),
            "awards": sum(one.awards for one in found.events),
            "teachers": len(found.teachers),
            "scope": found.scope,
        }
    )


async def thought(case: Case, _argument: str) -> Outcome:
    """The figures of a school, and the way to its files."""
    result = case.incoming.result or {}
    about, found = result.get("about", {}), result.get("thought")
    school, year = str(about.get("school", "")), str(about.get("year", ""))
    where = f"{school}/{year}"
    if result.get("failed"):
        return Reply("report.failed", buttons=[[Button("try_again", f"school_year_of:{where}")]])
    scope = await scope_of(case, case.person.id)
    if not found or not scope.may_have(school):
        return not_available()
    years = [one for one in await case.storage.reports.years() if one != year][:MOST_YEARS]
    return Reply(
        "school_year.year" if found["applications"] else "school_year.nothing",
        school=case.facts.directory.get(school).name_short,
        year=year_title(year),
        **found,
        buttons=[
            [
                Button("school_year_docx", f"school_year_file:{DOCX}/{where}", colour="primary"),
                Button("school_year_xlsx", f"school_year_file:{XLSX}/{where}"),
            ]
            if found["applications"]
            else [],
            [Button(label=year_title(one), go=f"school_year_of:{school}/{one}") for one in years],
            [*([Button("school_year_other", "school_year")] if scope.any_school else []), MENU],
        ],
    )


async def take(case: Case, argument: str) -> Outcome:
    """Have the file made: `<kind>/<code>/<year>`."""
    kind, _, where = argument.partition("/")
    school, _, year = where.partition("/")
    scope = await scope_of(case, case.person.id)
    known = school in case.facts.directory.codes and year in await case.storage.reports.years()
    if kind not in (DOCX, XLSX) or not known or not scope.may_have(school):
        return not_available()
    about = {"kind": kind, "school": school, "year": year}
    name = case.facts.directory.get(school).name_short
    ask_file(
        case, MAKER, about, text="school_year.ready", go=f"school_year_of:{where}", school=name, year=year_title(year)
    )
    facts = detail(kind=kind, year=year)
    await case.storage.audit.add(case.person.id, Action.VIEW_SCHOOL_YEAR, f"organisation:{school}", facts, at=case.now)
    return Reply("school_year.making")


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """Gather the year, for who may still have it."""
    scope, school = await scope_of(desk, int(about["person_id"])), str(about["school"])
    if not scope.may_have(school):
        return None
    found = await school_year(desk, scope, school, str(about["year"]))
    name = desk.say("school_year.file_name", school=found.school, year=found.year_title)
    zone = desk.facts.zone
    if about["kind"] == XLSX:
        return lambda: File(f"{name}.xlsx", school_workbook(found))
    return lambda: File(f"{name}.docx", draw_docx(school_paper(found, Programme.load(), zone=zone)))


async def _options(case: Case, answers: Answers) -> Sequence[Option]:
    scope, directory = await scope_of(case, case.person.id), case.facts.directory
    if not scope.any_school:
        return [Option(label(directory.get(code).name_short), code) for code in scope.own_schools]
    matches = directory.find(str(answers.get("typed", "")))
    return [Option(label(one.organisation.name_short), one.organisation.code) for one in matches]


async def _typed(case: Case, _answers: Answers, text: str) -> object:
    matches = case.facts.directory.find(text)
    if matches and matches[0].certain:
        return matches[0].organisation.code
    return {"typed": text} if matches else Refusal("school_year.unknown", {"typed": text})


async def _accept(case: Case, answers: Answers, value: object) -> Answers | Refusal:
    """A school of the directory is the answer; words that may mean several are shown as a choice."""
    if isinstance(value, dict):
        return {**answers, **value}
    if value not in case.facts.directory.codes:
        return Refusal("school_year.school_expects")
    return {**answers, "school": value}


async def _steps(_case: Case, _subject: str) -> Sequence[Step]:
    step = Step(
        "school", parse=_typed, options=_options, accept=_accept, values=_values, limit=QUERY_LIMIT, counted=False
    )
    return (step,)


async def _values(case: Case, answers: Answers) -> dict[str, object]:
    return {"hint": case.say("school_year.choose" if answers.get("typed") else "school_year.write")}


async def _finish(case: Case, _subject: str, answers: Answers) -> Outcome:
    return await of_school(case, str(answers["school"]))


SCHOOL_YEAR = Talk(TALK, steps=_steps, finish=_finish)
