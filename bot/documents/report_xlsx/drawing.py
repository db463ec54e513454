"""The workbook of a year's report."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook

from bot.contest.organisations import Directory
from bot.contest.report.counting import Rules
from bot.contest.report.model import Report
from bot.contest.report.places import Places
from bot.documents.file import File
from bot.documents.report_xlsx import summary
from bot.documents.report_xlsx.filling import filled
from bot.documents.report_xlsx.page import Looks
from bot.documents.report_xlsx.summary import People, Sources
from bot.documents.report_xlsx.tables import long_sheets
from bot.documents.safe_xlsx import safe_workbook

_SUMMARIES = (
    summary.totals_sheet,
    summary.events_sheet,
    summary.comparison_sheet,
    summary.rules_sheet,
    summary.warnings_sheet,
    summary.organisations_sheet,
    summary.municipalities_sheet,
    summary.outcomes_sheet,
)


def draw_report(report: Report, rules: Sequence[Rules], *, directory: Directory, names: bool) -> File:
    """The report as XLSX. `rules` are the chosen one and the one beside it; `names`: the rows name people.

    The same report gives the same bytes.
    """
    longs = long_sheets(report, Places(directory), names=names)
    people = People(report, names=names)
    made = BytesIO()
    book = safe_workbook(made)
    book.set_properties(
        {"title": f"Отчёт за {report.year_title} учебный год", "created": report.made_at.replace(tzinfo=None)}
    )
    looks = Looks.of(book)
    sources = Sources(report, longs, rules)
    for draw in _SUMMARIES:
        draw(book, looks, sources)
    for long in longs.values():
        _shell(book, looks, long.sheet.label, long.titles, long.widths, long.count)
    _shell(book, looks, "Люди", *_people_heads(names=names), len(people))
    book.close()
    first = len(_SUMMARIES) + 1
    parts = {f"xl/worksheets/sheet{first + place}.xml": long.rows() for place, long in enumerate(longs.values())}
    parts[f"xl/worksheets/sheet{first + len(longs)}.xml"] = people.rows()
    most = max(len(long.titles) for long in longs.values())
    kind = "" if names else "-bez-imyon"
    return File(f"otchyot-{report.year}{kind}.xlsx", filled(made.getvalue(), parts, most))


def _shell(book: Workbook, looks: Looks, name: str, titles: Sequence[str], widths: Sequence[int], count: int) -> None:
    """A sheet with its heading alone."""
    sheet = book.add_worksheet(name)
    for place, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, looks.head)
    sheet.set_row(0, 45)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(count, 1), len(titles) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _people_heads(*, names: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
    heads = [("Человек №", 11), *([("Фамилия, имя, отчество", 34)] if names else []), ("Кто", 14), ("Класс", 8)]
    heads += [("Организация", 44), ("Участий", 10), ("События", 30)]
    return tuple(title for title, _ in heads), tuple(width for _, width in heads)
