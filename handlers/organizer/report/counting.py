"""A year counted aside, for a screen or a file: a small one at once, a large one in a process of its own.

A small year is counted anew for each screen. A large one takes many seconds, so what its screens say is kept for some
minutes, with the moment of counting; screens say the moment, and a button counts anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.report.counting import Rules, shipped_rules
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
#: For so long a large year's screens say what was counted once, of so many years and rules.
KEPT_FOR, MOST_KEPT = timedelta(minutes=10), 8
MAKES: Mapping[str, Make] = {"said": said, "docx": make_docx, "xlsx": make_xlsx}


def ask(case: Case, year: str, screen: str, *, beside: str = "", page: int = 0, again: bool = False) -> None:
    """Have a screen of the report made ready; `again`: counted anew, whatever is kept."""
    about = {"year": year, "screen": screen, "beside": beside, "page": page, "again": again}
    ask_thought(case, THINKER, about)


class Kept:
    """What the screens of large years say; names nobody."""

    def __init__(self) -> None:
        self._found: dict[tuple[Path, str, str, str], tuple[datetime, Thought]] = {}

    async def think(self, desk: Desk, about: Mapping[str, Any]) -> Think | None:
        """The figures that a screen shows."""
        year, beside = str(about["year"]), str(about.get("beside", ""))
        if not await _is_open(desk, about):
            return None
        place = await desk.storage.exports.place()
        key = place, year, (await rule_of(desk, year)).code, beside
        counted_at, known = self._found.get(key, (None, None))
        if known and counted_at and not about.get("again") and desk.now - counted_at < KEPT_FOR:
            return lambda: known
        asked = await _asked(desk, about, "said", "")
        if asked is None:
            return await _beside(desk, about, "said", "")
        return lambda: self._keep(key, desk.now, apart(asked))

    def _keep(self, key: tuple[Path, str, str, str], now: datetime, thought: Thought) -> Thought:
        if key not in self._found and len(self._found) >= MOST_KEPT:
            del self._found[min(self._found, key=lambda one: self._found[one][0])]
        dated = replace(thought, result={**thought.result, "at": now.isoformat()})
        self._found[key] = now, dated
        return dated


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """A file of the report."""
    if not await _is_open(desk, about):
        return None
    kind, variant = str(about["kind"]), str(about["variant"])
    asked = await _asked(desk, about, kind, variant)
    thinking = await _beside(desk, about, kind, variant) if asked is None else lambda: apart(asked)
    return lambda: _file(thinking())


async def _is_open(desk: Desk, about: Mapping[str, Any]) -> bool:
    actor = await actor_for(desk, int(about["person_id"]))
    known = str(about["year"]) in await desk.storage.reports.years()
    return known and authorize(actor, Action.VIEW_REPORT, Target())


async def _asked(desk: Desk, about: Mapping[str, Any], kind: str, variant: str) -> Asked | None:
    """What another process is asked for; None: the year is small."""
    year = str(about["year"])
    codes = [event.code for event, _ in await desk.storage.reports.events(year)]
    if (await desk.storage.figures.of_events(codes)).applications <= MOST_BESIDE:
        return None
    rules, other = await _rules(desk, about)
    place = await desk.storage.exports.place()
    return Asked(place, desk.now, desk.facts, desk.texts, year, rules, other, MAKES[kind], variant)


async def _beside(desk: Desk, about: Mapping[str, Any], kind: str, variant: str) -> Think:
    rules, other = await _rules(desk, about)
    report: Report = await year_report(desk, str(about["year"]), rules, beside=other)
    return lambda: MAKES[kind](report, variant)


async def _rules(desk: Desk, about: Mapping[str, Any]) -> tuple[Rules, Rules | None]:
    return await rule_of(desk, str(about["year"])), shipped_rules().get(str(about.get("beside", "")))


def _file(thought: Thought) -> File:
    if thought.file is None:
        raise LookupError("a report's file was asked for, and none was made")
    return thought.file
