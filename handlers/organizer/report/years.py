"""The door of the annual report: who may, which year, and the counting rule that is set for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from bot.contest.authorize import Action, Target
from bot.contest.report.counting import USUAL_RULE, Rules, shipped_rules
from bot.talk.model import Button, Outcome, Route
from bot.talk.position import Answers
from handlers.access import may
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available

YearAct = Callable[[Case, str, str], Awaitable[Outcome]]
YearFinish = Callable[[Case, str, Answers], Awaitable[Outcome]]


def of_year(action: Action) -> Callable[[YearAct], Route]:
    """A route whose argument is `<year>` or `<year>/<more>`, open to those who may do `action` to the report."""

    def decorate(act: YearAct) -> Route:
        @wraps(act)
        async def route(case: Case, argument: str) -> Outcome:
            year, _, more = argument.partition("/")
            return await act(case, year, more) if await open_to(case, year, action) else not_available()

        return route

    return decorate


def finish_of_year(action: Action) -> Callable[[YearFinish], YearFinish]:
    """The end of a talk about a year, whose subject begins with it: rights are asked for once more."""

    def decorate(finish: YearFinish) -> YearFinish:
        @wraps(finish)
        async def end(case: Case, subject: str, answers: Answers) -> Outcome:
            known = await open_to(case, subject.partition("/")[0], action)
            return await finish(case, subject, answers) if known else not_available()

        return end

    return decorate


async def open_to(case: Case, year: str, action: Action) -> bool:
    """Whether there is such a year, and the one who acts may do this to its report."""
    return await may(case, action, Target()) and year in await case.storage.reports.years()


async def rule_of(desk: Desk, year: str) -> Rules:
    """The counting rule that is set for a year; the usual one where nobody has chosen."""
    rules = shipped_rules()
    return rules.get(await desk.storage.settings.get(_key(year)) or USUAL_RULE, rules[USUAL_RULE])


async def set_rule(case: Case, year: str, code: str) -> None:
    """From now on the year is counted so."""
    await case.storage.settings.set(_key(year), code)


def back(year: str) -> Button:
    """The way back to the year's figures."""
    return Button("report.back", f"report:{year}")


def _key(year: str) -> str:
    return f"counting_rule:{year}"
