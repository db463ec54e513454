"""The jury's papers as XLSX: a worksheet each, ready to be printed; numbers are numbers, all else is text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.contest.protocol_layout import LANDSCAPE_MM, PORTRAIT_MM, Align, Cell, Column, Paper, Section, Table
from bot.documents.file import File
from bot.documents.jury.pdf import groups_of
from bot.documents.safe_xlsx import safe_workbook

#: Excel forbids these in the name of a worksheet, and more than 31 characters.
_FORBIDDEN, _NAME_MOST = str.maketrans("[]:*?/\\", "       "), 31
#: A character of the body font takes about so much of the width.
_CHARACTER_MM, _LINE_PT = 1.95, 13.0
#: The moment that stands in every file: nothing in it tells when it was drawn.
_ALWAYS = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_PAPER_A4 = 9
_MOSTLY = 0.9


def draw_xlsx(papers: Sequence[Paper], name: str) -> File:
    """One workbook with all papers. Same papers, same bytes."""
    buffer = BytesIO()
    with safe_workbook(buffer) as book:
        book.set_properties({"title": papers[0].title, "created": _ALWAYS})
        formats = _Formats(book)
        taken: set[str] = set()
        for paper in papers:
            _Page(book.add_worksheet(_sheet_name(paper.name, taken)), formats, paper).draw()
    return File(f"{name}.xlsx", buffer.getvalue())


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes and that the book has only once."""
    plain = " ".join(name.translate(_FORBIDDEN).strip("' ").split()) or "Лист"
    found, number = plain[:_NAME_MOST].strip("' "), 1
    while found.casefold() in taken:
        number += 1
        end = f" {number}"
        found = plain[: _NAME_MOST - len(end)] + end
    taken.add(found.casefold())
    return found


