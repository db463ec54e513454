"""«Мой год»: what a teacher has done in a school year, as a paper for the attestation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.names import NAME_LIMIT, FullName, read_full_name
from bot.contest.programme import Programme
from bot.contest.refusal import Refusal
from bot.contest.report.facts import year_title
from bot.documents.file import File
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.own import teacher_paper
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.everyone.files import ask_file
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Draw, Think, Thought
from handlers.organizer.scope import detail
from handlers.participant.labels import label
from handlers.participant.wording import MENU, refused
from handlers.teacher.year_gathering import gathered, names_of, years_of

TALK = MAKER = THINKER = "my_year"
WORDS = ("мой год", "год педагога", "год учителя")
#: Years of one screen; older ones are typed by nobody.
MOST_YEARS = 3


async def my_year(case: Case, wanted: str) -> Reply:
    """Have a year counted: the latest unless another is `wanted`."""
    years = await years_of(case, case.person.id)
    if not years:
        return Reply("my_year.none", buttons=[[MENU]])
    year = wanted if wanted in years else years[0]
    ask_thought(case, THINKER, {"year": year})
    return Reply("my_year.counting", year=year_title(year))


async def think(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """What the screen of a year shows."""
    found = await gathered(desk, int(about["person_id"]), str(about["year"]), "")
    return lambda: Thought(
        {
            "applications": sum(one.applications for one in found.events),
            "participations": sum(one.participations for one in found.events),
            "awards": sum(one.awards for one in found.events),
            "own": len(found.own),
        }
    )


async def thought(case: Case, _argument: str) -> Outcome:
    """The figures of a year, and the way to the paper."""
    result = case.incoming.result or {}
    year, found = str(result.get("about", {}).get("year", "")), result.get("thought")
    if result.get("failed") or not found:
        return Reply("report.failed", buttons=[[Button("try_again", f"my_year:{year}")]])
    years = [one for one in await years_of(case, case.person.id) if one != year][:MOST_YEARS]
    return Reply(
        "my_year.year",
        year=year_title(year),
        **found,
        buttons=[
            [Button("my_year_file", f"my_year_file:{year}", colour="primary")],
            [Button(label=year_title(one), go=f"my_year:{one}") for one in years],
            [Button("teacher_desk", "teacher_desk"), MENU],
        ],
    )


async def my_year_file(case: Case, year: str) -> Outcome:
    """Ask for whom the paper is."""
    if year not in await years_of(case, case.person.id):
        return await my_year(case, "")
    return Open(TALK, year, resume=False)


async def phrase(case: Case, text: str) -> Outcome:
    """«мой год», typed where no question is open."""
    return await my_year(case, "") if text.strip().lower() in WORDS else None


async def _steps(_case: Case, _year: str) -> Sequence[Step]:
    return (Step("name", parse=_read, options=_names, counted=False, limit=NAME_LIMIT),)


async def _read(case: Case, _answers: Answers, text: str) -> str | Refusal:
    name = read_full_name(text)
    return refused(case, name) if isinstance(name, Refusal) else name.formal if isinstance(name, FullName) else text


async def _names(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(label(name), name) for name in await names_of(case, case.person.id)]


async def _finish(case: Case, year: str, answers: Answers) -> Outcome:
    if year not in await years_of(case, case.person.id):
        return await my_year(case, "")
    about = {"year": year, "teacher": str(answers["name"])}
    ask_file(case, MAKER, about, text="my_year.ready", go=f"my_year:{year}", year=year_title(year))
    await case.storage.audit.add(
        case.person.id, "take_own_year", f"person:{case.person.id}", detail(year=year), at=case.now
    )
    return Reply("my_year.making")


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """Gather the year of whoever asked."""
    person_id, year = int(about["person_id"]), str(about["year"])
    if year not in await years_of(desk, person_id):
        return None
    found = await gathered(desk, person_id, year, str(about["teacher"]))
    name = desk.say("my_year.file_name", year=found.year_title)
    zone = desk.facts.zone
    return lambda: File(f"{name}.docx", draw_docx(teacher_paper(found, Programme.load(), zone=zone)))


async def _cancelled(case: Case, year: str) -> Reply:
    return await my_year(case, year)


MY_YEAR = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
