"""A year counted aside, for a screen or a file: a small one at once, a large one in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.report.counting import shipped_rules
from bot.contest.report.model import Report
from bot.documents.file import File
from handlers.access import actor_for
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Draw, Think, Thought
from handlers.organizer.report.apart import Asked, Make, apart
from handlers.organizer.report.files import make_docx, make_xlsx
from handlers.organizer.report.said import said
from handlers.organizer.report.years import rule_of
from handlers.reporting import year_report

THINKER, MAKER = "report", "report"
#: A year of more applications takes long enough for others to wait; a process takes about a second to begin.
MOST_BESIDE = 300
MAKES: Mapping[str, Make] = {"said": said, "docx": make_docx, "xlsx": make_xlsx}


def ask(case: Case, year: str, screen: str, *, beside: str = "", page: int = 0) -> None:
    """Have a screen of the report made ready."""
    ask_thought(case, THINKER, {"year": year, "screen": screen, "beside": beside, "page": page})


async def think(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """The figures that a screen shows."""
    return await _wanted(desk, about, "said", "")


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """A file of the report."""
    thinking = await _wanted(desk, about, str(about["kind"]), str(about["variant"]))
    return None if thinking is None else lambda: _file(thinking())


async def _wanted(desk: Desk, about: Mapping[str, Any], kind: str, variant: str) -> Think | None:
    year = str(about["year"])
    actor = await actor_for(desk, int(about["person_id"]))
    if not authorize(actor, Action.VIEW_REPORT, Target()) or year not in await desk.storage.reports.years():
        return None
    rules, other = await rule_of(desk, year), shipped_rules().get(str(about.get("beside", "")))
    make_ = MAKES[kind]
    codes = [event.code for event, _ in await desk.storage.reports.events(year)]
    if (await desk.storage.figures.of_events(codes)).applications > MOST_BESIDE:
        place = await desk.storage.exports.place()
        asked = Asked(place, desk.now, desk.facts, desk.texts, year, rules, other, make_, variant)
        return lambda: apart(asked)
    report: Report = await year_report(desk, year, rules, beside=other)
    return lambda: make_(report, variant)


def _file(thought: Thought) -> File:
    if thought.file is None:
        raise LookupError("a report's file was asked for, and none was made")
    return thought.file
