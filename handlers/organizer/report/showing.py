"""«Годовой отчёт»: the year's figures, its warnings, the members who never took part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action, Target
from bot.contest.report.facts import year_title
from bot.contest.report.model import Section
from bot.contest.text import shorten
from bot.talk.model import Button, Outcome, Reply
from handlers.access import may
from handlers.kinds import Case
from handlers.organizer.report import counting
from handlers.organizer.report.rules import rules_screen
from handlers.organizer.report.years import back, of_year, open_to
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import MENU, bullets, lines
from handlers.paging import paged

#: Years that are offered beside the one shown, and lines of one page of a list.
MOST_YEARS, PAGE = 1, 10
#: A line of a warning on a screen; in the file it is whole.
MOST_OF_LINE = 300
Found = Mapping[str, Any]


async def reports(case: Case, argument: str) -> Outcome:
    """The door of the desk: figures of the latest year, or of the one that is named."""
    if not await may(case, Action.VIEW_REPORT, Target()):
        return not_available()
    years = await case.storage.reports.years()
    if not years:
        return Reply("report.no_years", buttons=[[Button("org.desk", "desk"), MENU]])
    return await _count(case, argument if argument in years else years[0], "year")


@of_year(Action.VIEW_REPORT)
async def again(case: Case, year: str, _more: str) -> Outcome:
    """The same figures, counted anew."""
    return await _count(case, year, "year", again=True)


@of_year(Action.VIEW_REPORT)
async def warnings(case: Case, year: str, page: str) -> Outcome:
    """What to look at before signing."""
    return await _count(case, year, "warnings", page=whole(page))


@of_year(Action.VIEW_REPORT)
async def never(case: Case, year: str, page: str) -> Outcome:
    """Members of the network who took part in nothing."""
    return await _count(case, year, "never", page=whole(page))


@of_year(Action.VIEW_REPORT)
async def rules(case: Case, year: str, beside: str) -> Outcome:
    """The counting rule, perhaps beside another."""
    return await _count(case, year, "rules", beside=beside)


async def _count(case: Case, year: str, screen: str, *, beside: str = "", page: int = 0, again: bool = False) -> Reply:
    counting.ask(case, year, screen, beside=beside, page=page, again=again)
    return Reply("report.counting", year=year_title(year))


async def thought(case: Case, _argument: str) -> Outcome:
    """The year has been counted: show what was asked for."""
    result = case.incoming.result or {}
    about, found = result.get("about", {}), result.get("thought")
    year = str(about.get("year", ""))
    if result.get("failed"):
        return Reply("report.failed", buttons=[[Button("try_again", f"report:{year}")]])
    if not found or not await open_to(case, year, Action.VIEW_REPORT):
        return not_available()
    return await _SCREENS[str(about["screen"])](case, year, found, int(about["page"]))


async def _year(case: Case, year: str, found: Found, _page: int) -> Reply:
    others = [one for one in await case.storage.reports.years() if one != year][:MOST_YEARS]
    written = await case.storage.reports.words(year)
    unwritten = ", ".join(f"«{one.label}»" for one in Section if not written.get(one))
    again = [Button("report.again", f"report_again:{year}")] if found.get("at") else []
    elsewhere = [Button(label=year_title(one), go=f"report:{one}") for one in others]
    return Reply(
        "report.year",
        year=year_title(year),
        rule=found["rules"]["title"],
        totals=lines(found["totals"]),
        warnings=len(found["warnings"]),
        unwritten=case.say("report.unwritten", sections=unwritten) if unwritten else "",
        counted=_counted(case, found),
        buttons=[
            [
                Button("report.docx", f"report_docx:{year}", colour="primary"),
                Button("report.xlsx", f"report_xlsx:{year}"),
            ],
            [Button("report.warnings", f"report_warnings:{year}"), Button("report.rules", f"report_rules:{year}")],
            [Button("report.words", f"report_words:{year}"), Button("report.before", f"report_before:{year}")],
            [Button("report.never", f"report_never:{year}"), Button("school_year", "school_year")],
            [*again, *elsewhere, *([] if again and elsewhere else [Button("org.desk", "desk")])],
        ],
    )


def _counted(case: Case, found: Found) -> str:
    """When it was counted, where that is not just now."""
    at = found.get("at")
    when = None if at is None else calendar.at(datetime.fromisoformat(at), case.facts.zone, now=case.now)
    return "" if when is None else case.say("report.counted_at", at=when)


async def _warnings(case: Case, year: str, found: Found, page: int) -> Reply:
    keys = "report.warnings_list", "report.warnings_none"
    return _list(keys, "report_warnings", year, found["warnings"], page, counted=_counted(case, found))


async def _never(case: Case, year: str, found: Found, page: int) -> Reply:
    keys = "report.never_list", "report.never_none"
    members, counted = int(found["members"]), _counted(case, found)
    return _list(keys, "report_never", year, found["never"], page, counted=counted, members=members)


def _list(
    keys: tuple[str, str], route: str, year: str, found: Sequence[str], page: int, *, counted: str, members: int = 0
) -> Reply:
    """A page of a list; `keys`: the texts of one that has something, and of an empty one."""
    _, there, turns = paged(found, page, PAGE, f"{route}:{year}/")
    shown = [shorten(one, MOST_OF_LINE) for one in there]
    return Reply(
        keys[0] if found else keys[1],
        year=year_title(year),
        count=len(found),
        lines=bullets(shown),
        buttons=[turns, [back(year)]],
        counted=counted,
        members=members,
    )


async def _rules(case: Case, year: str, found: Found, _page: int) -> Reply:
    return rules_screen(case, year, found, _counted(case, found))


_SCREENS: Mapping[str, Callable[[Case, str, Found, int], Awaitable[Reply]]] = {
    "year": _year,
    "warnings": _warnings,
    "never": _never,
    "rules": _rules,
}
