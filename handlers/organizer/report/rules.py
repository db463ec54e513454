"""The counting rule of a year: which one is set, what another would make of the year, and setting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.authorize import Action
from bot.contest.report.counting import shipped_rules
from bot.contest.report.facts import year_title
from bot.contest.text import shorten
from bot.talk.model import Button, Outcome, Reply
from handlers.kinds import Case
from handlers.organizer.report.files import WORKING
from handlers.organizer.report.years import back, of_year, rule_of, set_rule
from handlers.organizer.scope import detail, not_available
from handlers.organizer.wording import bullets
from handlers.participant.labels import label

#: Rules that are offered beside the one in force, and lines of what differs.
MOST_RULES, MOST_LINES = 5, 12
_MOST_OF_LINE = 220


def rules_screen(case: Case, year: str, found: Mapping[str, Any], counted: str) -> Reply:
    """The rule in force; beside it another, if one was asked for; `counted`: when."""
    own, beside = found["rules"], found["beside"]
    if beside:
        return _compared(case, year, own, beside, counted)
    others = [one for code, one in sorted(shipped_rules().items()) if code != own["code"]]
    rows = [[Button(label=label(case.say("report.compare", title=one.title)), go=f"report_rules:{year}/{one.code}")]
            for one in others[:MOST_RULES]]  # fmt: skip
    return Reply(
        "report.rules", year=year_title(year), title=own["title"], note=own["note"], buttons=[*rows, [back(year)]]
    )


def _compared(case: Case, year: str, own: Mapping[str, str], beside: Mapping[str, Any], counted: str) -> Reply:
    told = [*beside["totals"], *(shorten(line, _MOST_OF_LINE) for line in beside["lines"])]
    more = len(told) - MOST_LINES
    return Reply(
        "report.compared" if told else "report.compared_same",
        year=year_title(year),
        one=own["title"],
        other=beside["title"],
        note=beside["note"],
        lines=bullets(told[:MOST_LINES]),
        more=case.say("report.compared_more", count=more) if more > 0 else "",
        counted=counted,
        buttons=[
            [Button("report.compared_docx", f"report_file:{year}/{WORKING}/{beside['code']}")],
            [Button("report.compared_xlsx", f"report_file:{year}/nameless/{beside['code']}")],
            [
                Button("report.set_rule", f"report_rule:{year}/{beside['code']}"),
                Button("report.rules", f"report_rules:{year}"),
            ],
            [back(year)],
        ],
    )


@of_year(Action.WRITE_REPORT)
async def ask_rule(case: Case, year: str, code: str) -> Outcome:
    """Whether the year is to be counted so from now on."""
    wanted = shipped_rules().get(code)
    if wanted is None:
        return not_available()
    return Reply(
        "report.rule_sure",
        year=year_title(year),
        was=(await rule_of(case, year)).title,
        title=wanted.title,
        buttons=[[Button("report.rule_yes", f"report_rule_yes:{year}/{code}", colour="positive")], [back(year)]],
    )


@of_year(Action.WRITE_REPORT)
async def rule_yes(case: Case, year: str, code: str) -> Outcome:
    """Set it."""
    wanted = shipped_rules().get(code)
    if wanted is None:
        return not_available()
    was = await rule_of(case, year)
    await set_rule(case, year, code)
    facts = detail(rule=code, was=was.code)
    await case.storage.audit.add(case.person.id, Action.WRITE_REPORT, f"year:{year}", facts, at=case.now)
    return Reply("report.rule_set", year=year_title(year), title=wanted.title, buttons=[[back(year)]])
