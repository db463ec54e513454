"""The workbook around the rows: styles, heading, filter, widths, paper, and the sheet about the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.contest.exports.model import Kind
from bot.documents.exports.cells import text_of
from bot.documents.exports.table import Table
from bot.documents.safe_xlsx import safe_workbook

ABOUT = "О выгрузке"
_FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "General", Kind.MOMENT: "dd.mm.yyyy hh:mm", Kind.DAY: "dd.mm.yyyy"}
_NARROWEST, _WIDEST = 8, 48
_HEADING_POINTS, _LINE_POINTS = 32, 15
_A4 = 9
#: A sheet's name has no such characters and is no longer than this.
_NO_NAME, _MOST_NAME = re.compile(r"[\[\]:*?/\\']"), 28
#: The sheet about the file: the widths of its columns.
_ABOUT_WIDTHS = (30, 76, 18)


def make_shell(
    place: Path | IO[bytes], table: Table, counts: Sequence[int], widths: Sequence[int], *, folder: str | None = None
) -> None:
    """A workbook with a sheet for each of `counts`; one with rows has an empty second row in the columns' styles."""
    with safe_workbook(place, in_memory=False, folder=folder) as book:
        formats = {
            kind: book.add_format({"num_format": written, "valign": "top"}) for kind, written in _FORMATS.items()
        }
        heading = book.add_format(
            {"bold": True, "bg_color": "#DDE7F3", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        for number, count in enumerate(counts):
            sheet = book.add_worksheet(_sheet_name(table.title, number))
            _head(sheet, table, count, formats, heading)
            _layout(sheet, table, count, widths)
        _about(book, table, sum(counts), heading)
        book.set_properties({"title": table.title})


def _head(sheet: Worksheet, table: Table, count: int, formats: dict[Kind, Format], heading: Format) -> None:
    for number, column in enumerate(table.columns):
        sheet.write_string(0, number, text_of(column.title), heading)
        if count:
            sheet.write_blank(1, number, None, formats[column.kind])


def _layout(sheet: Worksheet, table: Table, count: int, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths):
        sheet.set_column(number, number, min(max(width, _NARROWEST), _WIDEST))
    sheet.set_row(0, _HEADING_POINTS)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
    _for_paper(sheet)
    sheet.repeat_rows(0)


def _for_paper(sheet: Worksheet) -> None:
    """A4 across, all columns side by side."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _about(book: Workbook, table: Table, rows: int, heading: Format) -> None:
    """What the file is, and what each of its columns says."""
    sheet = book.add_worksheet(ABOUT)
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    bold = book.add_format({"bold": True, "valign": "top", "num_format": "@"})
    count = book.add_format({"align": "left", "valign": "top", "num_format": "#,##0"})
    for number, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(number, number, width, text)
    sheet.write_string(0, 0, "Строк", bold)
    sheet.write_number(0, 1, rows, count)
    for line, (name, said) in enumerate(table.about, 1):
        sheet.write_string(line, 0, text_of(name), bold)
        sheet.write_string(line, 1, text_of(said), text)
        sheet.set_row(line, _LINE_POINTS * (1 + len(said) // _ABOUT_WIDTHS[1]))
    first = len(table.about) + 2
    for number, title in enumerate(("Столбец", "Что в нём", "Личные данные")):
        sheet.write_string(first, number, title, heading)
    for line, column in enumerate(table.columns, first + 1):
        sheet.write_string(line, 0, text_of(column.title), text)
        sheet.write_string(line, 1, text_of(column.about), text)
        sheet.write_string(line, 2, "да" if column.personal else "нет", text)
    _for_paper(sheet)


def _sheet_name(title: str, number: int) -> str:
    name = _NO_NAME.sub(" ", title)[:_MOST_NAME]
    return name if number == 0 else f"{name[: _MOST_NAME - 4]} ({number + 1})"
