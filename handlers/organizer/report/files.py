"""The report as files: DOCX to sign or to work on, XLSX with the rows behind each figure."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.organisations import Directory
from bot.contest.programme import Programme
from bot.contest.report.counting import shipped_rules
from bot.contest.report.facts import year_title
from bot.contest.report.model import Report
from bot.documents.file import File
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.year import report_paper
from bot.documents.report_xlsx.drawing import draw_report
from bot.talk.model import Button, Outcome, Reply
from handlers.everyone.files import ask_file
from handlers.kinds import Case, Thought
from handlers.organizer.report.years import back, of_year
from handlers.organizer.scope import detail, not_available

CLEAN, WORKING, NAMELESS, NAMED = "clean", "working", "nameless", "named"
#: What there is: the kind of file by its variant.
KINDS = {CLEAN: "docx", WORKING: "docx", NAMELESS: "xlsx", NAMED: "xlsx"}


def make_docx(report: Report, variant: str) -> Thought:
    """The clean copy or the working one."""
    working = variant == WORKING
    name = f"Отчёт {report.year_title}{', рабочий экземпляр' if working else ''}.docx"
    return Thought({}, File(name, draw_docx(report_paper(report, Programme.load(), working=working))))


def make_xlsx(report: Report, variant: str) -> Thought:
    """The workbook, with names or without."""
    rules = shipped_rules()
    wanted = [one.code for one in (report.rules, report.beside) if one is not None]
    chosen = [rules[code] for code in wanted if code in rules]
    return Thought({}, draw_report(report, chosen, directory=Directory.load(), names=variant == NAMED))


@of_year(Action.VIEW_REPORT)
async def ask_docx(_case: Case, year: str, _more: str) -> Outcome:
    """Which copy."""
    row = [Button("report.clean", f"report_file:{year}/{CLEAN}", colour="primary")]
    more = [Button("report.working", f"report_file:{year}/{WORKING}")]
    return Reply("report.which_docx", buttons=[row, more, [back(year)]])


@of_year(Action.VIEW_REPORT)
async def ask_xlsx(_case: Case, year: str, _more: str) -> Outcome:
    """With names or without."""
    row = [Button("report.nameless", f"report_file:{year}/{NAMELESS}", colour="primary")]
    more = [Button("report.named", f"report_file:{year}/{NAMED}")]
    return Reply("report.which_xlsx", buttons=[row, more, [back(year)]])


@of_year(Action.VIEW_REPORT)
async def take(case: Case, year: str, more: str) -> Outcome:
    """Have the file made: `<variant>`, or `<variant>/<the rule beside>`."""
    variant, _, beside = more.partition("/")
    if variant not in KINDS:
        return not_available()
    about = {"year": year, "kind": KINDS[variant], "variant": variant, "beside": beside}
    ask_file(case, "report", about, text="report.ready", go=f"report:{year}", year=year_title(year))
    facts = detail(file=KINDS[variant], names=variant == NAMED, beside=beside or None)
    await case.storage.audit.add(case.person.id, Action.VIEW_REPORT, f"year:{year}", facts, at=case.now)
    return Reply("report.making")
