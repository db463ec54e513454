"""A school's year as a workbook: events, participants with results, teachers, experts."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from bot.contest.report.own_years import SchoolYear
from bot.documents.safe_xlsx import safe_workbook

Row = Sequence[str | int]
_WIDTHS = {"Событие": 48, "Участник": 44, "Педагог": 36, "Эксперт": 36, "Организация": 36, "Сроки": 28}
_USUAL = 16


def school_workbook(year: SchoolYear) -> bytes:
    """The file; words are words for Excel too: nothing that people typed becomes a formula or a link."""
    made = io.BytesIO()
    with safe_workbook(made) as book:
        book.set_properties(
            {"title": f"{year.school}, {year.year_title}", "created": year.made_at.replace(tzinfo=None)}
        )
        for name, head, rows in _sheets(year):
            _sheet(book, name, head, rows)
    return made.getvalue()


def _sheets(year: SchoolYear) -> Sequence[tuple[str, Sequence[str], Sequence[Row]]]:
    return (
        (
            "События",
            ("№", "Событие", "Сроки", "Заявок", "Участий", "Работ", "Наград"),
            [
                (one.event, one.title, one.dates, one.applications, one.participations, one.works, one.awards)
                for one in year.events
            ],
        ),
        (
            "Участники",
            ("№", "Событие", "Заявка", "Участник", "Человек", "Результат", "Руководитель", "Организация", "Документы"),
            [
                (
                    one.event,
                    one.title,
                    one.number,
                    "; ".join(one.who),
                    one.people,
                    one.result,
                    ", ".join(one.supervisors),
                    one.organisation,
                    ", ".join(one.documents),
                )
                for one in year.lines
            ],
        ),
        (
            "Педагоги",
            ("Педагог", "Участий", "Наград"),
            [(one.name, one.participations, one.awards) for one in year.teachers],
        ),
        ("Эксперты", ("Эксперт", "Оценено работ"), year.experts),
    )


def _sheet(book: Workbook, name: str, head: Sequence[str], rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#DCE4F2", "border": 1, "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, title in enumerate(head):
        sheet.set_column(column, column, _WIDTHS.get(title, _USUAL), plain)
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value, plain)
            else:
                sheet.write_string(number, column, value, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