class _Formats:
    """The looks of cells, made once a book."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "Times New Roman", "font_size": 10, "valign": "vcenter"}
        cell = {**font, "border": 1, "text_wrap": True}
        self.title: Format = book.add_format({**font, "bold": True, "font_size": 14, "align": "center"})
        self.subtitle: Format = book.add_format({**font, "align": "center"})
        self.mark: Format = book.add_format({**font, "bold": True, "align": "right", "font_color": "#666666"})
        self.label: Format = book.add_format({**font, "font_color": "#555555", "valign": "top"})
        self.line: Format = book.add_format({**font, "text_wrap": True, "valign": "top"})
        self.bold: Format = book.add_format({**font, "bold": True})
        self.head: Format = book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#EDEDED"})
        self.left: Format = book.add_format(cell)
        self.center: Format = book.add_format({**cell, "align": "center"})
        self.blank: Format = book.add_format({**font, "bottom": 1})


class _Page:
    """One worksheet in the making; rows go down as they are written."""

    def __init__(self, sheet: Worksheet, formats: _Formats, paper: Paper) -> None:
        self._sheet = sheet
        self._formats = formats
        self._paper = paper
        self._page_mm = LANDSCAPE_MM if paper.wide else PORTRAIT_MM
        self._widths = _widths([table.columns for table in paper.tables], self._page_mm)
        self._last = max(len(self._widths) - 1, 1)
        self._row = 0

    def draw(self) -> None:
        """Everything, from the top."""
        paper, formats = self._paper, self._formats
        self._set_up()
        if paper.mark:
            self._across(paper.mark, formats.mark)
        self._across(paper.title.upper(), formats.title)
        if paper.subtitle:
            self._across(paper.subtitle, formats.subtitle)
        for label, value in paper.head:
            self._across(f"{label}: {value}", formats.line)
        for table in paper.tables:
            self._table(table)
        for section in paper.sections:
            self._section(section)
        self._row += 1
        for one in paper.signatures:
            self._sign(one.role, one.name)

    def _set_up(self) -> None:
        sheet, paper = self._sheet, self._paper
        sheet.set_paper(_PAPER_A4)
        if paper.wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.35, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&8{_footer(paper.footer)}&R&8Страница &P из &N")
        for column, width_mm in enumerate(self._widths):
            sheet.set_column(column, column, width_mm / _CHARACTER_MM)

    def _across(self, text: str, look: Format) -> None:
        """A line over the whole width, as high as it needs."""
        self._sheet.merge_range(self._row, 0, self._row, self._last, "", look)
        self._sheet.write_string(self._row, 0, text, look)
        height = 20.0 if look is self._formats.title else _LINE_PT * _lines(text, sum(self._widths))
        self._sheet.set_row(self._row, height + 2)
        self._row += 1

    def _table(self, table: Table) -> None:
        self._row += 1
        if table.title:
            self._across(table.title, self._formats.bold)
        first = self._row
        self._heads(table)
        if table is self._paper.tables[0] and _are_mostly_alike(self._paper.tables):
            self._sheet.repeat_rows(first, self._row - 1)
        widths = self._widths_of(table)
        for row in table.rows:
            self._sheet.set_row(self._row, _height(row, widths))
            for column, (cell, of) in enumerate(zip(row, table.columns, strict=True)):
                look = self._formats.center if of.align is Align.CENTER else self._formats.left
                self._span(self._row, column, table, look)
                self._cell(column, cell, look)
            self._row += 1

    def _widths_of(self, table: Table) -> list[float]:
        """The columns of one table in the grid of all: the last one takes what is left of it."""
        most = len(table.columns) - 1
        return [*self._widths[:most], sum(self._widths[most:])]

    def _span(self, row: int, column: int, table: Table, look: Format) -> None:
        """Let the last column of a narrower table reach to the end of the grid."""
        if column == len(table.columns) - 1 and column < self._last:
            self._sheet.merge_range(row, column, row, self._last, "", look)

    def _heads(self, table: Table) -> None:
        look, titles = self._formats.head, [column.title for column in table.columns]
        groups = groups_of(table.columns)
        if any(one["title"] for one in groups):
            for one in groups:
                at, count = int(str(one["first"])), int(str(one["count"]))
                if not one["title"]:
                    right = self._last if at == len(titles) - 1 else at
                    self._merged(at, self._row, right, self._row + 1, titles[at])
                elif count > 1:
                    self._merged(at, self._row, at + count - 1, self._row, str(one["title"]))
                else:
                    self._sheet.write_string(self._row, at, str(one["title"]), look)
                for index in range(at, at + count) if one["title"] else ():
                    self._sheet.write_string(self._row + 1, index, titles[index], look)
            self._sheet.set_row(self._row, _LINE_PT + 2)
            self._row += 1
        else:
            for index, title in enumerate(titles):
                self._span(self._row, index, table, look)
                self._sheet.write_string(self._row, index, title, look)
        self._sheet.set_row(self._row, _height(titles, self._widths_of(table)))
        self._row += 1

    def _merged(self, left: int, top: int, right: int, bottom: int, text: str) -> None:
        self._sheet.merge_range(top, left, bottom, right, "", self._formats.head)
        self._sheet.write_string(top, left, text, self._formats.head)

    def _cell(self, column: int, cell: Cell, look: Format) -> None:
        """A number as a number; a text is never read as a formula, a link or a number."""
        if isinstance(cell, str):
            self._sheet.write_string(self._row, column, cell, look)
        else:
            self._sheet.write_number(self._row, column, float(cell) if isinstance(cell, Decimal) else cell, look)

    def _section(self, section: Section) -> None:
        self._row += 1
        self._across(section.heading, self._formats.bold)
        for line in section.lines:
            self._across(line, self._formats.line)
        for _ in range(section.blanks):
            self._across("", self._formats.blank)

    def _sign(self, role: str, name: str) -> None:
        text = f"{role} ____________________ / {name or '____________________________'} /"
        self._across(text, self._formats.line)
        self._sheet.set_row(self._row - 1, 24)


def _are_mostly_alike(tables: Sequence[Table]) -> bool:
    """Whether the first table's head tells the truth above nearly all rows: Excel has one head for all pages."""
    rows = sum(len(table.rows) for table in tables)
    alike = sum(len(table.rows) for table in tables if table.columns == tables[0].columns)
    return alike >= _MOSTLY * rows


def _widths(tables: Sequence[Sequence[Column]], page_mm: float) -> list[float]:
    """Tables stand below each other in one grid: the first one's columns, then what a later one has beyond them."""
    grid: list[float] = []
    for columns in tables:
        shares = sum(one.share for one in columns if not one.width_mm) or 1.0
        left = max(page_mm - sum(one.width_mm for one in columns), 0.0)
        grid += [one.width_mm or left * one.share / shares for one in columns[len(grid) :]]
    return grid or [page_mm / 2, page_mm / 2]


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """As high as the cell with the most lines: Excel does not do it by itself for what it did not write."""
    most = max((_lines(str(cell), width) for cell, width in zip(row, widths, strict=False)), default=1)
    return _LINE_PT * most + 3


def _lines(text: str, width_mm: float) -> int:
    most = max(width_mm / _CHARACTER_MM - 1, 3)
    return sum(max(ceil(len(line) / most), 1) for line in text.split("\n"))


def _footer(text: str) -> str:
    """«&» begins a command there; the whole footer has 255 characters."""
    return text.replace("&", "&&")[:180]
